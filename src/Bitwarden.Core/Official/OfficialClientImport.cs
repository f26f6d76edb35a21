using Bitwarden.Core.Api;
using Bitwarden.Core.Auth;
using Bitwarden.Core.Crypto;
using Bitwarden.Core.Errors;
using Bitwarden.Core.Sessions;
using Bitwarden.Core.Sessions.Unlocking;
using Bitwarden.Core.Vault;

namespace Bitwarden.Core.Official;

/// <summary>Takes over the unlocked session of the official command-line client, read-only: nothing of the client's is written, locked or refreshed.</summary>
public static class OfficialClientImport
{
    /// <summary>
    /// Makes an unlocked session of the data that the official client has stored, as old as its last sync. It never talks to the server, and uses no
    /// token of the client.
    /// </summary>
    /// <param name="path">The client's data.json or the folder with it; null for where the client itself would look.</param>
    /// <param name="sessionKey">The content of BW_SESSION, in UTF-8; stays the caller's. Null for none, which fails with OfficialClientLocked.</param>
    /// <param name="connection">Gives the clock; nothing is connected to.</param>
    /// <param name="session">How the session behaves.</param>
    /// <param name="cancellationToken">Ends the wait at once.</param>
    /// <exception cref="OfficialClientException">
    /// OfficialClientNotFound, OfficialClientNotLoggedIn, OfficialClientLocked (also for a stored user key that is not the data's),
    /// OfficialClientUnknownLayout or OfficialClientUnreadable.
    /// </exception>
    /// <exception cref="EncryptionException">UnsupportedEncryption: the account uses encryption version 2.</exception>
    public static async Task<BitwardenSession> ImportAsync(
        string? path, SecretBytes? sessionKey, ConnectionOptions connection, SessionOptions session, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(connection);
        ArgumentNullException.ThrowIfNull(session);
        OfficialClientProfile profile = OfficialClientProfile.Locate(path);
        (SymmetricKey userKey, VaultSnapshot snapshot, ServerEnvironment server) =
            await profile.ReadAsync(state => Read(state, sessionKey), connection.TimeProvider, cancellationToken).ConfigureAwait(false);
        try
        {
            AccountConnection account = AccountConnection.Offline(server, snapshot, connection);
            UnlockedKeys keys = new VaultUnlocker(account).WithUserKey(userKey);
            if (!snapshot.IsOpenedBy(userKey))
            {
                throw OfficialClientException.StaleUserKey(account.Account);
            }

            BitwardenSession opened = new(account, connection.TimeProvider, session);
            opened.Open(keys);
            return opened;
        }
        catch
        {
            userKey.Dispose();
            throw;
        }
    }

    // The key first: what is wrong with it is said at once.
    private static (SymmetricKey UserKey, VaultSnapshot Snapshot, ServerEnvironment Server) Read(OfficialClientState state, SecretBytes? sessionKey)
    {
        SymmetricKey userKey = state.OpenUserKey(sessionKey);
        try
        {
            OfficialClientSnapshotReader reader = new(state);
            return (userKey, reader.ReadSnapshot(), reader.ReadServer());
        }
        catch
        {
            userKey.Dispose();
            throw;
        }
    }
}
