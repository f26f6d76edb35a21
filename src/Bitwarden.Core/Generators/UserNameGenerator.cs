using System.Globalization;
using System.Security.Cryptography;
using Bitwarden.Core.Errors;

namespace Bitwarden.Core.Generators;

/// <summary>Makes up user names in the ways of official clients that need no service of somebody else.</summary>
public static class UserNameGenerator
{
    private const string LettersAndDigits = "abcdefghijklmnopqrstuvwxyz1234567890";
    private const int RandomLength = 8;

    // RFC 5321, section 4.5.3.1: no longer address can be in an envelope.
    private const int LongestAddress = 254;

    /// <summary>A word of the EFF's long list.</summary>
    /// <param name="capitalize">Whether it begins with a capital letter.</param>
    /// <param name="includeNumber">Whether four digits follow.</param>
    public static string Word(bool capitalize, bool includeNumber)
    {
        string word = WordList.Pick();
        string cased = capitalize ? char.ToUpperInvariant(word[0]) + word[1..] : word;
        return includeNumber ? cased + RandomNumberGenerator.GetInt32(10_000).ToString("D4", CultureInfo.InvariantCulture) : cased;
    }

    /// <summary>An address that arrives at another one: eight random characters behind a plus sign.</summary>
    /// <param name="email">The other one; what stands behind a plus sign there already is kept.</param>
    /// <exception cref="InvalidInputException">InvalidGeneratorOption: it is not an e-mail address.</exception>
    public static string PlusAddress(string email)
    {
        ArgumentNullException.ThrowIfNull(email);
        int at = email.IndexOf('@', StringComparison.Ordinal);
        EnsureAddress(email, isWhole: at > 0 && email[0] != '+' && IsDomain(email[(at + 1)..]));
        string plus = email[..at].Contains('+', StringComparison.Ordinal) ? string.Empty : "+";
        return $"{email[..at]}{plus}{RandomCharacters()}{email[at..]}";
    }

    /// <summary>An address of a domain that takes mail for every name: eight random characters.</summary>
    /// <param name="domain">The domain, with or without an at sign before it.</param>
    /// <exception cref="InvalidInputException">InvalidGeneratorOption: it is not a domain.</exception>
    public static string CatchAll(string domain)
    {
        ArgumentNullException.ThrowIfNull(domain);
        string name = domain.StartsWith('@') ? domain[1..] : domain;
        EnsureAddress(name, IsDomain(name));
        return $"{RandomCharacters()}@{name}";
    }

    private static string RandomCharacters() => RandomNumberGenerator.GetString(LettersAndDigits, RandomLength);

    private static bool IsDomain(string name) => name.Length > 0 && !name.Contains('@', StringComparison.Ordinal);

    private static void EnsureAddress(string text, bool isWhole)
    {
        bool isPlain = !text.Any(c => char.IsWhiteSpace(c) || char.IsControl(c) || char.GetUnicodeCategory(c) == UnicodeCategory.Format);
        if (!isWhole || !isPlain || text.Length > LongestAddress)
        {
            throw InvalidInputException.Generator($"'{ForeignText.Show(text, ForeignText.NameLength)}' is not an address that a user name can be made of.");
        }
    }
}
