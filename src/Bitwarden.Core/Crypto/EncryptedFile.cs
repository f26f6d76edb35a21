using Bitwarden.Core.Errors;

namespace Bitwarden.Core.Crypto;

/// <summary>Reads the buffer form of a file (<see cref="EncString.ParseBuffer"/>) as it arrives, into the one array that is then decrypted.</summary>
internal static class EncryptedFile
{
    private const int HeadLength = 1 + EncString.IvLength + EncString.MacLength;
    private const int FirstPart = 64 * 1024;

    /// <param name="file">The file.</param>
    /// <param name="length">Its length; null when it is not known.</param>
    /// <param name="cancellationToken">Ends the reading at once.</param>
    /// <exception cref="EncryptionException">MalformedEncString or UnsupportedEncryption.</exception>
    internal static async Task<EncString> ReadAsync(Stream file, long? length, CancellationToken cancellationToken)
    {
        byte[] head = new byte[HeadLength];
        int read = await file.ReadAtLeastAsync(head, HeadLength, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
        EncStringType type = read == 0 ? throw EncString.TooShort(0) : (EncStringType)head[0];
        int macLength = EncString.BufferMacLength(type);
        int header = 1 + EncString.IvLength + macLength;
        if (read <= header && read < HeadLength)
        {
            throw EncString.TooShort(read);
        }

        byte[] start = [.. head.AsSpan(1, EncString.IvLength), .. head.AsSpan(header, read - header)];
        byte[] authenticated = await ReadRestAsync(file, start, length - 1 - macLength, cancellationToken).ConfigureAwait(false);
        return authenticated.Length > EncString.IvLength
            ? new EncString(type, authenticated, head.AsSpan(1 + EncString.IvLength, macLength).ToArray())
            : throw EncString.TooShort(read);
    }

    // Of a file whose length is known, the only array of its size.
    private static async Task<byte[]> ReadRestAsync(Stream file, byte[] start, long? length, CancellationToken cancellationToken)
    {
        byte[] bytes = new byte[Math.Max(length ?? FirstPart, start.Length)];
        start.CopyTo(bytes, 0);
        int count = start.Length;
        while (true)
        {
            count += await file
                .ReadAtLeastAsync(bytes.AsMemory(count), bytes.Length - count, throwOnEndOfStream: false, cancellationToken)
                .ConfigureAwait(false);
            if (count < bytes.Length || length == count)
            {
                Array.Resize(ref bytes, count);
                return bytes;
            }

            Array.Resize(ref bytes, (int)Math.Min(2L * bytes.Length, Array.MaxLength));
        }
    }
}
