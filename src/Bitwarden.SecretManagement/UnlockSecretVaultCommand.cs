using System.Management.Automation;
using System.Security;
using Bitwarden.Core.Crypto;
using Bitwarden.Core.Sessions;

namespace Bitwarden.SecretManagement;

/// <summary>Called by SecretManagement for Unlock-SecretVault: unlocks the session of the registration with its master password.</summary>
[Cmdlet(VerbsCommon.Unlock, "SecretVault")]
public sealed class UnlockSecretVaultCommand : VaultCommand
{
    /// <summary>The master password.</summary>
    [Parameter(Mandatory = true)]
    public SecureString Password { get; set; } = null!;

    private protected override void Process(VaultParameters parameters)
    {
        BitwardenSession session = SessionOf(parameters);
        using SecretBytes password = SecretBytes.FromSecureString(Password);
        Await(token => session.UnlockAsync(password, token));
    }
}
