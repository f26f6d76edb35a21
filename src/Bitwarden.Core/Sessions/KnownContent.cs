using System.Text.Json;
using Bitwarden.Core.Crypto;
using Bitwarden.Core.Errors;
using Bitwarden.Core.Transfer;
using Bitwarden.Core.Vault;

namespace Bitwarden.Core.Sessions;

/// <summary>Counts what a vault has of the items of a file, so that an import that broke off is ended without loss and without doubles.</summary>
internal static class KnownContent
{
    /// <summary>Gives the items that the vault lacks. One that the file has twice must be there twice.</summary>
    internal static ImportItem[] Missing(UnlockedVault vault, Guid? organizationId, IReadOnlyList<ImportItem> items, ItemFingerprint fingerprint)
    {
        Dictionary<string, int> known = Count(vault, organizationId, fingerprint);
        return [.. items.Where(item => !Take(known, item.Fingerprint!))];
    }

    private static Dictionary<string, int> Count(UnlockedVault vault, Guid? organizationId, ItemFingerprint fingerprint)
    {
        SymmetricKey owner = vault.Access.OwnerKey(organizationId);
        Dictionary<string, int> counts = new(StringComparer.Ordinal);
        foreach (VaultItem item in vault.Items.Where(item => item.OrganizationId == organizationId))
        {
            if (TryRead(item, owner, fingerprint) is string found)
            {
                counts[found] = counts.GetValueOrDefault(found) + 1;
            }
        }

        return counts;
    }

    // One that cannot be read was not of the file.
    private static string? TryRead(VaultItem item, SymmetricKey owner, ItemFingerprint fingerprint)
    {
        string?[] places = item.OrganizationId is null ? [item.Folder] : [.. item.Collections];
        try
        {
            return fingerprint.Of(SealedItem.Parse(item.Row.Json), owner, places.OfType<string>());
        }
        catch (Exception e) when (e is TransferException or JsonException)
        {
            return null;
        }
    }

    private static bool Take(Dictionary<string, int> known, string fingerprint)
    {
        int count = known.GetValueOrDefault(fingerprint);
        known[fingerprint] = Math.Max(count - 1, 0);
        return count > 0;
    }
}
