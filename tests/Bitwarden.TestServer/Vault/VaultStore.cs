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
    private readonly List<StoredPolicy> _policies = [];
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

    /// <summary>The policies of all organizations.</summary>
    public IReadOnlyList<StoredPolicy> Policies => Locked(() => _policies.ToArray());

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

    /// <summary>Replaces an item by what <paramref name="change"/> makes of it, which may be the same; null when there is none.</summary>
    public StoredCipher? Update(Guid id, Func<StoredCipher, StoredCipher> change) => Locked(() =>
    {
        StoredCipher? cipher = _ciphers.GetValueOrDefault(id);
        StoredCipher? changed = cipher is null ? null : change(cipher);
        return changed is null || ReferenceEquals(changed, cipher) ? changed : Touch(_clock.UtcNow, Keep(changed));
    });

    /// <summary>What the account may do with an item.</summary>
    public ItemAccess AccessTo(StoredCipher cipher)
    {
        ArgumentNullException.ThrowIfNull(cipher);
        return cipher.OrganizationId is not Guid organization ? ItemAccess.Full : Locked(() => ItemAccess.Of(
            cipher,
            [.. _collections.Where(collection => cipher.CollectionIds.Contains(collection.Id))],
            _organizations.Any(known => known.Id == organization && known.LimitItemDeletion)));
    }

    /// <summary>The collections of an organization into which the account may put items.</summary>
    public IReadOnlyList<Guid> WritableCollections(Guid organization) => Locked(() => _collections
        .Where(collection => collection.OrganizationId == organization && !collection.ReadOnly)
        .Select(collection => collection.Id)
        .ToArray());

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

    /// <summary>Adds or replaces a membership.</summary>
    public void Put(StoredOrganization organization) => Locked(() => Replace(_organizations, organization, known => known.Id == organization.Id));

    /// <summary>Adds or replaces a collection.</summary>
    public void Put(StoredCollection collection) => Locked(() => Replace(_collections, collection, known => known.Id == collection.Id));

    /// <summary>Adds or replaces a policy.</summary>
    public void Put(StoredPolicy policy) => Locked(() => Replace(_policies, policy, known => known.Id == policy.Id));

    private bool Replace<T>(List<T> list, T entry, Predicate<T> isSame)
    {
        int index = list.FindIndex(isSame);
        if (index < 0)
        {
            list.Add(entry);
            return false;
        }

        list[index] = entry;
        RenewShared();
        return Touch(_clock.UtcNow, true);
    }

    // What was written of an item is kept by reference, and what the account may do with it has changed.
    private void RenewShared()
    {
        foreach (StoredCipher cipher in _ciphers.Values.Where(cipher => cipher.OrganizationId is not null).ToArray())
        {
            _ciphers[cipher.Id] = cipher with { };
        }
    }

    // An organization's item that is in no collection is there for its administrators only, and no account is one.
    private StoredCipher Keep(StoredCipher cipher)
    {
        if (cipher.OrganizationId is not null && cipher.CollectionIds.Count == 0)
        {
            _ciphers.Remove(cipher.Id);
        }
        else
        {
            _ciphers[cipher.Id] = cipher;
        }

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
