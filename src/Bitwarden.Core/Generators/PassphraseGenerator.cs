using System.Security.Cryptography;
using System.Text;
using Bitwarden.Core.Crypto;

namespace Bitwarden.Core.Generators;

/// <summary>Makes up passphrases of words of the EFF's long list, as official clients do: 12.9 bits for each word.</summary>
public static class PassphraseGenerator
{
    /// <summary>Makes a passphrase.</summary>
    /// <param name="options">What it is to be like.</param>
    /// <returns>The passphrase in UTF-8, which the caller disposes.</returns>
    public static SecretBytes Generate(PassphraseOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Words, PassphraseOptions.MinWords);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.Words, PassphraseOptions.MaxWords);
        SecretBytes phrase = new(options.Words * (WordList.LongestWord + 1 + Encoding.UTF8.GetByteCount(options.Separator)));
        int withNumber = options.IncludeNumber ? RandomNumberGenerator.GetInt32(options.Words) : -1;
        int length = 0;
        for (int i = 0; i < options.Words; i++)
        {
            length += Encoding.UTF8.GetBytes(i == 0 ? string.Empty : options.Separator, phrase.Span[length..]);
            length += WriteWord(phrase.Span[length..], options.Capitalize, withNumber == i);
        }

        phrase.Truncate(length);
        return phrase;
    }

    private static int WriteWord(Span<byte> into, bool capitalize, bool withNumber)
    {
        int length = Encoding.UTF8.GetBytes(WordList.Pick(), into);
        if (capitalize)
        {
            into[0] = (byte)char.ToUpperInvariant((char)into[0]);
        }

        if (withNumber)
        {
            into[length++] = (byte)('0' + RandomNumberGenerator.GetInt32(10));
        }

        return length;
    }
}
