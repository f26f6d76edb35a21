using System.Collections.Immutable;

namespace Bitwarden.Core.Vault;

/// <summary>
/// Items by name, for look-ups that cost the same in a vault of any size. A text can be read in more than one way; every reading is looked up, and what all of
/// them find is the answer (architecture 6). After a write an index is made of the one before it, at a cost that does not grow with the vault.
/// </summary>
internal sealed class ItemIndex
{
    private readonly Dictionary<string, VaultItem> _first;
    private readonly Dictionary<string, List<VaultItem>> _shared = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<Guid, VaultItem> _byId;
    private readonly ImmutableList<VaultItem> _nameless;
    private readonly Func<Guid, bool> _isElsewhere;

    // What was written since the index was made; it comes before what the dictionaries say.
    private readonly ImmutableDictionary<string, ImmutableList<VaultItem>> _renamed =
        ImmutableDictionary.Create<string, ImmutableList<VaultItem>>(StringComparer.OrdinalIgnoreCase);

    private readonly ImmutableDictionary<Guid, VaultItem?> _replaced = ImmutableDictionary<Guid, VaultItem?>.Empty;

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

        _nameless = [.. items.Where(item => string.IsNullOrEmpty(item.Name))];

        foreach (VaultItem item in items)
        {
            item.UniqueName = UniqueNameOf(item);
        }
    }

    private ItemIndex(ItemIndex previous, VaultItem? old, VaultItem? replacement, Func<Guid, bool> isElsewhere)
    {
        (_first, _shared, _byId, _isElsewhere) = (previous._first, previous._shared, previous._byId, isElsewhere);
        (_nameless, _renamed, _replaced) = (previous._nameless, previous._renamed, previous._replaced);
        Items = Replace(previous.Items, old, replacement);
        if (old is not null)
        {
            _replaced = _replaced.SetItem(old.Id, null);
            _nameless = _nameless.Remove(old);
            _renamed = string.IsNullOrEmpty(old.Name) ? _renamed : _renamed.SetItem(old.Name, [.. Named(old.Name).Where(item => item != old)]);
        }

        if (replacement is not null)
        {
            _replaced = _replaced.SetItem(replacement.Id, replacement);
            _nameless = string.IsNullOrEmpty(replacement.Name) ? _nameless.Add(replacement) : _nameless;
            _renamed = string.IsNullOrEmpty(replacement.Name) ? _renamed : _renamed.SetItem(replacement.Name, [.. Named(replacement.Name), replacement]);
        }
    }

    internal IReadOnlyList<VaultItem> Items { get; }

    internal VaultItem? Find(Guid id) => _replaced.TryGetValue(id, out VaultItem? item) ? item : _byId.GetValueOrDefault(id);

    /// <summary>The index after a write. <see cref="NameAgain"/> is to be called on it once all that it asks is there.</summary>
    /// <param name="old">The item as it was here; null for none.</param>
    /// <param name="replacement">The item as it is here; null for none.</param>
    /// <param name="isElsewhere">See the constructor.</param>
    internal ItemIndex With(VaultItem? old, VaultItem? replacement, Func<Guid, bool> isElsewhere) => new(this, old, replacement, isElsewhere);

    /// <summary>Gives unique names to an item that was written, and to those whose names mean more or less than before.</summary>
    internal void NameAgain(VaultItem? old, VaultItem? replacement)
    {
        HashSet<VaultItem> affected = [.. Related(old), .. Related(replacement)];
        foreach (VaultItem item in affected)
        {
            item.UniqueName = UniqueNameOf(item);
        }
    }

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
        VaultItem? item = Guid.TryParse(text, out Guid id) ? Find(id) : null;
        found = item is null ? [] : [item];
        return item is not null || (id != Guid.Empty && _isElsewhere(id));
    }

    private void AddName(VaultItem item)
    {
        if (!string.IsNullOrEmpty(item.Name) && !_first.TryAdd(item.Name, item))
        {
            if (!_shared.TryGetValue(item.Name, out List<VaultItem>? sharers))
            {
                _shared[item.Name] = sharers = [_first[item.Name]];
            }

            sharers.Add(item);
        }
    }

    private IReadOnlyList<VaultItem> Named(string name)
    {
        if (_renamed.TryGetValue(name, out ImmutableList<VaultItem>? bearers))
        {
            return bearers;
        }

        return _shared.TryGetValue(name, out List<VaultItem>? sharers) ? sharers : _first.TryGetValue(name, out VaultItem? item) ? [item] : [];
    }

    private bool IsShared(string name) => _renamed.TryGetValue(name, out ImmutableList<VaultItem>? bearers) ? bearers.Count > 1 : _shared.ContainsKey(name);

    private static VaultItem[] Replace(IReadOnlyList<VaultItem> items, VaultItem? old, VaultItem? replacement)
    {
        List<VaultItem> all = [.. items];
        int place = old is null ? -1 : all.IndexOf(old);
        if (place >= 0)
        {
            all.RemoveAt(place);
        }

        if (replacement is not null)
        {
            all.Insert(place < 0 ? all.Count : place, replacement);
        }

        return [.. all];
    }

    // Those that a form of the item's name means too, and those that are called like a part of the item: only a name with special characters can be.
    private IEnumerable<VaultItem> Related(VaultItem? item)
    {
        if (item is null)
        {
            return [];
        }

        IEnumerable<VaultItem> called = item.Name is { Length: > 0 } name
            ? Items.Where(other => other.Name is { } text && text.Length > name.Length && HasSeparators(text))
                .Where(other => other.Name!.Contains(name, StringComparison.OrdinalIgnoreCase))
            : [];
        return NameForms.All(item).SelectMany(FindAll).Concat(called).Concat(Named(item.Id.ToString()));
    }

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
        if (item.Name is { Length: > 0 } name && !IsShared(name) && IsPlain(name))
        {
            return name;
        }

        return NameForms.All(item).FirstOrDefault(form => MeansOnly(form, item)) ?? item.Id.ToString();
    }

    // With none of these a text has one reading only.
    private static bool IsPlain(string name) => !HasSeparators(name) && !Guid.TryParse(name, out _);

    private static bool HasSeparators(string name) => name.AsSpan().IndexOfAny("/#)]") >= 0;

    // An address is read as one, and never as a name.
    private bool MeansOnly(string form, VaultItem item) =>
        !ReferenceUri.IsOne(form) && FindAll(form) is { Count: 1 } found && found.Contains(item) && !MeansValueOfAnother(form, item);

    // Read as a name with a selector behind the last number sign.
    private bool MeansValueOfAnother(string form, VaultItem item)
    {
        int hash = form.LastIndexOf('#');
        return hash > 0 && hash < form.Length - 1 && FindAll(form[..hash]).Any(other => other != item);
    }
}
