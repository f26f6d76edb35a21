using System.Management.Automation;
using Bitwarden.Core.Auth;
using Bitwarden.Core.Crypto;
using Bitwarden.Core.Sessions;
using Bitwarden.PowerShell.Commands.Base;
using Bitwarden.PowerShell.Errors;

namespace Bitwarden.PowerShell.Commands;

/// <summary>Rotates the account's personal API key: makes a new client secret; the client id stays.</summary>
[Cmdlet(VerbsCommon.Reset, "BwApiKey", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(ApiKeyDetails))]
public sealed class ResetBwApiKeyCommand : VerifiedCmdlet, IMaskParameters
{
    private const string Consequence =
        "Everything that logs in with the current client_secret stops working: "
        + "scripts, pipelines, other sessions (at their next token request, within an hour).";

    /// <summary>Hides the value in the build agent's log, also when it is no text; without that it is not given out.</summary>
    [Parameter]
    public SwitchParameter Mask { get; set; }

    /// <summary>Tells the build agent nothing: what this process prints is not its log.</summary>
    [Parameter]
    public SwitchParameter NoMask { get; set; }

    /// <inheritdoc/>
    protected override void Process()
    {
        BitwardenSession session = RequireConnected();
        bool Ask() => ShouldProcess($"Rotate the API key of {session}. {Consequence}", $"Rotate the API key of {session}? {Consequence}", "Rotate API key");

        // When nobody can be asked, hosts react in many ways: with an exception of any kind, or by waiting forever.
        bool? confirmed = WillAsk() ? new InteractiveHost(Host, NonInteractive).Confirm(Ask) : Ask();
        if (confirmed ?? throw InputErrors.RotationNotConfirmed())
        {
            LogMask.EnsureUsable();
            ApiKeyDetails key = AwaitVerified(session, (password, token) => session.GetApiKeyAsync(rotate: true, password, Use, token));
            using SecretBytes secret = key.ClientSecret.Decrypt();
            LogMask.RegisterNew("client_secret", secret);
            WriteObject(key);
        }
    }
}
