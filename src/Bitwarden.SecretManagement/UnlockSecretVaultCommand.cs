using System.Management.Automation;
using System.Security;
using Bitwarden.Core.Crypto;
using Bitwarden.Core.Errors;
using Bitwarden.Core.Sessions;

namespace Bitwarden.SecretManagement;

/// <summary>Called by SecretManagement for Unlock-SecretVault: unlocks the session of the registration with its master password.</summary>
[Cmdlet(VerbsCommon.Unlock, "SecretVault")]
public sealed class UnlockSecretVaultCommand : VaultCommand
{
    // A person waits, for a key derivation and perhaps the first sync of a large account over a slow line; reads come from memory. As long as a call of
    // Connect-BwApiKey may take by default.
    private static readonly TimeSpan s_unlockLimit = TimeSpan.FromSeconds(60);

    /// <summary>Makes the command, whose deadline begins now.</summary>
    public UnlockSecretVaultCommand()
        : base(s_unlockLimit)
    {
    }

    /// <summary>The master password.</summary>
    [Parameter(Mandatory = true)]
    public SecureString Password { get; set; } = null!;

    private protected override void Process(VaultParameters parameters)
    {
        BitwardenSession session = SessionOf(parameters, maySignIn: false);
        bool wasUnlocked = session.State == BitwardenSessionState.Unlocked;
        using SecretBytes password = SecretBytes.FromSecureString(Password);
        try
        {
            Await(token => session.UnlockAsync(password, token));
        }
        catch (AuthenticationFailedException e) when (wasUnlocked && session.State == BitwardenSessionState.Unlocked)
        {
            e.Hint ??= "It was unlocked before, and still is.";
            throw;
        }
    }
}
