using System.Management.Automation;
using Bitwarden.Core.Auth;
using Bitwarden.Core.Sessions;
using Bitwarden.PowerShell.Commands.Base;

namespace Bitwarden.PowerShell.Commands;

/// <summary>Shows the account's personal API key; the master password confirms it.</summary>
[Cmdlet(VerbsCommon.Get, "BwApiKey")]
[OutputType(typeof(ApiKeyDetails))]
public sealed class GetBwApiKeyCommand : VerifiedCmdlet
{
    /// <inheritdoc/>
    protected override void Process()
    {
        BitwardenSession session = RequireConnected();
        WriteObject(AwaitVerified(session, (password, token) => session.GetApiKeyAsync(rotate: false, password, Use, token)));
    }
}
