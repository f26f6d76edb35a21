using System.Net;
using Bitwarden.Core.Api.Wire;
using Bitwarden.Core.Auth;
using Bitwarden.Core.Crypto;
using Bitwarden.Core.Errors;
using Bitwarden.Core.Vault;

namespace Bitwarden.Core.Sessions.Unlocking;

/// <summary>
/// Opens the user key, and with it every other key of the account: with the master password, through a Key Connector, or with the user key itself, which
/// another process or the official client had.
/// </summary>
internal sealed class VaultUnlocker
{
    private readonly AccountConnection _account;

    internal VaultUnlocker(AccountConnection account)
    {
        _account = account;
    }

    /// <summary>
    /// With the master password. The key derivation and the first sync run side by side; when the key does not open with what the login said, the newest
    /// answer of the server is tried once before the password is reported as wrong (protocol 2.6).
    /// </summary>
    /// <exception cref="AuthenticationFailedException">InvalidMasterPassword or NoMasterPassword.</exception>
    /// <exception cref="KdfException">The server asks for a KDF outside the limits, or weaker than before; nothing was derived with it.</exception>
    internal async Task<UnlockedKeys> WithPasswordAsync(MasterKeySource keys, CancellationToken cancellationToken)
    {
        EnsureMasterPassword();
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        bool alreadyFetched = _account.Snapshot is not null;
        bool canRefresh = alreadyFetched && !_account.IsOffline;
        UnlockMaterial? known = Acceptable(_account.Snapshot?.Unlock ?? _account.LoginMaterial, keys);
        Task<VaultSnapshot> fetching = alreadyFetched ? Task.FromResult(_account.RequireSnapshot()) : _account.FetchAsync(either.Token);
        OpenedKey? opened = null;
        try
        {
            opened = await TryOpenAsync(known, keys, either.Token).ConfigureAwait(false);
            VaultSnapshot snapshot = await fetching.ConfigureAwait(false);
            opened ??= await OpenWithNewestAsync(known, snapshot, canRefresh, keys, cancellationToken).ConfigureAwait(false);
            return new UnlockedKeys(_account.RequireSnapshot().OpenKeys(opened.UserKey), opened.Material);
        }
        catch
        {
            opened?.UserKey.Dispose();
            await AbandonAsync(fetching, either).ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>With what a Key Connector answers in place of a master key (protocol 2.10).</summary>
    /// <param name="connector">Its address, confirmed by the user; https only.</param>
    /// <param name="cancellationToken">Ends the wait at once.</param>
    internal async Task<UnlockedKeys> WithKeyConnectorAsync(Uri connector, CancellationToken cancellationToken)
    {
        EnsureUsable(connector);
        VaultSnapshot snapshot = _account.Snapshot ?? await _account.FetchAsync(cancellationToken).ConfigureAwait(false);
        EncString wrapped = EncString.TryParse(_account.WrappedUserKey, out EncString? key)
            ? key
            : throw EncryptionException.KeyMissing($"the account {_account.Account}");
        KeyConnectorResponse answer = await _account.Api.GetKeyConnectorKeyAsync(connector, cancellationToken).ConfigureAwait(false);
        using MasterKey masterKey = ReadMasterKey(connector, answer);
        return new UnlockedKeys(snapshot.OpenKeys(masterKey.UnwrapUserKey(wrapped)), Material: null);
    }

    /// <summary>With the user key itself, which it owns from now on, also on failure.</summary>
    internal UnlockedKeys WithUserKey(SymmetricKey userKey) => new(_account.RequireSnapshot().OpenKeys(userKey), Material: null);

    /// <summary>Whether a master password is the one of an open vault: what it opens must be the vault's own key. The server learns nothing of it.</summary>
    /// <exception cref="AuthenticationFailedException">NoMasterPassword.</exception>
    internal async Task<bool> IsRightAsync(MasterKeySource keys, SymmetricKey userKey, CancellationToken cancellationToken)
    {
        EnsureMasterPassword();
        UnlockMaterial? material = await _account.MaterialOfAsync(_account.RequireSnapshot(), cancellationToken).ConfigureAwait(false);
        OpenedKey? opened = await TryOpenAsync(material, keys, cancellationToken).ConfigureAwait(false);
        using SymmetricKey? key = opened?.UserKey;
        return key?.IsSameAs(userKey) == true;
    }

    private async Task<OpenedKey> OpenWithNewestAsync(
        UnlockMaterial? tried, VaultSnapshot snapshot, bool refresh, MasterKeySource keys, CancellationToken cancellationToken)
    {
        VaultSnapshot newest = refresh ? await _account.FetchAsync(cancellationToken).ConfigureAwait(false) : snapshot;
        EnsureMasterPassword();
        UnlockMaterial? material = await _account.MaterialOfAsync(newest, cancellationToken).ConfigureAwait(false);
        if (material is null)
        {
            throw EncryptionException.KeyMissing($"the account {_account.Account}");
        }

        OpenedKey? opened = material == tried ? null : await TryOpenAsync(material, keys, cancellationToken).ConfigureAwait(false);
        return opened ?? throw AuthenticationFailedException.InvalidMasterPassword(_account.Account);
    }

    // What was answered earlier can be weaker only because it is older: the newest decides.
    private static UnlockMaterial? Acceptable(UnlockMaterial? known, MasterKeySource keys) => known is not null && keys.Accepts(known.Kdf) ? known : null;

    private void EnsureMasterPassword()
    {
        if (!_account.HasMasterPassword)
        {
            throw AuthenticationFailedException.NoMasterPassword(_account.Account);
        }
    }

    private static async Task<OpenedKey?> TryOpenAsync(UnlockMaterial? material, MasterKeySource keys, CancellationToken cancellationToken)
    {
        if (material is null)
        {
            return null;
        }

        EncString wrapped = EncString.Parse(material.WrappedUserKey);
        MasterKey masterKey = await keys.DeriveAsync(material.Kdf, material.Salt, cancellationToken).ConfigureAwait(false);
        try
        {
            return new OpenedKey(EnsureContained(masterKey.UnwrapUserKey(wrapped), material.ContainedKeyId), material);
        }
        catch (EncryptionException e) when (e.Code == ErrorCodes.DecryptionFailed)
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
        throw EncryptionException.Malformed("The wrapped user key that the server sent contains a different key than the server says.");
    }

    // The first failure is the one to report; the other half must still have ended before the password's memory is zeroed.
    private static async Task AbandonAsync(Task<VaultSnapshot> fetching, CancellationTokenSource either)
    {
        await either.CancelAsync().ConfigureAwait(false);
        await fetching.ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default).ConfigureAwait(false);
        _ = fetching.Exception;
    }

    private static void EnsureUsable(Uri connector)
    {
        if (!connector.IsAbsoluteUri)
        {
            throw InvalidInputException.Server("The address of a Key Connector must be complete, for example https://keys.example.org.");
        }

        if (connector.UserInfo.Length > 0 || connector.Query.Length > 0 || connector.Fragment.Length > 0)
        {
            // Such parts make an address look like that of somebody else.
            throw InvalidInputException.Server("The address of a Key Connector must not contain a user, password, query or fragment.");
        }

        if (connector.Scheme != Uri.UriSchemeHttps)
        {
            throw InvalidInputException.Server(
                $"The Key Connector at {connector.Host} must be reached over https, because it receives the access token and returns the key.");
        }
    }

    private static MasterKey ReadMasterKey(Uri connector, KeyConnectorResponse answer)
    {
        using SecretBytes? key = answer.Key;
        return key?.Length == MasterKey.Length
            ? MasterKey.FromBytes(key.Span)
            : throw ServerException.Unexpected(connector.Authority, HttpStatusCode.OK, "no key of 32 bytes.");
    }

    private sealed record OpenedKey(SymmetricKey UserKey, UnlockMaterial Material);
}
