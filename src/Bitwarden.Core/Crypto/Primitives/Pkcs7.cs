using Bitwarden.Core.Errors;

namespace Bitwarden.Core.Crypto.Primitives;

/// <summary>PKCS#7 padding to 16-byte blocks (RFC 5652, section 6.3), checked after the MAC or for the legacy user key only.</summary>
internal static class Pkcs7
{
    private const int BlockLength = 16;

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
