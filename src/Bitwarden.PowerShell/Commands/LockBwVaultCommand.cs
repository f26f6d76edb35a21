using System.Management.Automation;
using Bitwarden.Core.Sessions;
using Bitwarden.PowerShell.Commands.Base;

namespace Bitwarden.PowerShell.Commands;

/// <summary>Zeroes keys and drops everything decrypted; the session stays logged in.</summary>
[Cmdlet(VerbsCommon.Lock, "BwVault", SupportsShouldProcess = true)]
public sealed class LockBwVaultCommand : SessionSetCmdlet
{
    private protected override void Apply(BitwardenSession session)
    {
        if (ShouldProcess(session.ToString(), "Lock"))
        {
            session.Lock();
        }
    }
}
