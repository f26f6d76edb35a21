using System.Management.Automation;
using Bitwarden.Core.Errors;
using Bitwarden.Core.Sessions;
using Bitwarden.Core.Vault;
using Bitwarden.PowerShell.Binding;
using Bitwarden.PowerShell.Commands.Base;
using Bitwarden.PowerShell.Errors;
using Bitwarden.PowerShell.Formatting;

namespace Bitwarden.PowerShell.Commands;

/// <summary>Renames a personal folder. Its items stay in it.</summary>
[Cmdlet(VerbsCommon.Set, "BwFolder", SupportsShouldProcess = true)]
[OutputType(typeof(FolderInfo))]
public sealed class SetBwFolderCommand : SessionCmdlet
{
    /// <summary>The folder, by name or id.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [ItemName]
    [ArgumentCompleter(typeof(FolderCompleter))]
    [NotBlank]
    public string? Name { get; set; }

    /// <summary>The new name, with slashes for nesting.</summary>
    [Parameter(Mandatory = true, Position = 1)]
    [ArgumentCompleter(typeof(FolderCompleter))]
    [NotBlank]
    public string? NewName { get; set; }

    /// <summary>Writes the folder.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void Process()
    {
        BitwardenSession session = RequireSession();
        ForOne(Name, () => Rename(session, session.GetVault()));
    }

    private void Rename(BitwardenSession session, UnlockedVault vault)
    {
        FolderInfo folder = WritePlace.One(vault.GetFolders(), Name!, vault.MissingFolder);
        if (vault.GetFolders().Any(other => other.Id != folder.Id && string.Equals(other.Name, NewName, StringComparison.OrdinalIgnoreCase)))
        {
            throw InputErrors.FolderExists(NewName!);
        }

        if (ShouldProcess($"Folder '{folder.Name.Shown()}'", $"Rename to '{NewName.Shown()}'"))
        {
            Await(token => session.GetWriter().Folders.RenameAsync(folder.Id, NewName!, token));
            if (PassThru)
            {
                WriteObject(session.GetVault().GetFolders().First(other => other.Id == folder.Id));
            }
        }
    }
}
