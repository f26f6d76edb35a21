using Bitwarden.Core.Crypto;
using Bitwarden.Core.Errors;

namespace Bitwarden.Core.Sessions;

/// <summary>Writes a session as text, for another process.</summary>
public static class SessionExport
{
    /// <summary>
    /// Writes the session as a text for another process: access token, refresh token of a password session, the token of a remembered device, and the user
    /// key unless it is left out. Whoever has the text has the session.
    /// </summary>
    /// <param name="session">The session.</param>
    /// <param name="withUserKey">Whether the other process finds the vault unlocked.</param>
    /// <param name="cancellationToken">Ends the wait at once.</param>
    /// <exception cref="SessionException">VaultLocked, when the user key is wanted; SessionExpired or SessionDisconnected.</exception>
    public static async Task<SecretBytes> ExportAsync(this BitwardenSession session, bool withUserKey, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(session);
        _ = withUserKey ? session.PeekVault() : null;
        return await session.ChangeAsync(
            async (account, vaultLock) =>
            {
                using ExportedSession exported = await SessionTransfer.ExportAsync(
                    account, withUserKey ? vaultLock.CopyUserKey : null, session.RememberToken, cancellationToken).ConfigureAwait(false);
                return SessionToken.Seal(exported);
            },
            cancellationToken).ConfigureAwait(false);
    }
}
