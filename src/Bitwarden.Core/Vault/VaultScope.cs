using Bitwarden.Core.Api.Wire;
using Bitwarden.Core.Errors;

namespace Bitwarden.Core.Vault;

/// <summary>
/// A part of a vault: what lies in an organization, a collection and a folder, in all of them that are named. What lies elsewhere is not found, whatever it is
/// called, and has no part in which names are ambiguous. New items are meant to go there. Cheap to make, and for one vault.
/// </summary>
public sealed class VaultScope
{
    private VaultScope(Guid? organizationId, Guid? collectionId, Guid? folderId)
    {
        OrganizationId = organizationId;
        CollectionId = collectionId;
        FolderId = folderId;
    }

    /// <summary>The organization that owns the items; null for any owner.</summary>
    public Guid? OrganizationId { get; }

    /// <summary>The collection that holds the items; null for any or none.</summary>
    public Guid? CollectionId { get; }

    /// <summary>The folder of the items; null for any or none.</summary>
    public Guid? FolderId { get; }

    /// <summary>Finds the places. Names are literal, case is ignored; an id goes before names.</summary>
    /// <param name="vault">Where to look.</param>
    /// <param name="organization">Name or id of an organization; null for any owner.</param>
    /// <param name="collection">Name or id of a collection, of that organization if one is named; null for any or none.</param>
    /// <param name="folder">Whole name or id of a folder; null for any or none.</param>
    /// <exception cref="ItemLookupException">OrganizationNotFound, CollectionNotFound, FolderNotFound, or AmbiguousName with the ids.</exception>
    public static VaultScope Of(UnlockedVault vault, string? organization, string? collection, string? folder)
    {
        ArgumentNullException.ThrowIfNull(vault);
        VaultNames names = vault.Access.Names;
        VaultSnapshot snapshot = vault.Snapshot;
        Guid? owner = One(organization, names.OrganizationIds, names.Organization, vault.MissingOrganization);
        CollectionRecord[] collections = [.. snapshot.Collections.Where(one => owner is null || one.OrganizationId == owner)];
        Guid? holder = One(collection, collections.Select(one => one.Id), names.Collection, vault.MissingCollection);
        return new VaultScope(
            owner ?? collections.FirstOrDefault(one => one.Id == holder)?.OrganizationId,
            holder,
            One(folder, snapshot.Folders.Select(one => one.Id), names.Folder, vault.MissingFolder));
    }

    /// <summary>Whether an item lies in it.</summary>
    /// <param name="item">The item.</param>
    public bool Contains(VaultItem item)
    {
        ArgumentNullException.ThrowIfNull(item);
        return (OrganizationId is null || item.OrganizationId == OrganizationId)
            && (FolderId is null || item.FolderId == FolderId)
            && (CollectionId is null || item.CollectionIds.Contains(CollectionId.Value));
    }

    // An id belongs to its place, whatever others call theirs.
    private static Guid? One(string? text, IEnumerable<Guid> ids, Func<Guid, string?> nameOf, Func<string, ItemLookupException> missing)
    {
        if (text is null)
        {
            return null;
        }

        Guid[] known = [.. ids.Distinct()];
        Guid[] found = Guid.TryParse(text, out Guid given) && known.Contains(given)
            ? [given]
            : [.. known.Where(id => text.Equals(nameOf(id), StringComparison.OrdinalIgnoreCase))];
        return found.Length switch
        {
            0 => throw missing(text),
            1 => found[0],
            _ => throw ItemLookupException.AmbiguousPlace(text, [.. found.Select(id => id.ToString())]),
        };
    }
}
