using Bitwarden.Core.Crypto;
using Bitwarden.Core.Errors;
using Bitwarden.Core.Sessions.Unlocking;

namespace Bitwarden.Core.Sessions;

/// <summary>Tells whether whoever uses a session is who unlocked it.</summary>
public static class SessionProof
{
    /// <summary>
    /// Whether a master password is that of the open vault. Checked on this machine against the vault's key: nothing that is derived from the password leaves
    /// it.
    /// </summary>
    /// <param name="session">An unlocked session.</param>
    /// <param name="masterPassword">In UTF-8, exactly as typed; stays the caller's.</param>
    /// <param name="cancellationToken">Ends the wait at once.</param>
    /// <exception cref="AuthenticationFailedException">NoMasterPassword.</exception>
    /// <exception cref="KdfException">The key derivation is outside the limits.</exception>
    /// <exception cref="SessionException">VaultLocked, SessionExpired or SessionDisconnected.</exception>
    public static async Task<bool> VerifyMasterPasswordAsync(
        this BitwardenSession session, SecretBytes masterPassword, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(masterPassword);
        SymmetricKey userKey = session.GetVault().Access.Keys.UserKey;

        // A weaker derivation is not refused, because nothing of it is sent.
        KdfGuard guard = new(SessionStore.KdfHistory, session.Account, session.Server.Name, allowsWeaker: true);
        using MasterKeySource keys = new(masterPassword, guard);
        return await session.Unlocker.IsRightAsync(keys, userKey, cancellationToken).ConfigureAwait(false);
    }
}
