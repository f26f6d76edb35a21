using Bitwarden.Core.Crypto;

namespace Bitwarden.Core.Generators;

/// <summary>
/// Base32 (RFC 4648, section 6) as official clients read it: case is ignored, characters outside A-Z and 2-7 are skipped, left-over bits dropped.
/// </summary>
internal static class Base32
{
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    internal static SecretBytes DecodeLeniently(ReadOnlySpan<char> text)
    {
        SecretBytes result = new((text.Length * 5 / 8) + 1);
        int length = 0;
        int bits = 0;
        uint buffer = 0;
        foreach (char c in text)
        {
            int value = Alphabet.IndexOf(char.ToUpperInvariant(c), StringComparison.Ordinal);
            if (value < 0)
            {
                continue;
            }

            buffer = (buffer << 5) | (uint)value;
            bits += 5;
            if (bits >= 8)
            {
                bits -= 8;
                result.Span[length++] = (byte)(buffer >> bits);
            }
        }

        result.Truncate(length);
        return result;
    }
}
