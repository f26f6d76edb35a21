using Bitwarden.Core.Errors;

namespace Bitwarden.Core.Vault;

/// <summary>
/// What a user writes to name a secret: <c>name</c>, <c>name#selector</c>, or <c>bw://Folder/name#selector</c> with percent-encoded
/// segments. The whole text is tried as a name first; only then is what follows the last <c>#</c> read as a selector.
/// </summary>
public sealed record ResolvedReference
{
    private const string Scheme = "bw://";

    private ResolvedReference(VaultItem item, string? selector)
    {
        Item = item;
        Selector = selector;
    }

    /// <summary>The item.</summary>
    public VaultItem Item { get; }

    /// <summary>What of the item; null for what is most likely meant, such as a login's password.</summary>
    public string? Selector { get; }

    /// <summary>Whether the reference names a file, which must be downloaded.</summary>
    public bool IsFile => SecretSelector.IsAttachment(Selector);

    /// <summary>A reference to an item that is already at hand.</summary>
    /// <param name="item">The item.</param>
    /// <param name="selector">What of it; null for what is most likely meant.</param>
    public static ResolvedReference To(VaultItem item, string? selector)
    {
        ArgumentNullException.ThrowIfNull(item);
        return new ResolvedReference(item, selector);
    }

    /// <summary>Finds what a text means.</summary>
    /// <param name="vault">Where to look.</param>
    /// <param name="text">The text.</param>
    /// <exception cref="ItemLookupException">ItemNotFound or AmbiguousName.</exception>
    /// <exception cref="InvalidInputException">InvalidReference: a <c>bw://</c> reference that names nothing.</exception>
    public static ResolvedReference Resolve(UnlockedVault vault, string text) =>
        TryResolve(vault, text) ?? throw ItemLookupException.NotFound(text);

    /// <summary>Finds what a text means; null when there is no such item.</summary>
    /// <param name="vault">Where to look.</param>
    /// <param name="text">The text.</param>
    /// <exception cref="ItemLookupException">AmbiguousName.</exception>
    /// <exception cref="InvalidInputException">InvalidReference: a <c>bw://</c> reference that names nothing.</exception>
    public static ResolvedReference? TryResolve(UnlockedVault vault, string text)
    {
        ArgumentNullException.ThrowIfNull(vault);
        ArgumentNullException.ThrowIfNull(text);
        bool isUri = text.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase);
        string path = isUri ? text[Scheme.Length..] : text;
        Func<string, string> decode = isUri ? Uri.UnescapeDataString : part => part;
        if (isUri && path.Trim('/').Length == 0)
        {
            throw InvalidInputException.Reference("A reference must name an item: bw://Folder/name#selector.");
        }

        if (vault.TryFind(decode(path)) is VaultItem whole)
        {
            return new ResolvedReference(whole, null);
        }

        int hash = path.LastIndexOf('#');
        return hash > 0 && hash < path.Length - 1 && vault.TryFind(decode(path[..hash])) is VaultItem item
            ? new ResolvedReference(item, decode(path[(hash + 1)..]))
            : null;
    }
}
