using Bitwarden.Core.Errors;

namespace Bitwarden.Core.Vault;

/// <summary>
/// A reference to a secret as an address: <c>bw://Folder/name#selector</c> or <c>bw://id#selector</c>. Strict: <c>/</c> and <c>#</c> separate and do nothing
/// else, every other character may be percent-encoded (RFC 3986, section 2.1), and those two must be where they are meant as themselves.
/// </summary>
/// <param name="Folder">The folder, with <c>/</c> for nesting; null for any or none.</param>
/// <param name="Name">The item's name in any of its forms, or its id.</param>
/// <param name="Selector">What of the item; null for what is most likely meant.</param>
public sealed record ReferenceUri(string? Folder, string Name, string? Selector)
{
    private const string Scheme = "bw://";

    /// <summary>Whether a text is meant as such an address.</summary>
    /// <param name="text">The text.</param>
    public static bool IsOne(string text) => text?.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) == true;

    /// <summary>The address of an item by its id, which nobody else's name can be taken for.</summary>
    internal static string ById(Guid id, string? selector) => $"{Scheme}{id}{(selector is null ? string.Empty : "#" + Uri.EscapeDataString(selector))}";

    /// <summary>Reads an address.</summary>
    /// <param name="text">The text.</param>
    /// <exception cref="InvalidInputException">InvalidReference.</exception>
    public static ReferenceUri Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        string[] parts = text[Scheme.Length..].Split('#');
        string[] segments = parts[0].Split('/');
        if (Array.Exists(segments, segment => segment.Length == 0))
        {
            throw InvalidInputException.Reference("A reference must name an item: bw://Folder/name#selector, with no part empty.");
        }

        if (parts.Length > 2 || (parts.Length == 2 && parts[1].Length == 0))
        {
            throw InvalidInputException.Reference(
                "A reference has one number sign at most, with a selector behind it. Write %23 for one that belongs to a name.");
        }

        string[] decoded = [.. segments.Select(Uri.UnescapeDataString)];
        return new ReferenceUri(
            decoded.Length > 1 ? string.Join('/', decoded[..^1]) : null, decoded[^1], parts.Length == 2 ? Uri.UnescapeDataString(parts[1]) : null);
    }
}
