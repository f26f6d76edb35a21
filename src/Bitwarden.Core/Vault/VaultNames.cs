using Bitwarden.Core.Api.Wire;
using Bitwarden.Core.Crypto;

namespace Bitwarden.Core.Vault;

/// <summary>Decrypted names of folders, collections and organizations. One that cannot be decrypted is left out.</summary>
internal sealed class VaultNames
{
    private readonly Dictionary<Guid, string> _folders = [];
    private readonly Dictionary<Guid, string> _collections = [];
    private readonly Dictionary<Guid, string> _organizations = [];

    private VaultNames()
    {
    }

    internal VaultNames(VaultSnapshot snapshot, KeyRing keys)
    {
        foreach (FolderRecord folder in snapshot.Folders)
        {
            Add(_folders, folder.Id, CipherCodec.DecryptName(folder.Name, () => keys.UserKey));
        }

        foreach (CollectionRecord collection in snapshot.Collections)
        {
            Add(_collections, collection.Id, CipherCodec.DecryptName(collection.Name, () => keys.KeyFor(collection.OrganizationId)));
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

    internal static VaultNames None { get; } = new();

    internal IReadOnlyCollection<string> Folders => _folders.Values;

    internal IReadOnlyCollection<string> Collections => _collections.Values;

    internal IReadOnlyCollection<string> Organizations => _organizations.Values;

    internal IReadOnlyCollection<Guid> OrganizationIds => _organizations.Keys;

    internal string? Folder(Guid id) => _folders.GetValueOrDefault(id);

    internal string? Collection(Guid id) => _collections.GetValueOrDefault(id);

    internal string? FolderOf(CipherRow row) => _folders.GetValueOrDefault(row.FolderId);

    internal string? Organization(Guid id) => _organizations.GetValueOrDefault(id);

    internal string? OrganizationOf(CipherRow row) => _organizations.GetValueOrDefault(row.OrganizationId);

    internal IReadOnlyList<string> NamesOf(IReadOnlyList<Guid>? collections) => collections is { Count: > 0 }
        ? new TextList<string>(collections.Where(_collections.ContainsKey).Select(id => _collections[id]))
        : TextList<string>.Empty;

    private static void Add(Dictionary<Guid, string> names, Guid id, string? name)
    {
        if (name is not null)
        {
            names[id] = name;
        }
    }
}
