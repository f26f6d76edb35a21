using System.Management.Automation;
using Bitwarden.Core.Auth;
using Bitwarden.Core.Sessions;
using Bitwarden.PowerShell.Commands.Base;
using Bitwarden.PowerShell.Errors;

namespace Bitwarden.PowerShell.Commands;

/// <summary>Rotates the account's personal API key: makes a new client secret; the client id stays.</summary>
[Cmdlet(VerbsCommon.Reset, "BwApiKey", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(ApiKeyDetails))]
public sealed class ResetBwApiKeyCommand : VerifiedCmdlet
{
    private const string Consequence =
        "Everything that logs in with the current client_secret stops working: "
        + "scripts, pipelines, other sessions (at their next token request, within an hour).";

    /// <inheritdoc/>
    protected override void Process()
    {
        BitwardenSession session = RequireConnected();
        bool Ask() => ShouldProcess($"Rotate the API key of {session}. {Consequence}", $"Rotate the API key of {session}? {Consequence}", "Rotate API key");

        // When nobody can be asked, hosts react in many ways: with an exception of any kind, or by waiting forever.
        bool? confirmed = WillAsk() ? new InteractiveHost(Host, NonInteractive).Confirm(Ask) : Ask();
        if (confirmed ?? throw InputErrors.RotationNotConfirmed())
        {
            WriteObject(AwaitVerified(session, (password, token) => session.GetApiKeyAsync(rotate: true, password, Use, token)));
        }
    }
}
