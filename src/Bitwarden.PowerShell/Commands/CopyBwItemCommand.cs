using System.Management.Automation;
using System.Security;
using Bitwarden.Core.Errors;
using Bitwarden.Core.Sessions;
using Bitwarden.Core.Vault;
using Bitwarden.Core.Vault.Editing;
using Bitwarden.PowerShell.Binding;
using Bitwarden.PowerShell.Commands.Base;
using Bitwarden.PowerShell.Errors;
using Bitwarden.PowerShell.Formatting;

namespace Bitwarden.PowerShell.Commands;

/// <summary>Makes a new item of one that is there: in the user's own vault, or in an organization.</summary>
[Cmdlet(VerbsCommon.Copy, "BwItem", DefaultParameterSetName = PersonalSet, SupportsShouldProcess = true)]
[OutputType(typeof(VaultItem))]
public sealed class CopyBwItemCommand : RepromptCmdlet
{
    private const string PersonalSet = "Personal";
    private const string OrganizationSet = "Organization";
    /// <summary>Which items: names, unique or not, or ids.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [ItemName(TakesItems = true, IsList = true)]
    [ArgumentCompleter(typeof(ItemNameCompleter))]
    [NotBlank]
    public string[]? Name { get; set; }

    /// <summary>The name of the copy.</summary>
    [Parameter(Position = 1)]
    [ArgumentCompleter(typeof(NothingCompleter))]
    [NotBlank]
    public string? NewName { get; set; }

    /// <summary>The folder of the copy, by name or id.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(FolderCompleter))]
    [NotBlank]
    public string? Folder { get; set; }

    /// <summary>The collections that hold the copy, by name or id.</summary>
    [Parameter(Mandatory = true, ParameterSetName = OrganizationSet)]
    [ArgumentCompleter(typeof(CollectionCompleter))]
    [NotBlank]
    public string[]? Collection { get; set; }

    /// <summary>The organization that owns the copy, by name or id.</summary>
    [Parameter(ParameterSetName = OrganizationSet)]
    [ArgumentCompleter(typeof(OrganizationCompleter))]
    [NotBlank]
    public string? Organization { get; set; }

    /// <inheritdoc/>
    protected override void Process()
    {
        BitwardenSession session = RequireSession();
        foreach (string name in Name!)
        {
            ForOne(name, () => Copy(session, session.GetVault().Find(name)));
        }
    }

    private void Copy(BitwardenSession session, VaultItem item)
    {
        UnlockedVault vault = session.GetVault();
        using ItemEdit edit = new() { Name = NewName ?? $"{item.Name} - Clone" };
        edit.MoveTo(Folder is null ? item.FolderId : WritePlace.Folder(vault, Folder));
        (Guid Organization, IReadOnlyList<Guid> Collections)? owner = Collection is null ? null : WritePlace.Collections(vault, Organization, Collection);
        if (!ShouldProcess($"{item.Type} '{item.UniqueName.Shown()}'", $"Copy as '{edit.Name.Shown()}'"))
        {
            return;
        }

        Gate(this).Ensure(session, item, Host);
        ItemWriter writer = session.GetWriter().Items;
        VaultItem copy = Await(token => owner is var (organization, collections)
            ? writer.CopyAsync(item, edit, organization, collections, token)
            : writer.CopyAsync(item, edit, token));
        WarnOfWhatStays(item);
        WriteObject(copy);
    }

    private void WarnOfWhatStays(VaultItem item)
    {
        if (item.Attachments.Count > 0)
        {
            WriteWarning($"The files of '{item.UniqueName.Shown()}' are not copied.");
        }

        if (item.HasPasskeys())
        {
            WriteWarning($"The passkeys of '{item.UniqueName.Shown()}' are not copied.");
        }
    }
}
