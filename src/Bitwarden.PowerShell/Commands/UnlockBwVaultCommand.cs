using System.Management.Automation;
using System.Security;
using Bitwarden.Core.Crypto;
using Bitwarden.Core.Errors;
using Bitwarden.Core.Sessions;
using Bitwarden.PowerShell.Commands.Base;

namespace Bitwarden.PowerShell.Commands;

/// <summary>Opens the vault with the master password.</summary>
[Cmdlet(VerbsCommon.Unlock, "BwVault")]
[OutputType(typeof(BitwardenSession))]
public sealed class UnlockBwVaultCommand : SessionCmdlet
{
    /// <summary>The master password.</summary>
    [Parameter(Position = 0)]
    [ValidateNotNull]
    public SecureString? MasterPassword { get; set; }

    /// <summary>Never asks: a missing password is an error.</summary>
    [Parameter]
    public SwitchParameter NonInteractive { get; set; }

    /// <summary>Writes the session.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void Process()
    {
        BitwardenSession session = RequireSession();
        if (!session.HasMasterPassword)
        {
            throw AuthenticationFailedException.NoMasterPassword(session.Account);
        }

        using SecretBytes password = MasterPassword is not null
            ? SecretBytes.FromSecureString(MasterPassword)
            : ReadMasterPassword(new InteractiveHost(Host, NonInteractive), session.Account);
        Await(token => session.UnlockAsync(password, token));
        WriteKdfWarning(session);
        WriteVerbose($"Unlocked {session.Account}: {session.GetVault().Items.Count} items.");
        if (PassThru)
        {
            WriteObject(session);
        }
    }
}
