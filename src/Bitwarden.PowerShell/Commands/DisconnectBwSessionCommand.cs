using System.Management.Automation;
using Bitwarden.Core.Sessions;
using Bitwarden.PowerShell.Commands.Base;

namespace Bitwarden.PowerShell.Commands;

/// <summary>Forgets a session: keys, plaintext, tokens and API key.</summary>
[Cmdlet(VerbsCommunications.Disconnect, "BwSession", SupportsShouldProcess = true)]
public sealed class DisconnectBwSessionCommand : SessionSetCmdlet
{
    private protected override void Apply(BitwardenSession session)
    {
        if (ShouldProcess(session.ToString(), "Disconnect"))
        {
            session.Dispose();
        }
    }
}
