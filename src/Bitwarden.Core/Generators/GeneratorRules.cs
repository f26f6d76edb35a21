using Bitwarden.Core.Errors;

namespace Bitwarden.Core.Generators;

/// <summary>What the organizations of an account demand of passwords that are made up (protocol 9.2): the strictest of each.</summary>
public sealed record GeneratorRules
{
    /// <summary>No demands.</summary>
    public static GeneratorRules None { get; } = new();

    /// <summary>The only kind that is allowed; null for both.</summary>
    public GeneratorKind? Only { get; init; }

    /// <summary>The fewest characters.</summary>
    public int MinLength { get; init; }

    /// <summary>Whether there must be capital letters.</summary>
    public bool Uppercase { get; init; }

    /// <summary>Whether there must be small letters.</summary>
    public bool Lowercase { get; init; }

    /// <summary>Whether there must be digits.</summary>
    public bool Digits { get; init; }

    /// <summary>Whether there must be special characters.</summary>
    public bool Special { get; init; }

    /// <summary>The fewest digits.</summary>
    public int MinimumDigits { get; init; }

    /// <summary>The fewest special characters.</summary>
    public int MinimumSpecial { get; init; }

    /// <summary>The fewest words of a passphrase.</summary>
    public int MinWords { get; init; }

    /// <summary>Whether words begin with capital letters.</summary>
    public bool Capitalize { get; init; }

    /// <summary>Whether a passphrase has a digit.</summary>
    public bool IncludeNumber { get; init; }

    /// <summary>Fails for a kind that is not allowed.</summary>
    /// <param name="kind">The kind.</param>
    /// <exception cref="InvalidInputException">InvalidGeneratorOption.</exception>
    public void EnsureAllowed(GeneratorKind kind)
    {
        if (Only is GeneratorKind only && only != kind)
        {
            throw InvalidInputException.Generator(
                only == GeneratorKind.Password ? "Your organization wants passwords, not passphrases." : "Your organization wants passphrases, not passwords.");
        }
    }

    /// <summary>Makes a wish for a password strict enough; a demand above the limits of official clients counts as the limit.</summary>
    /// <param name="wish">What was asked for.</param>
    public PasswordOptions Apply(PasswordOptions wish)
    {
        ArgumentNullException.ThrowIfNull(wish);
        int digits = Math.Min(MinimumDigits, PasswordOptions.MaxMinimum);
        int special = Math.Min(MinimumSpecial, PasswordOptions.MaxMinimum);
        PasswordOptions strict = wish with
        {
            Uppercase = wish.Uppercase || Uppercase,
            Lowercase = wish.Lowercase || Lowercase,
            Digits = wish.Digits || Digits || digits > 0,
            Special = wish.Special || Special || special > 0,
            MinimumDigits = Math.Max(wish.MinimumDigits, digits),
            MinimumSpecial = Math.Max(wish.MinimumSpecial, special),
        };
        int length = Math.Max(wish.Length, Math.Min(MinLength, PasswordOptions.MaxLength));
        return strict with { Length = strict == wish ? length : Math.Max(length, strict.Required) };
    }

    /// <summary>Makes a wish for a passphrase strict enough.</summary>
    /// <inheritdoc cref="Apply(PasswordOptions)" path="/param"/>
    public PassphraseOptions Apply(PassphraseOptions wish)
    {
        ArgumentNullException.ThrowIfNull(wish);
        return wish with
        {
            Words = Math.Max(wish.Words, Math.Min(MinWords, PassphraseOptions.MaxWords)),
            Capitalize = wish.Capitalize || Capitalize,
            IncludeNumber = wish.IncludeNumber || IncludeNumber,
        };
    }
}
