using System.Text;
using Bitwarden.Core.Crypto;
using Bitwarden.Core.Errors;
using Bitwarden.Core.Matching;

namespace Bitwarden.Core.Vault;

/// <summary>
/// Finds items as <c>bw list items --search</c> does: each word must occur in the name, in what official clients show below the name, in the host of an
/// address or in the notes, or be how the id begins. Neither case nor accents matter.
/// </summary>
public sealed class ItemSearch
{
    private const int ShortestId = 8;
    private readonly string[] _words;

    /// <param name="text">The words.</param>
    public ItemSearch(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        _words = SearchText.Normalize(text.Trim()).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
    }

    /// <summary>Whether an item is found.</summary>
    /// <param name="item">The item.</param>
    /// <exception cref="SessionException">VaultLocked.</exception>
    public bool IsMatch(VaultItem item)
    {
        ArgumentNullException.ThrowIfNull(item);
        return Array.TrueForAll(_words, word => Occurs(word, item));
    }

    private static bool Occurs(string word, VaultItem item) =>
        IsIn(word, item.Name)
        || (word.Length >= ShortestId && item.Id.ToString().StartsWith(word, StringComparison.Ordinal))
        || IsIn(word, Subtitle.Of(item))
        || item.Addresses.Any(address => address.Match != UriMatch.RegularExpression && IsIn(word, WebAddress.Parse(address.Uri).Host))
        || IsInNotes(word, item);

    private static bool IsIn(string word, string? text) => text is not null && SearchText.Normalize(text).Contains(word, StringComparison.Ordinal);

    private static bool IsInNotes(string word, VaultItem item)
    {
        if (item.Notes is not ItemValue notes)
        {
            return false;
        }

        try
        {
            using SecretBytes text = notes.Decrypt();
            return Ascii.IsValid(text.Span) ? IsInAscii(word, text.Span) : IsIn(word, text.RevealText());
        }
        catch (ItemUnreadableException)
        {
            return false;
        }
    }

    // Notes are secrets: where it can be they are searched without a copy in a string.
    private static bool IsInAscii(string word, ReadOnlySpan<byte> text)
    {
        if (!Ascii.IsValid(word))
        {
            return false;
        }

        for (int start = 0; start <= text.Length - word.Length; start++)
        {
            if (Ascii.EqualsIgnoreCase(text.Slice(start, word.Length), word))
            {
                return true;
            }
        }

        return false;
    }
}
