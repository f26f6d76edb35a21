using System.Management.Automation;
using System.Security;
using Bitwarden.Core.Auth;
using Bitwarden.Core.Crypto;
using Bitwarden.Core.Errors;
using Bitwarden.Core.Sessions;
using Bitwarden.PowerShell.Binding;
using Bitwarden.PowerShell.Commands.Base;

namespace Bitwarden.PowerShell.Commands;

/// <summary>Opens the vault with the master password.</summary>
[Cmdlet(VerbsCommon.Unlock, "BwVault")]
[OutputType(typeof(BitwardenSession))]
public sealed class UnlockBwVaultCommand : SessionCmdlet
{
    /// <summary>The master password.</summary>
    [Parameter(Position = 0)]
    [SecureInput]
    [ValidateNotNull]
    public SecureString? MasterPassword { get; set; }

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

        using SecretBytes password = ReadPassword(session);
        Await(token => session.UnlockAsync(password, token));
        WriteVerbose($"Unlocked {session.Account}: {session.GetVault().Items.Count} items.");
        if (PassThru)
        {
            WriteObject(session);
        }
    }

    private SecretBytes ReadPassword(BitwardenSession session)
    {
        if (MasterPassword is not null)
        {
            return SecretBytes.FromSecureString(MasterPassword);
        }

        if (EnvironmentCredentials.ReadSecret(EnvironmentCredentials.MasterPasswordVariable) is SecretBytes variable)
        {
            return variable;
        }

        // Compiled while the user types.
        _ = Task.Run(MasterKey.WarmUp);
        using SecureString? typed = new InteractiveHost(Host).ReadSecret($"Master password of {session.Account}");
        return typed is null ? throw InvalidInputException.MasterPasswordMissing() : SecretBytes.FromSecureString(typed);
    }
}
