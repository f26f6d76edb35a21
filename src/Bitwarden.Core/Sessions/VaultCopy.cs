using Bitwarden.Core.Api;
using Bitwarden.Core.Auth;
using Bitwarden.Core.Errors;
using Bitwarden.Core.Vault;

namespace Bitwarden.Core.Sessions;

/// <summary>
/// A copy of a vault on the disk, for days on which the server cannot be reached: encrypted as the server sent it, without a token and without a key in clear.
/// The master password opens it.
/// </summary>
public static class VaultCopy
{
    // Two machines' clocks are never quite the same.
    private static readonly TimeSpan s_clockError = TimeSpan.FromMinutes(5);

    /// <summary>Writes a copy of an unlocked vault, whole or not at all. Its date is when the vault was last fetched.</summary>
    /// <param name="session">An unlocked session that talks to the server. What was written since the last sync is fetched first.</param>
    /// <param name="path">The file; its folder must be there. Only its owner may read it.</param>
    /// <param name="overwrite">Whether it may take the place of another file.</param>
    /// <param name="cancellationToken">Ends the work at once and leaves nothing.</param>
    /// <exception cref="SessionException">
    /// VaultLocked, SessionExpired, SessionDisconnected, or SessionOffline for a session that is from a copy itself.
    /// </exception>
    /// <exception cref="AuthenticationFailedException">NoMasterPassword: nothing could open the copy.</exception>
    /// <exception cref="LocalFileException">FileExists or FileUnusable.</exception>
    public static Task SaveAsync(this BitwardenSession session, string path, bool overwrite = false, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentException.ThrowIfNullOrEmpty(path);
        return session.ChangeAsync(
            (account, vaultLock) => new VaultCopier(account, vaultLock, keptAt: null).SaveAsync(path, overwrite, cancellationToken), cancellationToken);
    }

    /// <summary>Opens a copy as a locked session, which only reads and never talks to the server.</summary>
    /// <param name="path">The file.</param>
    /// <param name="limits">What the copy must be; nothing is proved before the vault is unlocked.</param>
    /// <param name="connection">Gives the clock and the most bytes that are read; nothing is connected to.</param>
    /// <param name="session">How the session behaves.</param>
    /// <exception cref="VaultCopyException">InvalidVaultCopy, UnsupportedVaultCopy, OtherVaultCopy or VaultCopyTooOld.</exception>
    /// <exception cref="LocalFileException">FileUnusable.</exception>
    public static BitwardenSession Open(string path, VaultCopyLimits limits, ConnectionOptions connection, SessionOptions session)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(limits);
        ArgumentNullException.ThrowIfNull(connection);
        ArgumentNullException.ThrowIfNull(session);
        VaultCopyFile file = VaultCopyFile.Read(path, connection.LargestAnswer);
        Ensure(file.Header, path, limits, connection.TimeProvider);
        VaultSnapshot snapshot = file.ReadVault();
        AccountConnection account = AccountConnection.Offline(file.Header.Server, snapshot, connection, $"user.{file.Header.UserId}");
        return new BitwardenSession(account, connection.TimeProvider, session with { KeepCopyAt = null });
    }

    /// <summary>Checks what a copy says of itself, without reading all of it.</summary>
    /// <param name="path">The file.</param>
    /// <param name="limits">What the copy must be.</param>
    /// <param name="time">Gives the clock.</param>
    /// <inheritdoc cref="Open" path="/exception"/>
    public static void Check(string path, VaultCopyLimits limits, TimeProvider time)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(limits);
        ArgumentNullException.ThrowIfNull(time);
        Ensure(VaultCopyFile.ReadHeader(path), path, limits, time);
    }

    /// <exception cref="VaultCopyException">OtherVaultCopy.</exception>
    internal static void EnsureOf(VaultCopyHeader header, string path, ServerEnvironment server, Guid userId)
    {
        if (header.UserId != userId || !header.Server.HasAddressesOf(server))
        {
            throw VaultCopyException.OtherAccount(path, header.Account, header.Server.Name);
        }
    }

    private static void Ensure(VaultCopyHeader header, string path, VaultCopyLimits limits, TimeProvider time)
    {
        if (limits.Server is ServerEnvironment server && limits.UserId is Guid userId)
        {
            EnsureOf(header, path, server, userId);
        }

        if (limits.MaxAge is TimeSpan maxAge)
        {
            EnsureYoung(header.Date, path, maxAge, time.GetUtcNow());
        }
    }

    private static void EnsureYoung(DateTimeOffset date, string path, TimeSpan maxAge, DateTimeOffset now)
    {
        if (date > now + s_clockError)
        {
            throw VaultCopyException.FromFuture(path, date);
        }

        if (now - date > maxAge)
        {
            throw VaultCopyException.TooOld(path, date, maxAge);
        }
    }
}
