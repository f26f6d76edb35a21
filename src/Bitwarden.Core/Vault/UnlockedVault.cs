using Bitwarden.Core.Api.Wire;
using Bitwarden.Core.Crypto;
using Bitwarden.Core.Errors;

namespace Bitwarden.Core.Vault;

/// <summary>
/// The items of an unlocked session, indexed by name. Belongs to its session: after a lock it decrypts nothing more.
/// Immutable, and safe for use by several threads.
/// </summary>
public sealed class UnlockedVault
{
    private readonly KeyRing _keys;
    private readonly string _account;
    private readonly VaultNames _names;
    private readonly Dictionary<string, VaultItem> _byUniqueName = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<Guid, VaultItem> _byId = [];
    private volatile bool _closed;

    internal UnlockedVault(VaultSnapshot snapshot, KeyRing keys, string account)
    {
        _keys = keys;
        _account = account;
        _names = new VaultNames(snapshot, keys);
        VaultItem[] all = (snapshot.Sync.Ciphers ?? []).Select(Index).ToArray();
        Items = [.. all.Where(item => item.DeletedDate is null)];
        Trash = [.. all.Where(item => item.DeletedDate is not null)];
        UniqueNames.Assign(Items);
        UniqueNames.Assign(Trash);
        foreach (VaultItem item in Items)
        {
            _byUniqueName[item.UniqueName] = item;
        }

        foreach (VaultItem item in all)
        {
            _byId[item.Id] = item;
        }
    }

    /// <summary>Every item that is not in the trash.</summary>
    public IReadOnlyList<VaultItem> Items { get; }

    /// <summary>The items in the trash.</summary>
    public IReadOnlyList<VaultItem> Trash { get; }

    /// <summary>Names of the personal folders.</summary>
    public IReadOnlyCollection<string> Folders => _names.Folders;

    /// <summary>Finds the one item that a text names: a unique name, an id, or any longer form of the name. Case is ignored.</summary>
    /// <param name="name">The text, exactly; no wildcards.</param>
    /// <exception cref="ItemLookupException">ItemNotFound or AmbiguousName.</exception>
    public VaultItem Find(string name) => TryFind(name) ?? throw ItemLookupException.NotFound(name);

    /// <summary>Finds the one item that a text names; null when there is none.</summary>
    /// <param name="name">The text, exactly; no wildcards.</param>
    /// <exception cref="ItemLookupException">AmbiguousName.</exception>
    public VaultItem? TryFind(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (TryFindExactly(name) is VaultItem item)
        {
            return item;
        }

        VaultItem[] matches = Matches(name);
        return matches.Length > 1
            ? throw ItemLookupException.Ambiguous(name, [.. matches.Select(match => match.UniqueName)])
            : matches.FirstOrDefault();
    }

    /// <summary>Whether a text is no unique name but a form of several items' names.</summary>
    /// <param name="name">The text, exactly; no wildcards.</param>
    public bool IsAmbiguous(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return TryFindExactly(name) is null && Matches(name).Length > 1;
    }

    /// <summary>Finds an item by its id, in the trash too; null when there is none.</summary>
    /// <param name="id">The id.</param>
    public VaultItem? TryFind(Guid id) => _byId.GetValueOrDefault(id);

    private VaultItem? TryFindExactly(string name) =>
        _byUniqueName.TryGetValue(name, out VaultItem? item) || (Guid.TryParse(name, out Guid id) && _byId.TryGetValue(id, out item)) ? item : null;

    private VaultItem[] Matches(string name) => [.. Items.Where(candidate => UniqueNames.Matches(candidate, name))];

    internal void Close() => _closed = true;

    internal SecretBytes Decrypt(VaultItem item, string field, EncString value)
    {
        try
        {
            return WithItemKey(item.Record, key => key.Decrypt(value));
        }
        catch (EncryptionException e)
        {
            EnsureOpen();
            throw new ItemUnreadableException(item.Id, field, e);
        }
    }

    /// <summary>Runs something with the key of an item: its own, opened for the purpose, or its owner's (protocol 2.7).</summary>
    internal T WithItemKey<T>(CipherRecord record, Func<SymmetricKey, T> use)
    {
        EnsureOpen();
        try
        {
            SymmetricKey owner = _keys.KeyFor(record.OrganizationId);
            if (string.IsNullOrEmpty(record.Key))
            {
                return use(owner);
            }

            using SymmetricKey key = owner.UnwrapKey(EncString.Parse(record.Key));
            return use(key);
        }
        catch (ObjectDisposedException)
        {
            throw SessionException.VaultLocked(_account);
        }
    }

    private void EnsureOpen()
    {
        if (_closed)
        {
            throw SessionException.VaultLocked(_account);
        }
    }

    private VaultItem Index(CipherRecord record)
    {
        (string? name, ItemProblem? problem) = DecryptName(record);
        return new VaultItem(this, record)
        {
            Name = name,
            NameProblem = problem,
            Folder = _names.FolderOf(record),
            Organization = _names.OrganizationOf(record),
            Collections = _names.CollectionsOf(record),
        };
    }

    private (string? Name, ItemProblem? Problem) DecryptName(CipherRecord record)
    {
        if (CipherCodec.ProblemOf(record) is ItemProblem unreadable)
        {
            return (null, unreadable);
        }

        try
        {
            return (WithItemKey(record, key => key.DecryptText(EncString.Parse(record.Name ?? string.Empty))), null);
        }
        catch (EncryptionException e)
        {
            return (null, new ItemProblem("name", e.Code));
        }
    }
}
