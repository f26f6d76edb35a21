using System.Net;
using System.Text.Json;
using Bitwarden.Core.Auth;
using Bitwarden.Core.Crypto;
using Bitwarden.Core.Errors;
using Bitwarden.Core.Vault;

namespace Bitwarden.Core.Sessions;

/// <summary>
/// Writes copies of a session's vault to the disk, encrypted as the server sent it, and keeps one up to date where that is wanted. For use within one change
/// of the session (<see cref="ChangeQueue"/>).
/// </summary>
internal sealed class VaultCopier
{
    private readonly AccountConnection _account;
    private readonly VaultLock _lock;
    private readonly string? _keptAt;

    /// <param name="account">The account.</param>
    /// <param name="vaultLock">Has the key that seals.</param>
    /// <param name="keptAt">The file that is to hold the newest; null for none.</param>
    internal VaultCopier(AccountConnection account, VaultLock vaultLock, string? keptAt)
    {
        _account = account;
        _lock = vaultLock;
        _keptAt = keptAt;
    }

    /// <summary>Why the copy could not be brought up to date the last time; null when it could.</summary>
    internal BitwardenException? Failure { get; private set; }

    /// <summary>Writes a copy. Its date is when the vault was fetched.</summary>
    internal async Task<bool> SaveAsync(string path, bool overwrite, CancellationToken cancellationToken)
    {
        _ = (_account.Api, _lock.Vault);
        await WriteAsync(path, overwrite, confirmed: null, cancellationToken).ConfigureAwait(false);
        return true;
    }

    /// <summary>Brings the copy up to date that the session keeps. That it cannot be written is no reason for the session to fail.</summary>
    /// <param name="confirmed">When the server said that there is nothing newer than what the session has; null for when that was fetched.</param>
    /// <param name="cancellationToken">Ends the work at once.</param>
    internal async Task KeepAsync(DateTimeOffset? confirmed, CancellationToken cancellationToken)
    {
        if (_keptAt is null || _lock.State != BitwardenSessionState.Unlocked)
        {
            return;
        }

        try
        {
            EnsureReplaceable(_keptAt);
            await WriteAsync(_keptAt, overwrite: true, confirmed, cancellationToken).ConfigureAwait(false);
            Failure = null;
        }
        catch (SessionException)
        {
            // Locked or ended meanwhile. What was to be done before is done, and the change that this belongs to says what has ended.
        }
        catch (BitwardenException e)
        {
            Failure = e;
        }
    }

    private async Task WriteAsync(string path, bool overwrite, DateTimeOffset? confirmed, CancellationToken cancellationToken)
    {
        VaultSnapshot snapshot = await WholeAsync(cancellationToken).ConfigureAwait(false);
        UnlockMaterial unlock = await RequireUnlockAsync(snapshot, cancellationToken).ConfigureAwait(false);
        byte[] sync = Document(snapshot);
        VaultCopyHeader header = VaultCopyHeader.Of(_account.Server, snapshot, unlock, confirmed ?? snapshot.FetchedAt, sync.Length);
        using TemporaryFile file = TemporaryFile.Beside(path);
        using (MemoryStream content = Seal(header, sync))
        {
            await file.FillAsync(content, cancellationToken).ConfigureAwait(false);
        }

        file.MoveTo(path, overwrite);
    }

    // What was written since the last answer is not in its bytes.
    private async Task<VaultSnapshot> WholeAsync(CancellationToken cancellationToken)
    {
        VaultSnapshot known = _account.RequireSnapshot();
        if (!known.IsEdited)
        {
            return known;
        }

        VaultSnapshot fetched = await _account.DownloadAsync(revision: null, cancellationToken).ConfigureAwait(false);
        _lock.Refresh(fetched);
        _account.Keep(fetched);
        return fetched;
    }

    // A copy that nothing opens on a bad day is worse than none.
    private async Task<UnlockMaterial> RequireUnlockAsync(VaultSnapshot snapshot, CancellationToken cancellationToken)
    {
        UnlockMaterial unlock = _account.HasMasterPassword
            && await _account.MaterialOfAsync(snapshot, cancellationToken).ConfigureAwait(false) is UnlockMaterial material
                ? material
                : throw AuthenticationFailedException.NoMasterPassword(_account.Account);
        unlock.Kdf.EnsureWithinLimits();
        _ = EncString.Parse(unlock.WrappedUserKey);
        return unlock;
    }

    private byte[] Document(VaultSnapshot snapshot)
    {
        try
        {
            return FileAddresses.RemoveFrom(snapshot.Bytes.Span);
        }
        catch (JsonException)
        {
            throw ServerException.Unexpected(_account.Server.Api.Authority, HttpStatusCode.OK, "a vault that cannot be copied.");
        }
    }

    private MemoryStream Seal(VaultCopyHeader header, byte[] sync)
    {
        using SecretBytes bytes = _lock.CopyUserKey();
        using SymmetricKey userKey = new(bytes.Span);
        return VaultCopyFile.Write(header, sync, userKey);
    }

    // Nobody said that anything else may be replaced.
    private void EnsureReplaceable(string path)
    {
        if (File.Exists(path))
        {
            VaultCopy.EnsureOf(VaultCopyFile.ReadHeader(path), path, _account.Server, _account.RequireSnapshot().Profile.Id);
        }
    }
}
