namespace Bitwarden.Core.Generators;

/// <summary>What a password is to be like. Limits and defaults are those of official clients.</summary>
public sealed record PasswordOptions
{
    /// <summary>The fewest characters.</summary>
    public const int MinLength = 5;

    /// <summary>The most characters.</summary>
    public const int MaxLength = 128;

    /// <summary>How long a password is when nothing else is asked for.</summary>
    public const int DefaultLength = 14;

    /// <summary>The most characters of a kind that can be demanded.</summary>
    public const int MaxMinimum = 9;

    /// <summary>How many characters.</summary>
    public int Length { get; init; } = DefaultLength;

    /// <summary>Whether there are capital letters.</summary>
    public bool Uppercase { get; init; } = true;

    /// <summary>Whether there are small letters.</summary>
    public bool Lowercase { get; init; } = true;

    /// <summary>Whether there are digits.</summary>
    public bool Digits { get; init; } = true;

    /// <summary>Whether there are special characters: <c>!@#$%^&amp;*</c>.</summary>
    public bool Special { get; init; }

    /// <summary>The fewest digits, where there are any.</summary>
    public int MinimumDigits { get; init; } = 1;

    /// <summary>The fewest special characters, where there are any.</summary>
    public int MinimumSpecial { get; init; } = 1;

    /// <summary>Whether to leave out what is easily taken for something else: I, O, l, 0 and 1.</summary>
    public bool AvoidAmbiguous { get; init; }

    /// <summary>How many characters the kinds need.</summary>
    internal int Required => (Uppercase ? 1 : 0) + (Lowercase ? 1 : 0) + (Digits ? MinimumDigits : 0) + (Special ? MinimumSpecial : 0);
}
