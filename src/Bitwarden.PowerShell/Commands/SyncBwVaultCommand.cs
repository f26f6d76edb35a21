using System.Management.Automation;
using Bitwarden.Core.Sessions;
using Bitwarden.PowerShell.Commands.Base;
using Bitwarden.PowerShell.Formatting;

namespace Bitwarden.PowerShell.Commands;

/// <summary>Fetches changes from the server.</summary>
[Cmdlet(VerbsData.Sync, "BwVault")]
[OutputType(typeof(BitwardenSession))]
public sealed class SyncBwVaultCommand : SessionCmdlet
{
    /// <summary>Fetches everything even if the server says that nothing has changed.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Writes the session.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void Process()
    {
        BitwardenSession session = RequireSession();
        bool wasUnlocked = session.State == BitwardenSessionState.Unlocked;
        bool fetched = Await(token => session.SyncAsync(Force, token));
        WriteVerbose(fetched ? $"Fetched the vault of {session.Account.Shown()}." : "The server has nothing new.");
        if (wasUnlocked && session.State == BitwardenSessionState.Locked)
        {
            WriteWarning("The password or the keys of the account were changed elsewhere, so the vault was locked. Unlock it with Unlock-BwVault.");
        }

        WriteCopyWarning(session);
        if (PassThru)
        {
            WriteObject(session);
        }
    }
}
