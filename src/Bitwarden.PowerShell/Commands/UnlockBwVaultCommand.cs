using System.Management.Automation;
using Bitwarden.Core.Errors;
using Bitwarden.Core.Sessions;
using Bitwarden.PowerShell.Binding;
using Bitwarden.PowerShell.Commands.Base;
using Bitwarden.PowerShell.Errors;
using Bitwarden.PowerShell.Formatting;

namespace Bitwarden.PowerShell.Commands;

/// <summary>Opens the vault with the master password, or through the organization's Key Connector.</summary>
[Cmdlet(VerbsCommon.Unlock, "BwVault")]
[OutputType(typeof(BitwardenSession))]
public sealed class UnlockBwVaultCommand : VerifiedCmdlet
{
    /// <summary>The Key Connector that may be used; its address is confirmed by naming it here.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(NothingCompleter))]
    [Address]
    [NotBlank]
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

        WriteCopyWarning(session);
        WriteVerbose($"Unlocked {session.Account.Shown()}: {session.GetVault().Items.Count} items.");
        if (PassThru)
        {
            WriteObject(session);
        }
    }

    // The connector gets the access token and gives the key to everything, so the user has to know its address.
    private Uri ConfirmConnector(BitwardenSession session)
    {
        if (KeyConnectorUrl is not null)
        {
            return KeyConnectorUrl;
        }

        Uri connector = Await(token => session.FindKeyConnectorAsync(token)) ?? throw AuthenticationFailedException.NoKeyConnector(session.Account);
        string address = ForeignText.Show(connector.AbsoluteUri);
        bool? confirmed = new InteractiveHost(Host, NonInteractive).ConfirmDeliberately(
            $"Use the Key Connector at {address}?",
            $"The server says that it opens the vault of {session.Account.Shown()}. "
            + "It receives this session's access token and returns the key to the vault. Answer Yes only if you know this address.");
        return confirmed == true ? connector : throw InputErrors.KeyConnectorNotConfirmed(connector);
    }
}
