using Bitwarden.Core.Auth;
using Bitwarden.Core.Crypto;
using Bitwarden.Core.Errors;

namespace Bitwarden.Core.Sessions;

/// <summary>Writes a session as text, for another process.</summary>
public static class SessionExport
{
    /// <summary>Writes the session as a text that is not sealed. Whoever has the text has the session.</summary>
    /// <param name="session">The session.</param>
    /// <param name="withUserKey">Whether the other process finds the vault unlocked.</param>
    /// <param name="cancellationToken">Ends the wait at once.</param>
    /// <inheritdoc cref="ExportAsync(BitwardenSession, SessionExportOptions, CancellationToken)" path="/exception"/>
    public static Task<SecretBytes> ExportAsync(this BitwardenSession session, bool withUserKey, CancellationToken cancellationToken = default) =>
        session.ExportAsync(new SessionExportOptions { WithUserKey = withUserKey }, cancellationToken);

    /// <summary>
    /// Writes the session as a text for another process: access token, refresh token of a password session, and the user key unless it is left out.
    /// </summary>
    /// <param name="session">The session.</param>
    /// <param name="options">What goes into it, and how it is protected.</param>
    /// <param name="cancellationToken">Ends the wait at once.</param>
    /// <exception cref="InvalidInputException">WeakSessionKey: the secret is too short.</exception>
    /// <exception cref="KdfException">KdfOutOfMemory: there is not enough memory to stretch the secret.</exception>
    /// <exception cref="SessionException">VaultLocked, when the user key is wanted; SessionExpired or SessionDisconnected.</exception>
    public static async Task<SecretBytes> ExportAsync(
        this BitwardenSession session, SessionExportOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(options);
        if (options.Secret?.Length < SessionExportOptions.ShortestSecret)
        {
            throw InvalidInputException.WeakSessionKey(SessionExportOptions.ShortestSecret);
        }

        _ = options.WithUserKey ? session.PeekVault() : null;
        SecretBytes? device = options.WithRememberedDevice ? session.RememberToken : null;
        return await session.ChangeAsync(
            (account, vaultLock) => WriteAsync(account, options.WithUserKey ? vaultLock.CopyUserKey : null, device, options, cancellationToken),
            cancellationToken).ConfigureAwait(false);
    }

    private static async Task<SecretBytes> WriteAsync(
        AccountConnection account, Func<SecretBytes>? userKey, SecretBytes? device, SessionExportOptions options, CancellationToken cancellationToken)
    {
        using ExportedSession exported = await SessionTransfer.ExportAsync(account, userKey, device, cancellationToken).ConfigureAwait(false);
        if (options.Secret is null)
        {
            return SessionToken.Seal(exported);
        }

        DateTimeOffset now = account.Anonymous.Options.TimeProvider.GetUtcNow();
        exported.ValidUntil = options.ValidFor < DateTimeOffset.MaxValue - now ? now + options.ValidFor : DateTimeOffset.MaxValue;
        return await SealedSessionToken.SealAsync(exported, options.Secret, cancellationToken).ConfigureAwait(false);
    }
}
