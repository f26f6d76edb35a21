using Bitwarden.Core.Api.Wire;

namespace Bitwarden.Core.Vault;

/// <summary>Describes what the items of a vault lie in, sorted by name. Counting decrypts nothing.</summary>
internal sealed class VaultDirectory
{
    private readonly VaultSnapshot _snapshot;
    private readonly VaultNames _names;
    private readonly VaultItem[] _items;

    internal VaultDirectory(UnlockedVault vault)
    {
        _snapshot = vault.Snapshot;
        _names = vault.Access.Names;
        _items = [.. vault.Items.Where(item => item.ArchivedDate is null)];
    }

    internal IReadOnlyList<FolderInfo> Folders()
    {
        Dictionary<Guid, int> counts = Count(item => item.FolderId is Guid folder ? [folder] : []);
        return Sorted(
            _snapshot.Folders.Select(folder => new FolderInfo
            {
                Id = folder.Id,
                Name = _names.Folder(folder.Id),
                ItemCount = counts.GetValueOrDefault(folder.Id),
                RevisionDate = folder.RevisionDate,
            }),
            folder => folder.Name);
    }

    internal IReadOnlyList<CollectionInfo> Collections()
    {
        Dictionary<Guid, int> counts = Count(item => item.OrganizationId is null ? [] : item.CollectionIds);
        return Sorted(_snapshot.Collections.Select(collection => Describe(collection, counts)), collection => collection.Name);
    }

    internal IReadOnlyList<OrganizationInfo> Organizations()
    {
        Dictionary<Guid, int> counts = Count(item => item.OrganizationId is Guid organization ? [organization] : []);
        return Sorted(
            (_snapshot.Profile.Organizations ?? []).Select(organization => Describe(organization, counts))
                .Concat((_snapshot.Profile.ProviderOrganizations ?? []).Select(organization => Describe(organization, counts)))
                .DistinctBy(organization => organization.Id),
            organization => organization.Name);
    }

    private static IReadOnlyList<T> Sorted<T>(IEnumerable<T> rows, Func<T, string?> name) => [.. rows.OrderBy(name, StringComparer.OrdinalIgnoreCase)];

    private CollectionInfo Describe(CollectionRecord collection, Dictionary<Guid, int> counts) => new()
    {
        Id = collection.Id,
        Name = _names.Collection(collection.Id),
        Organization = _names.Organization(collection.OrganizationId),
        OrganizationId = collection.OrganizationId,
        ItemCount = counts.GetValueOrDefault(collection.Id),
        ReadOnly = collection.ReadOnly == true,
        HidePasswords = collection.HidePasswords == true,
        Manage = collection.Manage == true,
        IsDefault = collection.Type == 1,
        ExternalId = string.IsNullOrEmpty(collection.ExternalId) ? null : collection.ExternalId,
    };

    private OrganizationInfo Describe(OrganizationRecord organization, Dictionary<Guid, int> counts) => new()
    {
        Id = organization.Id,
        Name = organization.Name ?? string.Empty,
        Role = (OrganizationRole?)organization.Type,
        Status = (MembershipStatus?)organization.Status,
        Enabled = organization.Enabled != false,
        IsProvided = false,
        CollectionCount = CollectionsOf(organization.Id),
        ItemCount = counts.GetValueOrDefault(organization.Id),
    };

    private OrganizationInfo Describe(ProviderOrganizationRecord organization, Dictionary<Guid, int> counts) => new()
    {
        Id = organization.OrganizationId,
        Name = organization.Name ?? string.Empty,
        Enabled = true,
        IsProvided = true,
        CollectionCount = CollectionsOf(organization.OrganizationId),
        ItemCount = counts.GetValueOrDefault(organization.OrganizationId),
    };

    private int CollectionsOf(Guid organization) => _snapshot.Collections.Count(collection => collection.OrganizationId == organization);

    private Dictionary<Guid, int> Count(Func<VaultItem, IEnumerable<Guid>> places)
    {
        Dictionary<Guid, int> counts = [];
        foreach (Guid place in _items.SelectMany(places))
        {
            counts[place] = counts.GetValueOrDefault(place) + 1;
        }

        return counts;
    }
}
