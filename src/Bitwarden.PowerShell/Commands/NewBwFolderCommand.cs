using System.Management.Automation;
using Bitwarden.Core.Errors;
using Bitwarden.Core.Sessions;
using Bitwarden.Core.Vault;
using Bitwarden.PowerShell.Binding;
using Bitwarden.PowerShell.Commands.Base;
using Bitwarden.PowerShell.Errors;
using Bitwarden.PowerShell.Formatting;

namespace Bitwarden.PowerShell.Commands;

/// <summary>Creates personal folders.</summary>
[Cmdlet(VerbsCommon.New, "BwFolder", SupportsShouldProcess = true)]
[OutputType(typeof(FolderInfo))]
public sealed class NewBwFolderCommand : SessionCmdlet
{
    /// <summary>The names, with slashes for nesting.</summary>
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
            ForOne(name, () => Create(session, name));
        }
    }

    // The server takes the same name twice; then it would name none of them.
    private void Create(BitwardenSession session, string name)
    {
        if (session.GetVault().Folders.Contains(name, StringComparer.OrdinalIgnoreCase))
        {
            throw InputErrors.FolderExists(name);
        }

        if (ShouldProcess($"Folder '{name.Shown()}'", "Create"))
        {
            Guid id = Await(token => session.GetWriter().Folders.CreateAsync(name, token));
            WriteObject(session.GetVault().GetFolders().First(folder => folder.Id == id));
        }
    }
}
