using System.Security.Cryptography;
using Bitwarden.Core.Crypto.Primitives;
using Bitwarden.Core.Errors;

namespace Bitwarden.Core.Crypto;

/// <summary>
/// Encrypts and decrypts files in pieces, so that the memory does not grow with the file (protocol 4.2). The MAC stands before the data: an encrypted file is
/// checked as a whole before anything of it is decrypted, and its MAC is written last.
/// </summary>
internal sealed class FileCipher : IDisposable
{
    private const int BlockLength = 16;
    private const int HeadLength = 1 + EncString.IvLength + EncString.MacLength;
    private const int PieceLength = 64 * 1024;
    private readonly SecretBytes _key;

    /// <param name="key">The file's key; stays the caller's.</param>
    internal FileCipher(SymmetricKey key) => _key = key.CopyBytes();

    private ReadOnlySpan<byte> EncryptionKey => _key.Span[..(SymmetricKey.Length / 2)];

    private ReadOnlySpan<byte> MacKey => _key.Span[(SymmetricKey.Length / 2)..];

    /// <summary>Encrypts under a fresh random IV.</summary>
    /// <param name="plain">The file.</param>
    /// <param name="encrypted">Takes the encrypted form; can seek, and stands at its end afterwards.</param>
    /// <param name="cancellationToken">Ends the work at once.</param>
    internal async Task EncryptAsync(Stream plain, Stream encrypted, CancellationToken cancellationToken)
    {
        byte[] iv = RandomNumberGenerator.GetBytes(EncString.IvLength);
        using IncrementalHash hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, MacKey);
        using ICryptoTransform aes = AesTransform.CreateEncryptor(CipherMode.CBC, EncryptionKey, iv);
        hmac.AppendData(iv);
        await encrypted.WriteAsync(new byte[HeadLength], cancellationToken).ConfigureAwait(false);
        await EncryptDataAsync(plain, encrypted, aes, hmac, cancellationToken).ConfigureAwait(false);
        encrypted.Position = 0;
        byte[] head = [(byte)EncStringType.AesCbc256HmacSha256, .. iv, .. hmac.GetHashAndReset()];
        await encrypted.WriteAsync(head, cancellationToken).ConfigureAwait(false);
        encrypted.Position = encrypted.Length;
    }

    /// <summary>Checks the MAC of an encrypted file, in constant time, and that there are whole blocks.</summary>
    /// <param name="encrypted">The encrypted file; can seek.</param>
    /// <param name="cancellationToken">Ends the work at once.</param>
    /// <exception cref="EncryptionException">DecryptionFailed, MalformedEncString or UnsupportedEncryption.</exception>
    internal async Task VerifyAsync(Stream encrypted, CancellationToken cancellationToken)
    {
        byte[] head = await ReadHeadAsync(encrypted, cancellationToken).ConfigureAwait(false);
        using IncrementalHash hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, MacKey);
        hmac.AppendData(IvOf(head));
        byte[] piece = new byte[PieceLength];
        for (int read; (read = await encrypted.ReadAsync(piece, cancellationToken).ConfigureAwait(false)) > 0;)
        {
            hmac.AppendData(piece, 0, read);
        }

        EnsureSame(hmac, head);
    }

    /// <summary>
    /// Decrypts a file that was checked. It is checked once more on the way, for the case that it was changed meanwhile: what was written counts only when
    /// this did not fail.
    /// </summary>
    /// <param name="encrypted">The encrypted file; can seek.</param>
    /// <param name="plain">Takes the file.</param>
    /// <param name="cancellationToken">Ends the work at once.</param>
    /// <inheritdoc cref="VerifyAsync" path="/exception"/>
    internal async Task DecryptAsync(Stream encrypted, Stream plain, CancellationToken cancellationToken)
    {
        byte[] head = await ReadHeadAsync(encrypted, cancellationToken).ConfigureAwait(false);
        using IncrementalHash hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, MacKey);
        using ICryptoTransform aes = AesTransform.CreateDecryptor(CipherMode.CBC, EncryptionKey, IvOf(head).ToArray());
        hmac.AppendData(IvOf(head));
        await DecryptDataAsync(encrypted, plain, aes, hmac, cancellationToken).ConfigureAwait(false);
        EnsureSame(hmac, head);
    }

    /// <inheritdoc/>
    public void Dispose() => _key.Dispose();

    /// <summary>Names the algorithm, never the key.</summary>
    public override string ToString() => "FileCipher AES-256-CBC-HMAC";

    private static async Task EncryptDataAsync(
        Stream plain, Stream encrypted, ICryptoTransform aes, IncrementalHash hmac, CancellationToken cancellationToken)
    {
        using SecretBytes piece = new(PieceLength + BlockLength);
        ArraySegment<byte> memory = piece.Segment;
        byte[] output = new byte[PieceLength + BlockLength];
        for (bool isLast = false; !isLast;)
        {
            int length = await plain
                .ReadAtLeastAsync(memory[..PieceLength], PieceLength, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
            isLast = length < PieceLength;
            int padded = isLast ? Pkcs7.PaddedLength(length) : length;
            if (isLast)
            {
                memory.AsSpan(length, padded - length).Fill((byte)(padded - length));
            }

            aes.TransformBlock(memory.Array!, memory.Offset, padded, output, 0);
            hmac.AppendData(output, 0, padded);
            await encrypted.WriteAsync(output.AsMemory(0, padded), cancellationToken).ConfigureAwait(false);
        }
    }

    private static async Task DecryptDataAsync(
        Stream encrypted, Stream plain, ICryptoTransform aes, IncrementalHash hmac, CancellationToken cancellationToken)
    {
        byte[] input = new byte[PieceLength];
        using SecretBytes piece = new(PieceLength);
        ArraySegment<byte> memory = piece.Segment;
        for (long left = encrypted.Length - HeadLength; left > 0;)
        {
            int length = (int)Math.Min(left, PieceLength);
            await encrypted.ReadExactlyAsync(input.AsMemory(0, length), cancellationToken).ConfigureAwait(false);
            left -= length;
            hmac.AppendData(input, 0, length);
            aes.TransformBlock(input, 0, length, memory.Array!, memory.Offset);
            int unpadded = left > 0 ? length : Pkcs7.Unpad(memory.AsSpan(0, length));
            await plain.WriteAsync(memory[..unpadded], cancellationToken).ConfigureAwait(false);
        }
    }

    private static async Task<byte[]> ReadHeadAsync(Stream encrypted, CancellationToken cancellationToken)
    {
        encrypted.Position = 0;
        byte[] head = new byte[HeadLength];
        int read = await encrypted.ReadAtLeastAsync(head, HeadLength, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
        EncStringType type = read == 0 ? throw EncString.TooShort(0) : (EncStringType)head[0];
        if (EncString.BufferMacLength(type) == 0)
        {
            throw EncryptionException.Unsupported((int)type, "It has no MAC, and could have been changed by anyone.");
        }

        if (encrypted.Length <= HeadLength)
        {
            throw EncString.TooShort((int)encrypted.Length);
        }

        return (encrypted.Length - HeadLength) % BlockLength == 0 ? head : throw EncryptionException.DecryptionFailed();
    }

    private static ReadOnlySpan<byte> IvOf(byte[] head) => head.AsSpan(1, EncString.IvLength);

    private static void EnsureSame(IncrementalHash hmac, byte[] head)
    {
        if (!CryptographicOperations.FixedTimeEquals(hmac.GetHashAndReset(), head.AsSpan(1 + EncString.IvLength)))
        {
            throw EncryptionException.DecryptionFailed();
        }
    }
}
