using Bitwarden.Core.Errors;

namespace Bitwarden.Core.Crypto.Primitives;

/// <summary>PKCS#7 padding to 16-byte blocks (RFC 5652, section 6.3), checked after the MAC or for the legacy user key only.</summary>
internal static class Pkcs7
{
    private const int BlockLength = 16;

    /// <summary>The length with padding: always longer, up to the next whole block.</summary>
    internal static int PaddedLength(int length) => checked((length / BlockLength * BlockLength) + BlockLength);

    /// <summary>Copies and pads.</summary>
    /// <param name="plaintext">Any length.</param>
    /// <param name="padded">Takes <see cref="PaddedLength"/> bytes.</param>
    internal static void Pad(ReadOnlySpan<byte> plaintext, Span<byte> padded)
    {
        plaintext.CopyTo(padded);
        padded[plaintext.Length..].Fill((byte)(padded.Length - plaintext.Length));
    }

    /// <summary>Gives the length without padding.</summary>
    /// <exception cref="EncryptionException">DecryptionFailed: the padding is wrong.</exception>
    internal static int Unpad(ReadOnlySpan<byte> padded)
    {
        int count = padded[^1];
        int wrong = count is 0 or > BlockLength || count > padded.Length ? 1 : 0;
        for (int i = 1; wrong == 0 && i <= count; i++)
        {
            wrong |= padded[^i] ^ count;
        }

        return wrong == 0 ? padded.Length - count : throw EncryptionException.DecryptionFailed();
    }
}
