using Bitwarden.Core.Errors;

namespace Bitwarden.Core.Vault;

/// <summary>
/// Makes the items of a vault from the rows of an answer. Items whose bytes did not change since the previous answer are carried over with what was decrypted;
/// names of the others are decrypted on all processors.
/// </summary>
internal sealed class ItemCarrier
{
    // Below this, starting other threads costs more than they do.
    private const int FewNames = 200;
    private readonly VaultAccess _access;
    private readonly UnlockedVault? _previous;

    internal ItemCarrier(VaultAccess access, UnlockedVault? previous)
    {
        _access = access;
        _previous = previous;
    }

    /// <exception cref="EncryptionException">KeyChanged: an item moved to another owner.</exception>
    internal VaultItem[] Carry(IReadOnlyList<CipherRow> rows)
    {
        EnsureSameOwners(rows);
        VaultItem[] items = new VaultItem[rows.Count];
        List<VaultItem> added = new(_previous is null ? rows.Count : 0);
        HashSet<VaultItem> carried = [];
        for (int i = 0; i < items.Length; i++)
        {
            items[i] = TryCarry(rows[i], carried) ?? Add(rows[i], added);
        }

        DecryptNames(added);
        DetachOthers(carried);
        return items;
    }

    // Who names an item by its id must not get what another owner wrote under that id.
    private void EnsureSameOwners(IReadOnlyList<CipherRow> rows)
    {
        CipherRow? moved = _previous is null
            ? null
            : rows.FirstOrDefault(row => Known(row.Id) is VaultItem old && old.Row.OrganizationId != row.OrganizationId);
        if (moved is not null)
        {
            throw EncryptionException.OwnerChanged(moved.Id);
        }
    }

    private VaultItem? Known(Guid id) => _previous?.TryFind(id) ?? _previous?.TryFind(id, inTrash: true);

    private VaultItem? TryCarry(CipherRow row, HashSet<VaultItem> carried)
    {
        VaultItem? old = Known(row.Id);
        if (old is null || !row.IsSameAs(old.Row) || !carried.Add(old))
        {
            return null;
        }

        old.MoveTo(row);
        return old;
    }

    private VaultItem Add(CipherRow row, List<VaultItem> added)
    {
        VaultItem item = new(row, _access);
        added.Add(item);
        return item;
    }

    private static void DecryptNames(List<VaultItem> items)
    {
        if (items.Count < FewNames)
        {
            items.ForEach(item => item.DecryptName());
            return;
        }

        Parallel.ForEach(
            System.Collections.Concurrent.Partitioner.Create(0, items.Count),
            range =>
            {
                for (int i = range.Item1; i < range.Item2; i++)
                {
                    items[i].DecryptName();
                }
            });
    }

    // Somebody may still hold them; they must not hold the whole old answer.
    private void DetachOthers(HashSet<VaultItem> carried)
    {
        if (_previous is null)
        {
            return;
        }

        foreach (VaultItem old in _previous.Items.Concat(_previous.Trash).Where(item => !carried.Contains(item)))
        {
            old.Detach();
        }
    }
}
