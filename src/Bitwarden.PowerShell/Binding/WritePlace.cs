using Bitwarden.Core.Errors;
using Bitwarden.Core.Vault;
using Bitwarden.PowerShell.Errors;

namespace Bitwarden.PowerShell.Binding;

/// <summary>
/// The one folder that an item is to lie in, or the collections that are to hold it. Names are literal here, and one that several have is an error: nobody
/// should guess where something is written.
/// </summary>
internal static class WritePlace
{
    /// <exception cref="ItemLookupException">FolderNotFound or AmbiguousName.</exception>
    internal static Guid Folder(UnlockedVault vault, string text) => One(vault.GetFolders(), text, vault.MissingFolder).Id;

    /// <param name="vault">Where to look.</param>
    /// <param name="organization">The organization, by name or id; null for the one that the collections are of.</param>
    /// <param name="names">The collections, by name or id.</param>
    /// <exception cref="ItemLookupException">OrganizationNotFound, CollectionNotFound or AmbiguousName.</exception>
    /// <exception cref="InvalidInputException">InvalidItem: they are not of one organization, or may only be read.</exception>
    internal static (Guid Organization, IReadOnlyList<Guid> Collections) Collections(UnlockedVault vault, string? organization, IReadOnlyList<string> names)
    {
        Guid? owner = organization is null ? null : One(vault.GetOrganizations(), organization, vault.MissingOrganization).Id;
        CollectionInfo[] known = [.. vault.GetCollections().Where(collection => owner is null || collection.OrganizationId == owner)];
        CollectionInfo[] found = [.. names.Select(name => One(known, name, vault.MissingCollection)).DistinctBy(collection => collection.Id)];
        if (found.DistinctBy(collection => collection.OrganizationId).Count() != 1)
        {
            throw InputErrors.CollectionsOfSeveral();
        }

        return Array.Find(found, collection => collection.ReadOnly) is CollectionInfo readOnly
            ? throw InputErrors.CollectionReadOnly(readOnly)
            : (found[0].OrganizationId, [.. found.Select(collection => collection.Id)]);
    }

    /// <exception cref="ItemLookupException">No place has the name, or several have.</exception>
    internal static T One<T>(IReadOnlyList<T> places, string text, Func<string, ItemLookupException> missing)
        where T : IVaultPlace
    {
        T[] found = [.. places.Where(place => text.Equals(place.Name, StringComparison.OrdinalIgnoreCase) || IsId(place, text))];
        return found.Length switch
        {
            0 => throw missing(text),
            1 => found[0],
            _ => throw ItemLookupException.AmbiguousPlace(text, [.. found.Select(place => place.Id.ToString())]),
        };
    }

    private static bool IsId<T>(T place, string text)
        where T : IVaultPlace => Guid.TryParse(text, out Guid id) && id == place.Id;
}
