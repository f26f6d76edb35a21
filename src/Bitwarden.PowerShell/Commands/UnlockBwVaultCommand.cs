using System.Management.Automation;
using Bitwarden.Core.Errors;
using Bitwarden.Core.Sessions;
using Bitwarden.PowerShell.Binding;
using Bitwarden.PowerShell.Commands.Base;
using Bitwarden.PowerShell.Errors;

namespace Bitwarden.PowerShell.Commands;

/// <summary>Opens the vault with the master password, or through the organization's Key Connector.</summary>
[Cmdlet(VerbsCommon.Unlock, "BwVault")]
[OutputType(typeof(BitwardenSession))]
public sealed class UnlockBwVaultCommand : VerifiedCmdlet
{
    /// <summary>The Key Connector that may be used; its host is confirmed by naming it here.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public Uri? KeyConnectorUrl { get; set; }

    /// <summary>Writes the session.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void Process()
    {
        BitwardenSession session = RequireConnected();
        if (session.UsesKeyConnector)
        {
            Uri connector = ConfirmConnector(session);
            Await(token => session.UnlockWithKeyConnectorAsync(connector, token));
        }
        else
        {
            AwaitVerified(session, async (password, token) =>
            {
                await session.UnlockAsync(password, Use, token).ConfigureAwait(false);
                return true;
            });
            WriteKdfWarning(session);
        }

        WriteVerbose($"Unlocked {session.Account}: {session.GetVault().Items.Count} items.");
        if (PassThru)
        {
            WriteObject(session);
        }
    }

    // The connector gets the access token and gives the key to everything, so the user has to know its host.
    private Uri ConfirmConnector(BitwardenSession session)
    {
        if (KeyConnectorUrl is not null)
        {
            return KeyConnectorUrl;
        }

        Uri connector = Await(token => session.FindKeyConnectorAsync(token)) ?? throw AuthenticationFailedException.NoKeyConnector(session.Account);
        bool? confirmed = new InteractiveHost(Host, NonInteractive).Confirm(() => ShouldContinue(
            $"The vault of {session.Account} is opened by the Key Connector at {connector.Host}. It receives this session's access token and returns the key to the vault.",
            $"Use the Key Connector at {connector.Host}?"));
        return confirmed == true ? connector : throw InputErrors.KeyConnectorNotConfirmed(connector);
    }
}
