using System.Security.Cryptography;
using Bitwarden.Core.Crypto;
using Bitwarden.Core.Errors;

namespace Bitwarden.Core.Generators;

/// <summary>
/// Makes up passwords as official clients do: so many characters of each kind as are demanded, the others of all kinds together, and then all in random order.
/// </summary>
public static class PasswordGenerator
{
    /// <summary>How long a password is when nothing else is asked for.</summary>
    public const int DefaultLength = PasswordOptions.DefaultLength;

    /// <summary>Makes a password of small and capital letters and digits.</summary>
    /// <param name="length">How many characters; 5 to 128, as in official clients.</param>
    /// <returns>The password in UTF-8, which the caller disposes.</returns>
    public static SecretBytes Generate(int length = DefaultLength) => Generate(new PasswordOptions { Length = length });

    /// <summary>Makes a password with at least one character of each kind.</summary>
    /// <param name="options">What it is to be like.</param>
    /// <returns>The password in UTF-8, which the caller disposes.</returns>
    /// <exception cref="InvalidInputException">InvalidGeneratorOption: there is no kind of character, or not room enough for all.</exception>
    public static SecretBytes Generate(PasswordOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        EnsurePossible(options);
        SecretBytes password = new(options.Length);
        Span<byte> rest = password.Span;
        Span<byte> all = stackalloc byte[128];
        int count = 0;
        foreach ((byte[] characters, int minimum) in Kinds(options))
        {
            characters.CopyTo(all[count..]);
            count += characters.Length;
            RandomNumberGenerator.GetItems(characters, rest[..minimum]);
            rest = rest[minimum..];
        }

        RandomNumberGenerator.GetItems(all[..count], rest);
        RandomNumberGenerator.Shuffle(password.Span);
        return password;
    }

    private static void EnsurePossible(PasswordOptions options)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Length, PasswordOptions.MinLength);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.Length, PasswordOptions.MaxLength);
        ArgumentOutOfRangeException.ThrowIfNegative(options.MinimumDigits);
        ArgumentOutOfRangeException.ThrowIfNegative(options.MinimumSpecial);
        if (!options.Uppercase && !options.Lowercase && !options.Digits && !options.Special)
        {
            throw InvalidInputException.Generator("Nothing is left to make a password of.");
        }

        if (options.Required > options.Length)
        {
            throw InvalidInputException.Generator($"A password of {options.Length} characters has no room for {options.Required} that are demanded.");
        }
    }

    private static IEnumerable<(byte[] Characters, int Minimum)> Kinds(PasswordOptions options)
    {
        bool plain = options.AvoidAmbiguous;
        if (options.Uppercase)
        {
            yield return (plain ? "ABCDEFGHJKLMNPQRSTUVWXYZ"u8.ToArray() : "ABCDEFGHIJKLMNOPQRSTUVWXYZ"u8.ToArray(), 1);
        }

        if (options.Lowercase)
        {
            yield return (plain ? "abcdefghijkmnopqrstuvwxyz"u8.ToArray() : "abcdefghijklmnopqrstuvwxyz"u8.ToArray(), 1);
        }

        if (options.Digits)
        {
            yield return (plain ? "23456789"u8.ToArray() : "0123456789"u8.ToArray(), options.MinimumDigits);
        }

        if (options.Special)
        {
            yield return ("!@#$%^&*"u8.ToArray(), options.MinimumSpecial);
        }
    }
}
