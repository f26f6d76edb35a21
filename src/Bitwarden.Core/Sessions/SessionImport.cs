using Bitwarden.Core.Api;
using Bitwarden.Core.Auth;
using Bitwarden.Core.Crypto;
using Bitwarden.Core.Errors;
using Bitwarden.Core.Sessions.Unlocking;

namespace Bitwarden.Core.Sessions;

/// <summary>Takes over a session that another process exported.</summary>
public static class SessionImport
{
    /// <summary>Takes it over.</summary>
    /// <param name="text">The text, and the secret that it was sealed with.</param>
    /// <param name="key">
    /// The API key to get new tokens with, used only if the text is of the same account and server; null for none. The session owns it, also on failure.
    /// </param>
    /// <param name="connection">How to reach the server.</param>
    /// <param name="session">How the session behaves.</param>
    /// <param name="cancellationToken">Ends the wait at once.</param>
    /// <exception cref="InvalidInputException">
    /// InvalidSessionToken, also for a user key that does not open the vault; WrongSessionKey, SessionKeyMissing, SessionNotSealed or SessionTextExpired.
    /// </exception>
    /// <exception cref="KdfException">KdfOutOfMemory: there is not enough memory to stretch the secret.</exception>
    public static async Task<BitwardenSession> ImportAsync(
        SessionText text, ServerApiKey? key, ConnectionOptions connection, SessionOptions session, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(connection);
        ArgumentNullException.ThrowIfNull(session);
        using ExportedSession exported = await ReadAsync(text, key, connection.TimeProvider, cancellationToken).ConfigureAwait(false);
        AccountConnection account = SessionTransfer.Import(exported, key, connection);
        BitwardenSession imported = new(account, connection.TimeProvider, session) { RememberToken = exported.RememberToken?.Copy() };
        try
        {
            await imported.ChangeAsync((own, _) => OpenAsync(imported, own, exported.UserKey, cancellationToken), cancellationToken).ConfigureAwait(false);
            return imported;
        }
        catch
        {
            imported.Dispose();
            throw;
        }
    }

    // Owns the key on failure only.
    private static async Task<ExportedSession> ReadAsync(SessionText text, ServerApiKey? key, TimeProvider time, CancellationToken cancellationToken)
    {
        try
        {
            ExportedSession exported = await ReadAsync(text, cancellationToken).ConfigureAwait(false);
            if (exported.ValidUntil < time.GetUtcNow())
            {
                exported.Dispose();
                throw InvalidInputException.SessionTextExpired(exported.ValidUntil.Value);
            }

            return exported;
        }
        catch
        {
            key?.Key.Dispose();
            throw;
        }
    }

    // Who expects a sealed text would take one from anybody, if one that is not sealed did as well.
    private static Task<ExportedSession> ReadAsync(SessionText text, CancellationToken cancellationToken) =>
        (SealedSessionToken.IsOne(text.Token), text.Secret) switch
        {
            (true, SecretBytes secret) => SealedSessionToken.OpenAsync(text.Token, secret, cancellationToken),
            (true, null) => throw InvalidInputException.SessionKeyMissing(),
            (false, null) => Task.FromResult(SessionToken.Open(text.Token)),
            (false, _) => throw InvalidInputException.SessionNotSealed(),
        };

    private static async Task<bool> OpenAsync(BitwardenSession session, AccountConnection account, SecretBytes? userKey, CancellationToken cancellationToken)
    {
        await account.FetchAsync(cancellationToken).ConfigureAwait(false);
        if (userKey is not { Length: > 0 })
        {
            return false;
        }

        SymmetricKey key = new(userKey.Span);
        if (!account.RequireSnapshot().IsOpenedBy(key))
        {
            key.Dispose();
            throw InvalidInputException.SessionKey();
        }

        return session.Open(new VaultUnlocker(account).WithUserKey(key));
    }
}
