using Bitwarden.Core.Errors;

namespace Bitwarden.Core.Vault;

/// <summary>
/// What a user writes to name a secret: <c>name</c>, <c>name#selector</c>, or a <see cref="ReferenceUri"/>, resolved to an item. A text without scheme that
/// can be read as a name and as a name with a selector, and means two different things, is ambiguous and never a preference (architecture 6).
/// </summary>
public sealed record ResolvedReference
{
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

    /// <summary>Whether it is a user name or an address: no secret, since items are listed with them.</summary>
    public bool IsListed => Selector?.ToUpperInvariant() is "USERNAME" or "URI";

    /// <summary>Whether the reference means a login's password, said or not.</summary>
    public bool IsPassword =>
        Item.Type == ItemType.Login && string.Equals(Selector ?? ItemTypes.Of(Item.Type).DefaultSelector, "password", StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether the item has one value under the selector; true without a selector. Decrypts names only.</summary>
    public bool Exists => Selector is null || SecretSelector.IsOne(Item, Selector);

    /// <summary>What can be read that this may stand for: itself, or every value of the item when it has none, or several, under the selector.</summary>
    public IReadOnlyList<ResolvedReference> GetCandidates()
    {
        ResolvedReference[] values = Exists
            ? []
            : [.. Item.GetSelectors().Select(selector => To(Item, selector)).Where(value => value.Exists)];
        return values.Length > 0 ? values : [Exists ? this : To(Item, selector: null)];
    }

    /// <summary>A reference to an item that is already at hand.</summary>
    /// <param name="item">The item.</param>
    /// <param name="selector">What of it; null for what is most likely meant.</param>
    public static ResolvedReference To(VaultItem item, string? selector)
    {
        ArgumentNullException.ThrowIfNull(item);
        return new ResolvedReference(item, selector);
    }

    /// <summary>Looks whether the value is there, without decrypting it.</summary>
    /// <exception cref="ItemLookupException">SecretNotFound or AmbiguousSecret.</exception>
    /// <exception cref="ItemUnreadableException">The item cannot be read.</exception>
    public void EnsureThere() => SecretSelector.EnsureOne(Item, Selector ?? ItemTypes.Of(Item.Type).DefaultSelector);

    /// <summary>Finds what a text means.</summary>
    /// <param name="vault">Where to look.</param>
    /// <param name="text">The text.</param>
    /// <exception cref="ItemLookupException">ItemNotFound or AmbiguousName.</exception>
    /// <exception cref="InvalidInputException">InvalidReference: a <c>bw://</c> reference that names nothing.</exception>
    public static ResolvedReference Resolve(UnlockedVault vault, string text) =>
        TryResolve(vault, text) ?? throw vault.Missing(text);

    /// <summary>The part of a text that names an item, if what follows the last number sign is a selector.</summary>
    internal static string NameIn(string text)
    {
        if (ReferenceUri.IsOne(text))
        {
            ReferenceUri uri = ReferenceUri.Parse(text);
            return uri.Folder is null ? uri.Name : $"{uri.Folder}/{uri.Name}";
        }

        int hash = text.LastIndexOf('#');
        return hash > 0 ? text[..hash] : text;
    }

    /// <summary>Finds what a text means; null when there is no such item.</summary>
    /// <param name="vault">Where to look.</param>
    /// <param name="text">The text.</param>
    /// <param name="scope">The part of the vault to look in; null for all of it.</param>
    /// <exception cref="ItemLookupException">AmbiguousName.</exception>
    /// <exception cref="InvalidInputException">InvalidReference: a <c>bw://</c> reference that names nothing.</exception>
    public static ResolvedReference? TryResolve(UnlockedVault vault, string text, VaultScope? scope = null)
    {
        ResolvedReference[] readings = FindAll(vault, text, scope);
        return readings.Length > 1
            ? throw ItemLookupException.Ambiguous(text, [.. readings.Select(reading => reading.NameInsteadOf(text))])
            : readings.FirstOrDefault();
    }

    /// <summary>Finds everything that a text can mean: several when it is ambiguous.</summary>
    /// <param name="vault">Where to look.</param>
    /// <param name="text">The text.</param>
    /// <param name="scope">The part of the vault to look in; null for all of it.</param>
    /// <exception cref="InvalidInputException">InvalidReference: a <c>bw://</c> reference that names nothing.</exception>
    public static ResolvedReference[] FindAll(UnlockedVault vault, string text, VaultScope? scope = null)
    {
        ArgumentNullException.ThrowIfNull(vault);
        ArgumentNullException.ThrowIfNull(text);
        if (ReferenceUri.IsOne(text))
        {
            ReferenceUri uri = ReferenceUri.Parse(text);
            return [.. Within(scope, vault.FindAll(uri)).Select(item => new ResolvedReference(item, uri.Selector))];
        }

        ResolvedReference[] whole = [.. Within(scope, vault.FindAll(text)).Select(item => new ResolvedReference(item, null))];
        IEnumerable<ResolvedReference> parts = WithSelector(vault, text, scope);
        return whole.Length == 0 ? [.. parts] : [.. whole, .. parts.Where(reading => SecretSelector.Exists(reading.Item, reading.Selector!))];
    }

    /// <summary>A text that names this and nothing else, where another text does not: with the item's id if need be.</summary>
    /// <param name="text">The text that is ambiguous.</param>
    public string NameInsteadOf(string text) =>
        string.Equals(ToString(), text, StringComparison.OrdinalIgnoreCase) ? ReferenceUri.ById(Item.Id, Selector) : ToString();

    /// <summary>The item's unique name, with the selector where there is one.</summary>
    public override string ToString() => Selector is null ? Item.UniqueName : $"{Item.UniqueName}#{Selector}";

    private static IEnumerable<VaultItem> Within(VaultScope? scope, IEnumerable<VaultItem> items) => scope is null ? items : items.Where(scope.Contains);

    private static IEnumerable<ResolvedReference> WithSelector(UnlockedVault vault, string text, VaultScope? scope)
    {
        int hash = text.LastIndexOf('#');
        return hash > 0 && hash < text.Length - 1
            ? Within(scope, vault.FindAll(text[..hash])).Select(item => new ResolvedReference(item, text[(hash + 1)..]))
            : [];
    }
}
