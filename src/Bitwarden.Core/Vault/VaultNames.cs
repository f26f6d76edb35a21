using Bitwarden.Core.Api.Wire;
using Bitwarden.Core.Crypto;
using Bitwarden.Core.Errors;

namespace Bitwarden.Core.Vault;

/// <summary>Decrypted names of folders, collections and organizations. One that cannot be decrypted is left out.</summary>
internal sealed class VaultNames
{
    private readonly Dictionary<Guid, string> _folders = [];
    private readonly Dictionary<Guid, string> _collections = [];
    private readonly Dictionary<Guid, string> _organizations = [];

    internal VaultNames(VaultSnapshot snapshot, KeyRing keys)
    {
        foreach (FolderRecord folder in snapshot.Sync.Folders ?? [])
        {
            Add(_folders, folder.Id, folder.Name, () => keys.UserKey);
        }

        foreach (CollectionRecord collection in snapshot.Sync.Collections ?? [])
        {
            Add(_collections, collection.Id, collection.Name, () => keys.KeyFor(collection.OrganizationId));
        }

        foreach (OrganizationRecord organization in snapshot.Profile.Organizations ?? [])
        {
            _organizations[organization.Id] = organization.Name ?? string.Empty;
        }

        foreach (ProviderOrganizationRecord organization in snapshot.Profile.ProviderOrganizations ?? [])
        {
            _organizations.TryAdd(organization.OrganizationId, organization.Name ?? string.Empty);
        }
    }

    internal IReadOnlyCollection<string> Folders => _folders.Values;

    internal string? FolderOf(CipherRecord record) => record.FolderId is Guid id ? _folders.GetValueOrDefault(id) : null;

    internal string? OrganizationOf(CipherRecord record) => record.OrganizationId is Guid id ? _organizations.GetValueOrDefault(id) : null;

    internal IReadOnlyList<string> CollectionsOf(CipherRecord record) =>
        record.CollectionIds is { Length: > 0 } ids ? [.. ids.Where(_collections.ContainsKey).Select(id => _collections[id])] : [];

    private static void Add(Dictionary<Guid, string> names, Guid id, string? wire, Func<SymmetricKey> key)
    {
        try
        {
            if (EncString.TryParse(wire, out EncString? name))
            {
                names[id] = key().DecryptText(name);
            }
        }
        catch (EncryptionException)
        {
            // Shown as no folder or collection; the item itself is not affected.
        }
    }
}
