using System.Management.Automation;
using System.Security;
using Bitwarden.PowerShell.Binding;
using Bitwarden.PowerShell.Commands.Base;
using Bitwarden.PowerShell.Login;

namespace Bitwarden.PowerShell.Commands;

/// <summary>Tells whether the server demands additional authentication, and where the answer would come from; never the answer.</summary>
[Cmdlet(VerbsCommon.Get, "BwApiKeyChallenge")]
[OutputType(typeof(ApiKeyChallenge))]
public sealed class GetBwApiKeyChallengeCommand : SessionCmdlet
{
    /// <summary>The client secret that a login would be given; only its presence matters.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(NothingCompleter))]
    [SecureInput]
    [ValidateNotNull]
    public SecureString? ClientSecret { get; set; }

    /// <inheritdoc/>
    protected override void Process() => WriteObject(
        ApiKeyChallenge.Describe(CurrentSession.PendingChallenge, TargetSession(), ClientSecret is { Length: > 0 }, new InteractiveHost(Host).CanPrompt));
}
