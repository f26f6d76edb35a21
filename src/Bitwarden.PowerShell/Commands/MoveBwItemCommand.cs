using System.Management.Automation;
using Bitwarden.Core.Errors;
using Bitwarden.Core.Reporting;
using Bitwarden.Core.Sessions;
using Bitwarden.Core.Vault;
using Bitwarden.PowerShell.Binding;
using Bitwarden.PowerShell.Commands.Base;
using Bitwarden.PowerShell.Formatting;

namespace Bitwarden.PowerShell.Commands;

/// <summary>Moves items to a folder, or into collections of an organization.</summary>
[Cmdlet(VerbsCommon.Move, "BwItem", DefaultParameterSetName = FolderSet, SupportsShouldProcess = true)]
[OutputType(typeof(VaultItem))]
public sealed class MoveBwItemCommand : ItemSetCmdlet
{
    private const string FolderSet = "Folder";
    private const string NoFolderSet = "NoFolder";
    private const string CollectionSet = "Collection";

    /// <summary>The folder, by name or id.</summary>
    [Parameter(Mandatory = true, Position = 1, ParameterSetName = FolderSet)]
    [ArgumentCompleter(typeof(FolderCompleter))]
    [NotBlank]
    public string? Folder { get; set; }

    /// <summary>Takes the items out of their folders.</summary>
    [Parameter(Mandatory = true, ParameterSetName = NoFolderSet)]
    public SwitchParameter NoFolder { get; set; }

    /// <summary>The collections that hold the items afterwards, by name or id.</summary>
    [Parameter(Mandatory = true, ParameterSetName = CollectionSet)]
    [ArgumentCompleter(typeof(CollectionCompleter))]
    [NotBlank]
    public string[]? Collection { get; set; }

    /// <summary>The organization of the collections, by name or id.</summary>
    [Parameter(ParameterSetName = CollectionSet)]
    [ArgumentCompleter(typeof(OrganizationCompleter))]
    [NotBlank]
    public string? Organization { get; set; }

    /// <summary>Writes the items.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    private protected override bool Confirm(UnlockedVault vault, VaultItem item) =>
        ShouldProcess($"{item.Type} '{item.UniqueName.Shown()}'", ActionOn(vault, item));

    /// <inheritdoc/>
    private protected override void Apply(BitwardenSession session, IReadOnlyList<VaultItem> items)
    {
        if (ParameterSetName == CollectionSet)
        {
            ApplyEach(session, items);
            return;
        }

        Guid? folder = Folder is null ? null : WritePlace.Folder(session.GetVault(), Folder);
        Write(Await(token => session.GetWriter().Places.MoveToFolderAsync(items, folder, token)));
    }

    // What cannot be done is an error before anything is.
    private string ActionOn(UnlockedVault vault, VaultItem item)
    {
        if (ParameterSetName != CollectionSet)
        {
            Guid? folder = Folder is null ? null : WritePlace.Folder(vault, Folder);
            return folder is null ? "Take out of the folder" : $"Move to the folder '{Folder.Shown()}'";
        }

        Guid organization = WritePlace.Collections(vault, Organization, Collection!).Organization;
        if (item.OrganizationId is Guid owner && owner != organization)
        {
            throw ItemWriteException.NotWritable(item.UniqueName, item.Id, "it belongs to another organization, which cannot be changed");
        }

        string collections = string.Join(", ", Collection!.Select(collection => $"'{collection.Shown()}'"));
        return item.OrganizationId is null ? $"Give to the organization, with the collections {collections}" : $"Set the collections {collections}";
    }

    // The server has no call for several.
    private void ApplyEach(BitwardenSession session, IReadOnlyList<VaultItem> items)
    {
        (Guid organization, IReadOnlyList<Guid> collections) = WritePlace.Collections(session.GetVault(), Organization, Collection!);
        VaultWriter writer = session.GetWriter();
        for (int i = 0; i < items.Count; i++)
        {
            VaultItem item = items[i];
            Progress.Report(new WorkProgress(WorkStage.WritingItems, i, items.Count));
            ForOne(item, () =>
            {
                VaultItem? moved = item.OrganizationId is null
                    ? Await(token => writer.Items.ShareAsync(item, organization, collections, cancellationToken: token))
                    : Await(token => writer.Places.SetCollectionsAsync(item, collections, token));
                Write(moved is null ? [] : [moved]);
            });
        }
    }

    private void Write(IReadOnlyList<VaultItem> moved)
    {
        if (PassThru)
        {
            WriteObject(moved, enumerateCollection: true);
        }
    }
}
