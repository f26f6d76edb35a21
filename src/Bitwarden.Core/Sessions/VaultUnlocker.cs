using Bitwarden.Core.Auth;
using Bitwarden.Core.Crypto;
using Bitwarden.Core.Errors;
using Bitwarden.Core.Vault;

namespace Bitwarden.Core.Sessions;

/// <summary>
/// Opens the user key with the master password. The key derivation and the first sync run side by side; when the key does not open with what
/// the login said, the newest answer of the server is tried once before the password is blamed (client protocol 1.6).
/// </summary>
internal sealed class VaultUnlocker
{
    private readonly AccountClient _client;

    internal VaultUnlocker(AccountClient client)
    {
        _client = client;
    }

    /// <exception cref="AuthenticationFailedException">InvalidMasterPassword or NoMasterPassword.</exception>
    /// <exception cref="KdfException">The server asks for a KDF outside the limits; nothing was derived with it.</exception>
    internal async Task<KeyRing> UnlockAsync(MasterKeySource keys, CancellationToken cancellationToken)
    {
        EnsureMasterPassword();
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        bool alreadyFetched = _client.Snapshot is not null;
        bool canRefresh = alreadyFetched && !_client.IsOffline;
        UnlockMaterial? known = _client.Snapshot?.Unlock ?? _client.LoginMaterial;
        Task<VaultSnapshot> fetching = alreadyFetched ? Task.FromResult(_client.RequireSnapshot()) : _client.FetchAsync(either.Token);
        SymmetricKey? userKey = null;
        try
        {
            userKey = await TryOpenAsync(known, keys, either.Token).ConfigureAwait(false);
            VaultSnapshot snapshot = await fetching.ConfigureAwait(false);
            userKey ??= await OpenWithNewestAsync(known, snapshot, canRefresh, keys, cancellationToken).ConfigureAwait(false);
            return _client.RequireSnapshot().OpenKeys(userKey);
        }
        catch
        {
            userKey?.Dispose();
            await AbandonAsync(fetching, either).ConfigureAwait(false);
            throw;
        }
    }

    private async Task<SymmetricKey> OpenWithNewestAsync(
        UnlockMaterial? tried, VaultSnapshot snapshot, bool refresh, MasterKeySource keys, CancellationToken cancellationToken)
    {
        VaultSnapshot newest = refresh ? await _client.FetchAsync(cancellationToken).ConfigureAwait(false) : snapshot;
        EnsureMasterPassword();
        UnlockMaterial? material = await _client.MaterialOfAsync(newest, cancellationToken).ConfigureAwait(false);
        if (material is null)
        {
            throw EncryptionException.KeyMissing($"the account {_client.Account}");
        }

        SymmetricKey? userKey = material == tried ? null : await TryOpenAsync(material, keys, cancellationToken).ConfigureAwait(false);
        return userKey ?? throw AuthenticationFailedException.InvalidMasterPassword(_client.Account);
    }

    private void EnsureMasterPassword()
    {
        if (!_client.HasMasterPassword)
        {
            throw AuthenticationFailedException.NoMasterPassword(_client.Account);
        }
    }

    private Task<SymmetricKey?> TryOpenAsync(UnlockMaterial? material, MasterKeySource keys, CancellationToken cancellationToken) =>
        material is null
            ? Task.FromResult<SymmetricKey?>(null)
            : Task.Run(() => TryOpen(material, keys, cancellationToken), cancellationToken);

    private SymmetricKey? TryOpen(UnlockMaterial material, MasterKeySource keys, CancellationToken cancellationToken)
    {
        EncString wrapped = EncString.Parse(material.WrappedUserKey);
        MasterKey masterKey = keys.Derive(material.Kdf, material.Salt, cancellationToken);
        try
        {
            SymmetricKey userKey = EnsureContained(masterKey.UnwrapUserKey(wrapped), material.ContainedKeyId);
            _client.UsedKdf = material.Kdf;
            return userKey;
        }
        catch (EncryptionException e) when (e.Code == "DecryptionFailed")
        {
            return null;
        }
    }

    private static SymmetricKey EnsureContained(SymmetricKey userKey, string? keyId)
    {
        if (string.IsNullOrEmpty(keyId) || keyId.Equals(userKey.DeriveKeyId(), StringComparison.OrdinalIgnoreCase))
        {
            return userKey;
        }

        userKey.Dispose();
        throw EncryptionException.Malformed("The server's wrapped user key holds another key than the server says.");
    }

    // The first failure is the one to tell; the other half must still have ended before the password's memory is zeroed.
    private static async Task AbandonAsync(Task<VaultSnapshot> fetching, CancellationTokenSource either)
    {
        await either.CancelAsync().ConfigureAwait(false);
        await fetching.ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default).ConfigureAwait(false);
        _ = fetching.Exception;
    }
}
