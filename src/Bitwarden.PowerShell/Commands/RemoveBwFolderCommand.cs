using System.Management.Automation;
using Bitwarden.Core.Errors;
using Bitwarden.Core.Sessions;
using Bitwarden.Core.Vault;
using Bitwarden.PowerShell.Binding;
using Bitwarden.PowerShell.Commands.Base;
using Bitwarden.PowerShell.Formatting;

namespace Bitwarden.PowerShell.Commands;

/// <summary>Removes personal folders. Their items stay, filed nowhere; so do the folders below.</summary>
[Cmdlet(VerbsCommon.Remove, "BwFolder", SupportsShouldProcess = true)]
public sealed class RemoveBwFolderCommand : SessionCmdlet
{
    /// <summary>The folders, by name or id.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [ItemName(IsList = true)]
    [ArgumentCompleter(typeof(FolderCompleter))]
    [NotBlank]
    public string[]? Name { get; set; }

    /// <inheritdoc/>
    protected override void Process()
    {
        BitwardenSession session = RequireSession();
        foreach (string name in Name!)
        {
            ForOne(name, () => Remove(session, session.GetVault(), name));
        }
    }

    private void Remove(BitwardenSession session, UnlockedVault vault, string name)
    {
        FolderInfo folder = WritePlace.One(vault.GetFolders(), name, vault.MissingFolder);
        if (ShouldProcess($"Folder '{folder.Name.Shown()}' with {folder.ItemCount} items, which stay", "Remove"))
        {
            Await(token => session.GetWriter().Folders.RemoveAsync(folder.Id, token));
        }
    }
}
