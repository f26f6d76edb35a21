using Bitwarden.Core.Api;
using Bitwarden.Core.Crypto;
using Bitwarden.Core.Errors;
using Bitwarden.Core.Sessions;
using Bitwarden.Core.Vault;

namespace Bitwarden.Core.Official;

/// <summary>Takes up the unlocked session of the official command-line client, read-only: nothing of the client's is written, locked or refreshed.</summary>
public static class OfficialClientImport
{
    /// <summary>
    /// Makes an unlocked session of the data that the official client has stored, as old as its last sync. It never talks to the server, and uses no token of the client.
    /// </summary>
    /// <param name="path">The client's data.json or the folder with it; null for where the client itself would look.</param>
    /// <param name="sessionKey">The content of BW_SESSION, in UTF-8; stays the caller's. Null for none, which is an error with the right words.</param>
    /// <param name="connection">Gives the clock; nothing is connected to.</param>
    /// <param name="session">How the session behaves.</param>
    /// <param name="cancellationToken">Ends the wait at once.</param>
    /// <exception cref="OfficialClientException">
    /// OfficialClientNotFound, OfficialClientNotLoggedIn, OfficialClientLocked, OfficialClientUnknownLayout or OfficialClientUnreadable.
    /// </exception>
    /// <exception cref="EncryptionException">UnsupportedEncryption: the account uses encryption version 2.</exception>
    public static async Task<BitwardenSession> ImportAsync(
        string? path, SecretBytes? sessionKey, ConnectionOptions connection, SessionOptions session, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(connection);
        ArgumentNullException.ThrowIfNull(session);
        OfficialClientProfile profile = OfficialClientProfile.Locate(path);
        using OfficialClientState state = await profile.ReadAsync(connection.TimeProvider, cancellationToken).ConfigureAwait(false);
        KeyRing ring = new(state.OpenUserKey(sessionKey));
        try
        {
            return Open(new OfficialClientVault(state), ring, connection, session);
        }
        catch
        {
            ring.Dispose();
            throw;
        }
    }

    private static BitwardenSession Open(OfficialClientVault vault, KeyRing ring, ConnectionOptions connection, SessionOptions options)
    {
        VaultSnapshot snapshot = vault.ReadSnapshot();
        snapshot.AddKeysTo(ring);
        BitwardenSession session = new(AccountClient.Offline(vault.ReadServer(), snapshot, connection), connection, options);
        session.Open(ring);
        return session;
    }
}
