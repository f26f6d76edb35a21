using Bitwarden.Core.Errors;

namespace Bitwarden.Core.Vault;

/// <summary>A value that items of a kind can have.</summary>
/// <param name="Selector">Its selector, as in references.</param>
/// <param name="Limit">The most characters that its encrypted form may have on the official server (protocol 7.4).</param>
/// <param name="Wire">Its name in the document where that is not the selector.</param>
/// <param name="IsSecret">Whether it proves who somebody is, or opens something, so that it is never shown unasked.</param>
public sealed record ItemMember(string Selector, int Limit = ItemMember.ShortLimit, string? Wire = null, bool IsSecret = false)
{
    /// <summary>The limit of most members: 687 bytes of UTF-8.</summary>
    public const int ShortLimit = 1000;

    /// <summary>The limit of passwords, field values and keys: 3,695 bytes of UTF-8.</summary>
    public const int MiddleLimit = 5000;

    /// <summary>The limit of notes and addresses: 7,439 bytes of UTF-8.</summary>
    public const int LongLimit = 10_000;

    /// <summary>The longest value, in bytes of UTF-8.</summary>
    public int LongestText => InvalidInputException.LongestText(Limit);

    /// <summary>The notes, which items of every kind can have.</summary>
    public static ItemMember Notes { get; } = new("notes", LongLimit);

    /// <summary>Its name in the document.</summary>
    internal string WireName => Wire ?? Selector;
}
