using System.Management.Automation;
using Bitwarden.Core.Errors;
using Bitwarden.Core.Vault;
using Bitwarden.PowerShell.Formatting;

namespace Bitwarden.PowerShell.Binding;

/// <summary>What a user asks of items beside their name. All of it must hold at once; the cheap conditions come first.</summary>
internal sealed class ItemConditions
{
    private readonly List<ItemCondition> _all = [];

    /// <summary>Whether the items of the archive are wanted, and no others.</summary>
    internal bool Archived { get; private set; }

    /// <summary>The condition about addresses; null for none.</summary>
    internal UriFilter? Uri { get; private set; }

    internal bool Hold(VaultItem item) => _all.TrueForAll(condition => condition.Holds(item));

    /// <summary>Why an item is left out.</summary>
    internal string ReasonAgainst(VaultItem item) => _all.Find(condition => !condition.Holds(item))?.Otherwise(item) ?? "it was left out";

    /// <summary>Ends a search that the user stops, also one that finds nothing.</summary>
    internal void AddNotStopped(Func<bool> isStopped) =>
        Add(_ => isStopped() ? throw new PipelineStoppedException() : true, _ => string.Empty);

    internal void AddType(ItemType[] types) => Add(item => types.Contains(item.Type), item => $"it is of the type {item.Type}");

    internal void AddArchived()
    {
        Archived = true;
        Add(item => item.ArchivedDate is not null, _ => "it is not archived");
    }

    internal void AddFavorite() => Add(item => item.Favorite, _ => "it is no favourite");

    internal void AddNoFolder() => Add(item => item.FolderId is null, Place);

    internal void AddFolders(IReadOnlyList<FolderInfo> folders)
    {
        HashSet<Guid> ids = [.. folders.Select(folder => folder.Id)];
        Add(item => item.FolderId is Guid folder && ids.Contains(folder), Place);
    }

    internal void AddOrganizations(IReadOnlyList<OrganizationInfo> organizations)
    {
        HashSet<Guid> ids = [.. organizations.Select(organization => organization.Id)];
        Add(item => item.OrganizationId is Guid id && ids.Contains(id), OwnerOf);
    }

    internal void AddCollections(IReadOnlyList<CollectionInfo> collections)
    {
        HashSet<Guid> ids = [.. collections.Select(collection => collection.Id)];
        Add(item => item.OrganizationId is not null && item.CollectionIds.Any(ids.Contains), _ => "it is not in that collection");
    }

    internal void AddTotp() => Add(item => item.Totp is not null, _ => "it has no one-time codes");

    /// <exception cref="InvalidInputException">InvalidPattern.</exception>
    internal void AddUri(UnlockedVault vault, string text)
    {
        UriFilter filter = new(vault, text);
        Uri = filter;
        Add(filter.IsMatch, _ => "none of its addresses matches");
    }

    internal void AddSearch(string words)
    {
        ItemSearch search = new(words);
        Add(search.IsMatch, _ => "it does not have all the words");
    }

    private static string Place(VaultItem item) => item.FolderId is null ? "it is in no folder" : $"it is in the folder '{item.Folder.Shown()}'";

    private static string OwnerOf(VaultItem item) =>
        item.OrganizationId is null ? "it belongs to no organization" : $"it belongs to the organization '{item.Organization.Shown()}'";

    private void Add(Func<VaultItem, bool> holds, Func<VaultItem, string> otherwise) => _all.Add(new ItemCondition(holds, otherwise));
}
