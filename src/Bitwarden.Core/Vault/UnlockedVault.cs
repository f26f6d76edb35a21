using Bitwarden.Core.Errors;
using Bitwarden.Core.Generators;
using Bitwarden.Core.Matching;
using Bitwarden.Core.Reporting;

namespace Bitwarden.Core.Vault;

/// <summary>
/// The items of an unlocked session, indexed by name. Belongs to its session: after a lock it decrypts nothing more.
/// Immutable, and safe for use by several threads.
/// </summary>
public sealed class UnlockedVault
{
    private readonly ItemIndex _items;
    private readonly ItemIndex _trash;

    /// <param name="snapshot">What the server sent.</param>
    /// <param name="access">What it is read with.</param>
    /// <param name="previous">The vault until now, under the same keys; items that did not change are taken from it. Null for none.</param>
    internal UnlockedVault(VaultSnapshot snapshot, VaultAccess access, UnlockedVault? previous = null)
    {
        Snapshot = snapshot;
        Access = access;
        access.Names = new VaultNames(snapshot, access.Keys);
        VaultItem[] all = new ItemCarrier(access, previous).Carry(snapshot.Ciphers);
        VaultItem[] live = Array.FindAll(all, item => item.DeletedDate is null);
        VaultItem[] trashed = Array.FindAll(all, item => item.DeletedDate is not null);
        HashSet<Guid> trashedIds = [.. trashed.Select(item => item.Id)];
        _items = new ItemIndex(live, trashedIds.Contains);
        _trash = new ItemIndex(trashed, id => _items.Find(id) is not null);
    }

    private UnlockedVault(UnlockedVault previous, VaultSnapshot snapshot, VaultItem? old, VaultItem? replacement)
    {
        Snapshot = snapshot;
        Access = previous.Access;
        (VaultItem? oldLive, VaultItem? oldTrashed) = Place(old);
        (VaultItem? live, VaultItem? trashed) = Place(replacement);
        _items = previous._items.With(oldLive, live, id => _trash!.Find(id) is not null);
        _trash = previous._trash.With(oldTrashed, trashed, id => _items.Find(id) is not null);
        _items.NameAgain(oldLive, live);
        _trash.NameAgain(oldTrashed, trashed);
    }

    /// <summary>Every item that is not in the trash.</summary>
    public IReadOnlyList<VaultItem> Items => _items.Items;

    /// <summary>The items in the trash.</summary>
    public IReadOnlyList<VaultItem> Trash => _trash.Items;

    /// <summary>Names of the personal folders.</summary>
    public IReadOnlyCollection<string> Folders => Access.Names.Folders;

    /// <summary>Names of the collections that the account may see.</summary>
    public IReadOnlyCollection<string> Collections => Access.Names.Collections;

    /// <summary>Names of the account's organizations.</summary>
    public IReadOnlyCollection<string> Organizations => Access.Names.Organizations;

    /// <summary>Describes the personal folders.</summary>
    public IReadOnlyList<FolderInfo> GetFolders() => new VaultDirectory(this).Folders();

    /// <summary>Describes the collections that the account may see.</summary>
    public IReadOnlyList<CollectionInfo> GetCollections() => new VaultDirectory(this).Collections();

    /// <summary>Describes the organizations of the account, those too that it is a member of through a provider.</summary>
    public IReadOnlyList<OrganizationInfo> GetOrganizations() => new VaultDirectory(this).Organizations();

    /// <summary>What the account's organizations demand of passwords that are made up.</summary>
    public GeneratorRules GeneratorRules => GeneratorPolicies.Of(Snapshot);

    /// <summary>Prepares the search for items by an address. What an organization sets as the usual way of comparing counts.</summary>
    /// <param name="address">The address.</param>
    public AddressMatcher MatcherFor(string address)
    {
        ArgumentNullException.ThrowIfNull(address);
        return new AddressMatcher(address, UsualMatch.Of(Snapshot));
    }

    internal VaultSnapshot Snapshot { get; }

    internal VaultAccess Access { get; }

    /// <summary>Finds the one item that a text names: any form of its name, its id, or its reference. Case is ignored; the trash is not looked
    /// into.</summary>
    /// <param name="name">The text, exactly; no wildcards.</param>
    /// <exception cref="ItemLookupException">ItemNotFound or AmbiguousName.</exception>
    public VaultItem Find(string name) => TryFind(name) ?? throw Missing(name);

    /// <summary>Finds the one item that a text names; null when there is none.</summary>
    /// <param name="name">The text, exactly; no wildcards.</param>
    /// <exception cref="ItemLookupException">AmbiguousName.</exception>
    public VaultItem? TryFind(string name)
    {
        IReadOnlyCollection<VaultItem> matches = FindAll(name);
        return matches.Count > 1
            ? throw ItemLookupException.Ambiguous(name, [.. matches.Select(match => match.UniqueName)])
            : matches.FirstOrDefault();
    }

    /// <summary>Finds every item that a text can mean: several when it is ambiguous.</summary>
    /// <param name="name">The text, exactly; no wildcards.</param>
    /// <param name="inTrash">Whether to look into the trash instead.</param>
    /// <exception cref="InvalidInputException">InvalidReference: a reference that is none, or that names a value.</exception>
    public IReadOnlyCollection<VaultItem> FindAll(string name, bool inTrash = false)
    {
        ArgumentNullException.ThrowIfNull(name);
        return ReferenceUri.IsOne(name) ? FindAll(ReferenceUri.ParseItem(name), inTrash) : (inTrash ? _trash : _items).FindAll(name);
    }

    /// <summary>Finds every item that an address can mean: several when it is ambiguous. A selector does not count.</summary>
    /// <param name="address">The address.</param>
    /// <param name="inTrash">Whether to look into the trash instead.</param>
    public IReadOnlyCollection<VaultItem> FindAll(ReferenceUri address, bool inTrash = false)
    {
        ArgumentNullException.ThrowIfNull(address);
        return (inTrash ? _trash : _items).FindAll(address.Folder, address.Name);
    }

    /// <summary>Explains why a text names no item: it may be in the trash, be a pattern, or be mistyped.</summary>
    /// <param name="text">The text, with or without a selector.</param>
    public ItemLookupException Missing(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        string name = ResolvedReference.NameIn(text);
        if (IsInTrash(text, name))
        {
            return ItemLookupException.InTrash(text);
        }

        return name.AsSpan().IndexOfAny("*?") >= 0
            ? ItemLookupException.Pattern(text)
            : ItemLookupException.NotFound(text, NearestNames.Of(Items, name[(name.LastIndexOf('/') + 1)..]));
    }

    /// <summary>Explains that a text names no folder.</summary>
    /// <param name="text">The text.</param>
    public ItemLookupException MissingFolder(string text) => ItemLookupException.NoFolder(text, Nearest(Folders, text));

    /// <summary>Explains that a text names no collection.</summary>
    /// <param name="text">The text.</param>
    public ItemLookupException MissingCollection(string text) => ItemLookupException.NoCollection(text, Nearest(Collections, text));

    /// <summary>Explains that a text names no organization.</summary>
    /// <param name="text">The text.</param>
    public ItemLookupException MissingOrganization(string text) => ItemLookupException.NoOrganization(text, Nearest(Organizations, text));

    /// <summary>Whether a text can mean more than one item.</summary>
    /// <param name="name">The text, exactly; no wildcards.</param>
    public bool IsAmbiguous(string name) => FindAll(name).Count > 1;

    /// <summary>Finds an item by its id; null when there is none.</summary>
    /// <param name="id">The id.</param>
    /// <param name="inTrash">Whether to look into the trash instead.</param>
    public VaultItem? TryFind(Guid id, bool inTrash = false) => (inTrash ? _trash : _items).Find(id);

    /// <summary>The vault after a write of one item.</summary>
    /// <param name="snapshot">With the item as it is now.</param>
    /// <param name="old">The item as it was; null for a new one.</param>
    /// <param name="replacement">The item as it is; null for one that is gone.</param>
    internal UnlockedVault With(VaultSnapshot snapshot, VaultItem? old, VaultItem? replacement) => new(this, snapshot, old, replacement);

    /// <summary>Checks the whole vault: every encrypted value of every item, the trash included, and the names of folders and collections.</summary>
    /// <param name="progress">Is told of the progress, by any thread; null for nobody.</param>
    /// <param name="cancellationToken">Ends the check at once.</param>
    /// <exception cref="SessionException">VaultLocked, also when the vault is locked meanwhile.</exception>
    public VaultCheck Check(IProgress<WorkProgress>? progress = null, CancellationToken cancellationToken = default) =>
        new VaultVerifier(this, progress).Run(cancellationToken);

    private bool IsInTrash(string text, string name) => ReferenceUri.IsOne(text)
        ? FindAll(ReferenceUri.Parse(text), inTrash: true).Count > 0
        : _trash.FindAll(text).Count > 0 || _trash.FindAll(name).Count > 0;

    private static (VaultItem? Live, VaultItem? Trashed) Place(VaultItem? item) => item?.DeletedDate is null ? (item, null) : (null, item);

    private static IReadOnlyList<string> Nearest(IEnumerable<string> names, string wanted) =>
        NearestNames.Of(names.Distinct(StringComparer.OrdinalIgnoreCase).Select(name => (name, (string?)name)), wanted);
}
