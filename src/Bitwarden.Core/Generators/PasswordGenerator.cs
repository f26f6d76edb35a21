using System.Security.Cryptography;
using Bitwarden.Core.Crypto;

namespace Bitwarden.Core.Generators;

/// <summary>Makes up passwords of small and capital letters and digits, as the official command-line client does when nothing else is asked for.</summary>
public static class PasswordGenerator
{
    /// <summary>How long a password is when nothing else is asked for.</summary>
    public const int DefaultLength = 14;

    /// <summary>Makes a password with at least one character of each kind.</summary>
    /// <param name="length">How many characters; 5 to 128, as in official clients.</param>
    /// <returns>The password in UTF-8, which the caller disposes.</returns>
    public static SecretBytes Generate(int length = DefaultLength)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(length, 5);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, 128);
        SecretBytes password = new(length);
        Span<byte> characters = password.Span;
        RandomNumberGenerator.GetItems("abcdefghijklmnopqrstuvwxyz"u8, characters[..1]);
        RandomNumberGenerator.GetItems("ABCDEFGHIJKLMNOPQRSTUVWXYZ"u8, characters[1..2]);
        RandomNumberGenerator.GetItems("0123456789"u8, characters[2..3]);
        RandomNumberGenerator.GetItems("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"u8, characters[3..]);
        RandomNumberGenerator.Shuffle(characters);
        return password;
    }
}
