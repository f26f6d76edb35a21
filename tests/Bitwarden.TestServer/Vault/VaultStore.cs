namespace Bitwarden.TestServer.Vault;

/// <summary>One account's vault. Safe for use by several threads; what it hands out never changes.</summary>
public sealed class VaultStore
{
    private readonly ServerClock _clock;
    private readonly object _gate = new();
    private readonly Dictionary<Guid, StoredCipher> _ciphers = [];
    private readonly Dictionary<Guid, StoredFolder> _folders = [];
    private readonly List<StoredOrganization> _organizations = [];
    private readonly List<StoredCollection> _collections = [];
    private DateTime _revisionDate = DateTime.UnixEpoch;

    internal VaultStore(ServerClock clock) => _clock = clock;

    /// <summary>All items, the trashed and archived ones too.</summary>
    public IReadOnlyList<StoredCipher> Ciphers => Locked(() => _ciphers.Values.ToArray());

    /// <summary>All folders.</summary>
    public IReadOnlyList<StoredFolder> Folders => Locked(() => _folders.Values.ToArray());

    /// <summary>All memberships.</summary>
    public IReadOnlyList<StoredOrganization> Organizations => Locked(() => _organizations.ToArray());

    /// <summary>All collections.</summary>
    public IReadOnlyList<StoredCollection> Collections => Locked(() => _collections.ToArray());

    /// <summary>When anything last changed.</summary>
    public DateTime RevisionDate => Locked(() => _revisionDate);

    /// <summary>Finds an item.</summary>
    public StoredCipher? Find(Guid id) => Locked(() => _ciphers.GetValueOrDefault(id));

    /// <summary>Finds a folder.</summary>
    public StoredFolder? FindFolder(Guid id) => Locked(() => _folders.GetValueOrDefault(id));

    /// <summary>Adds or replaces an item.</summary>
    public StoredCipher Put(StoredCipher cipher)
    {
        ArgumentNullException.ThrowIfNull(cipher);
        return Locked(() => Keep(cipher));
    }

    /// <summary>Replaces an item by what <paramref name="change"/> makes of it; null when there is none.</summary>
    public StoredCipher? Update(Guid id, Func<StoredCipher, StoredCipher> change) =>
        Locked(() => _ciphers.TryGetValue(id, out StoredCipher? cipher) ? Keep(change(cipher)) : null);

    /// <summary>Removes an item for good.</summary>
    public bool Remove(Guid id) => Locked(() => Touch(_clock.UtcNow, _ciphers.Remove(id)));

    /// <summary>Adds or replaces a folder.</summary>
    public StoredFolder Put(StoredFolder folder)
    {
        ArgumentNullException.ThrowIfNull(folder);
        return Locked(() => Touch(folder.RevisionDate, _folders[folder.Id] = folder));
    }

    /// <summary>Removes a folder; its items stay, filed nowhere.</summary>
    public bool RemoveFolder(Guid id) => Locked(() =>
    {
        foreach (StoredCipher cipher in _ciphers.Values.Where(cipher => cipher.FolderId == id).ToArray())
        {
            _ciphers[cipher.Id] = cipher with { FolderId = null };
        }

        return Touch(_clock.UtcNow, _folders.Remove(id));
    });

    /// <summary>Counts as a change although no item changed: the account itself did.</summary>
    internal void Touch() => Locked(() => Touch(_clock.UtcNow, true));

    internal void Add(StoredOrganization organization)
    {
        lock (_gate)
        {
            _organizations.Add(organization);
        }
    }

    internal void Add(StoredCollection collection)
    {
        lock (_gate)
        {
            _collections.Add(collection);
        }
    }

    private StoredCipher Keep(StoredCipher cipher)
    {
        _ciphers[cipher.Id] = cipher;
        return Touch(cipher.RevisionDate, cipher);
    }

    private T Touch<T>(DateTime changed, T result)
    {
        _revisionDate = changed > _revisionDate ? changed : _revisionDate;
        return result;
    }

    private T Locked<T>(Func<T> work)
    {
        lock (_gate)
        {
            return work();
        }
    }
}
