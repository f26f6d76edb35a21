namespace Bitwarden.Core.Vault;

/// <summary>
/// Items by name, for look-ups that cost the same in a vault of any size. A text can be read in more than one way; every reading is looked up, and what all of
/// them find is the answer (architecture 6).
/// </summary>
internal sealed class ItemIndex
{
    private readonly Dictionary<string, VaultItem> _first;
    private readonly Dictionary<string, List<VaultItem>> _shared = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<VaultItem> _nameless = [];
    private readonly Dictionary<Guid, VaultItem> _byId;
    private readonly Func<Guid, bool> _isElsewhere;

    /// <param name="items">The items, with their names.</param>
    /// <param name="isElsewhere">Whether an id is that of an item elsewhere in the vault, to which alone it belongs.</param>
    internal ItemIndex(IReadOnlyList<VaultItem> items, Func<Guid, bool> isElsewhere)
    {
        Items = items;
        _isElsewhere = isElsewhere;
        _first = new Dictionary<string, VaultItem>(items.Count, StringComparer.OrdinalIgnoreCase);
        _byId = new Dictionary<Guid, VaultItem>(items.Count);
        foreach (VaultItem item in items)
        {
            _byId[item.Id] = item;
            AddName(item);
        }

        foreach (VaultItem item in items)
        {
            item.UniqueName = UniqueNameOf(item);
        }
    }

    internal IReadOnlyList<VaultItem> Items { get; }

    internal VaultItem? Find(Guid id) => _byId.GetValueOrDefault(id);

    /// <summary>Every item that the text can mean, each once.</summary>
    internal IReadOnlyCollection<VaultItem> FindAll(string text)
    {
        if (TryFindById(text, out IReadOnlyCollection<VaultItem> named))
        {
            return named;
        }

        HashSet<VaultItem> found = [.. Named(text)];
        AddInFolder(text, found);
        AddWithSuffix(text, found);
        return found;
    }

    /// <summary>The same where the folder stands apart, so that a slash in the name is a slash; null for any folder or none.</summary>
    internal IReadOnlyCollection<VaultItem> FindAll(string? folder, string name)
    {
        if (folder is null && TryFindById(name, out IReadOnlyCollection<VaultItem> named))
        {
            return named;
        }

        HashSet<VaultItem> found = [.. Named(name)];
        AddWithSuffix(name, found);
        found.RemoveWhere(item => folder is not null && !folder.Equals(item.Folder, StringComparison.OrdinalIgnoreCase));
        return found;
    }

    // An id belongs to its item, whatever others are called; that of an item elsewhere finds nothing here.
    private bool TryFindById(string text, out IReadOnlyCollection<VaultItem> found)
    {
        VaultItem? item = null;
        bool isId = Guid.TryParse(text, out Guid id) && (_byId.TryGetValue(id, out item) || _isElsewhere(id));
        found = item is null ? [] : [item];
        return isId;
    }

    private void AddName(VaultItem item)
    {
        if (string.IsNullOrEmpty(item.Name))
        {
            _nameless.Add(item);
        }
        else if (!_first.TryAdd(item.Name, item))
        {
            if (!_shared.TryGetValue(item.Name, out List<VaultItem>? sharers))
            {
                _shared[item.Name] = sharers = [_first[item.Name]];
            }

            sharers.Add(item);
        }
    }

    private List<VaultItem> Named(string name) =>
        _shared.TryGetValue(name, out List<VaultItem>? sharers) ? sharers : _first.TryGetValue(name, out VaultItem? item) ? [item] : [];

    // A folder's name and an item's may both have slashes, so that each one can be the border.
    private void AddInFolder(string text, HashSet<VaultItem> found)
    {
        for (int slash = text.IndexOf('/', StringComparison.Ordinal); slash >= 0; slash = text.IndexOf('/', slash + 1))
        {
            string folder = text[..slash];
            found.UnionWith(Named(text[(slash + 1)..]).Where(item => folder.Equals(item.Folder, StringComparison.OrdinalIgnoreCase)));
        }
    }

    private void AddWithSuffix(string text, HashSet<VaultItem> found)
    {
        char open = text.EndsWith(')') ? '(' : '[';
        if (!text.EndsWith(')') && !text.EndsWith(']'))
        {
            return;
        }

        for (int start = text.IndexOf(open, StringComparison.Ordinal); start >= 0; start = text.IndexOf(open, start + 1))
        {
            IEnumerable<VaultItem> candidates = start == 0 ? _nameless : text[start - 1] == ' ' ? Named(text[..(start - 1)]) : [];
            found.UnionWith(candidates.Where(item => NameForms.IsFormOf(item, text)));
        }
    }

    // The first form that means this item and no other; where others bear even the longest, the id.
    private string UniqueNameOf(VaultItem item)
    {
        if (item.Name is { Length: > 0 } name && !_shared.ContainsKey(name) && IsPlain(name))
        {
            return name;
        }

        Func<VaultItem, string?>[] forms = [NameForms.Plain, NameForms.InFolder, NameForms.WithUsername, NameForms.WithShortId, NameForms.WithFullId];
        return forms.Select(form => form(item)).FirstOrDefault(form => form is not null && MeansOnly(form, item)) ?? item.Id.ToString();
    }

    // With none of these a text has one reading only.
    private static bool IsPlain(string name) => name.AsSpan().IndexOfAny("/#)]") < 0 && !Guid.TryParse(name, out _);

    private bool MeansOnly(string form, VaultItem item) =>
        FindAll(form) is { Count: 1 } found && found.Contains(item) && !MeansValueOfAnother(form, item);

    // Read as a name with a selector behind the last number sign.
    private bool MeansValueOfAnother(string form, VaultItem item)
    {
        int hash = form.LastIndexOf('#');
        return hash > 0 && hash < form.Length - 1 && FindAll(form[..hash]).Any(other => other != item);
    }
}
