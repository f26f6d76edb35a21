using System.Management.Automation;
using Bitwarden.Core.Sessions;
using Bitwarden.PowerShell.Commands.Base;

namespace Bitwarden.PowerShell.Commands;

/// <summary>Describes the account of a session: who, where, key derivation, two-step login, organizations.</summary>
[Cmdlet(VerbsCommon.Get, "BwAccount")]
[OutputType(typeof(AccountInfo))]
public sealed class GetBwAccountCommand : SessionCmdlet
{
    /// <inheritdoc/>
    protected override void Process()
    {
        BitwardenSession session = RequireSession();
        WriteObject(Await(token => session.DescribeAccountAsync(token)));
    }
}
