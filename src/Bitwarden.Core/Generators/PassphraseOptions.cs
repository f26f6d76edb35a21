namespace Bitwarden.Core.Generators;

/// <summary>What a passphrase is to be like. Limits and defaults are those of official clients.</summary>
public sealed record PassphraseOptions
{
    /// <summary>The fewest words.</summary>
    public const int MinWords = 3;

    /// <summary>The most words.</summary>
    public const int MaxWords = 20;

    /// <summary>How many words a passphrase has when nothing else is asked for.</summary>
    public const int DefaultWords = 6;

    /// <summary>How many words.</summary>
    public int Words { get; init; } = DefaultWords;

    /// <summary>What stands between them; may be empty.</summary>
    public string Separator { get; init; } = "-";

    /// <summary>Whether each word begins with a capital letter.</summary>
    public bool Capitalize { get; init; }

    /// <summary>Whether one of the words ends with a digit.</summary>
    public bool IncludeNumber { get; init; }
}
