using System.Management.Automation;
using Bitwarden.Core.Auth;
using Bitwarden.Core.Sessions;
using Bitwarden.PowerShell.Commands.Base;

namespace Bitwarden.PowerShell.Commands;

/// <summary>Rotates the account's personal API key: makes a new client secret; the client id stays.</summary>
[Cmdlet(VerbsCommon.Reset, "BwApiKey", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(PersonalApiKey))]
public sealed class ResetBwApiKeyCommand : VerifiedCmdlet
{
    private const string Consequence =
        "Everything that logs in with the present client_secret stops working: scripts, pipelines, other sessions (at their next token request, within an hour).";

    /// <inheritdoc/>
    protected override void Process()
    {
        BitwardenSession session = RequireSession();
        if (!ShouldProcess($"Rotate the API key of {session}. {Consequence}", $"Rotate the API key of {session}? {Consequence}", "Rotate API key"))
        {
            return;
        }

        WriteObject(AwaitVerified(session, (password, token) => session.GetApiKeyAsync(rotate: true, password, token)));
    }
}
