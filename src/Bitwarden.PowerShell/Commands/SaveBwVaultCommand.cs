using System.Management.Automation;
using Bitwarden.Core.Sessions;
using Bitwarden.PowerShell.Binding;
using Bitwarden.PowerShell.Commands.Base;
using Bitwarden.PowerShell.Formatting;

namespace Bitwarden.PowerShell.Commands;

/// <summary>Writes a copy of the vault to the disk, encrypted as the server sent it, for days on which the server cannot be reached.</summary>
[Cmdlet(VerbsData.Save, "BwVault")]
[OutputType(typeof(FileInfo))]
public sealed class SaveBwVaultCommand : SessionCmdlet
{
    /// <summary>The file to write; its folder must be there.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [NotBlank]
    public string Path { get; set; } = null!;

    /// <summary>Replaces a file that is there.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Writes the file to the pipeline.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void Process()
    {
        BitwardenSession session = RequireSession();
        string path = LocalPath.Resolve(this, Path);
        Await(token => session.SaveAsync(path, Force, token));
        WriteVerbose($"Saved the vault of {session.Account.Shown()} as of {session.LastSync:u}.");
        if (PassThru)
        {
            WriteObject(new FileInfo(path));
        }
    }
}
