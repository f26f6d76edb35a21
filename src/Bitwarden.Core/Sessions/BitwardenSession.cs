using System.Security.Cryptography;
using Bitwarden.Core.Api;
using Bitwarden.Core.Api.Wire;
using Bitwarden.Core.Auth;
using Bitwarden.Core.Crypto;
using Bitwarden.Core.Errors;
using Bitwarden.Core.Vault;

namespace Bitwarden.Core.Sessions;

/// <summary>
/// One account on one server: tokens, and when unlocked, keys and the decrypted index. Safe for use by several threads.
/// <see cref="Lock"/> zeroes keys and drops plaintext, <see cref="Dispose"/> forgets everything.
/// </summary>
public sealed class BitwardenSession : IDisposable
{
    private readonly AccountClient _client;
    private readonly ConnectionOptions _options;
    private readonly IdleTimer _idle;
    private readonly VaultDoor _door;
    private readonly SemaphoreSlim _oneChange = new(1, 1);
    private DateTimeOffset? _revision;

    internal BitwardenSession(AccountClient client, ConnectionOptions options, SessionOptions session)
    {
        _client = client;
        _door = new VaultDoor(client);
        _options = options;
        IdleTimeout = session.IdleTimeout == Timeout.InfiniteTimeSpan ? null : session.IdleTimeout;
        IsPrivate = session.IsPrivate;
        ConnectedAt = options.TimeProvider.GetUtcNow();
        _idle = new IdleTimer(session.IdleTimeout, options.TimeProvider, Lock);
        client.WhenEnded(Expire);
    }

    /// <summary>Identifies the session in this process.</summary>
    public Guid Id { get; } = Guid.NewGuid();

    /// <summary>The account's e-mail.</summary>
    public string Account => _client.Account;

    /// <summary>The client id of the API key; null for a password session.</summary>
    public string? ClientId => _client.ClientId;

    /// <summary>The server.</summary>
    public ServerEnvironment Server => _client.Server;

    /// <summary>The server's version; null when it does not say.</summary>
    public string? ServerVersion => _client.ServerConfig?.Version;

    /// <summary>What a compatible server calls itself; null for the official one.</summary>
    public string? ServerKind => _client.ServerConfig?.Server?.Name;

    /// <summary>What the session can do at this moment.</summary>
    public BitwardenSessionState State => _door.State;

    /// <summary>When the session was made.</summary>
    public DateTimeOffset ConnectedAt { get; }

    /// <summary>When the vault was last fetched; null before the first time.</summary>
    public DateTimeOffset? LastSync => _client.Snapshot?.FetchedAt;

    /// <summary>How long after its last use the vault locks by itself; null for never.</summary>
    public TimeSpan? IdleTimeout { get; }

    /// <summary>Whether SecretManagement may not use this session.</summary>
    public bool IsPrivate { get; }

    /// <summary>False when the server says that the account has no master password.</summary>
    public bool HasMasterPassword => _client.HasMasterPassword;

    /// <summary>How the master key was derived at the last unlock; null before the first.</summary>
    public KdfSettings? Kdf => _client.UsedKdf;

    /// <summary>A stronger key derivation that this process saw for the account before; null when there was none.</summary>
    public KdfSettings? KdfWeakenedFrom { get; private set; }

    /// <summary>When the server demanded additional authentication that it has not had yet; null when it did not.</summary>
    public DateTimeOffset? ChallengedAt { get; private set; }

    /// <summary>By which a later login of this process skips the second step; null unless the user asked to be remembered.</summary>
    internal string? RememberToken { get; init; }

    /// <summary>Logs in with a personal API key. The session stays locked: the key decrypts nothing.</summary>
    /// <param name="key">The key; the session owns and disposes it from now on, also on failure.</param>
    /// <param name="server">The server.</param>
    /// <param name="connection">How to reach it.</param>
    /// <param name="session">How the session behaves.</param>
    /// <param name="cancellationToken">Ends the wait at once.</param>
    /// <exception cref="AuthenticationFailedException">ApiKeyRejected, ClientVersionRejected or AuthenticationFailed.</exception>
    /// <exception cref="ServerException">The server could not be reached or did not answer as it should.</exception>
    public static async Task<BitwardenSession> ConnectAsync(
        ApiKey key, ServerEnvironment server, ConnectionOptions connection, SessionOptions session, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(server);
        ArgumentNullException.ThrowIfNull(connection);
        ArgumentNullException.ThrowIfNull(session);
        AccountClient client = await AccountClient.ConnectAsync(key, server, connection, cancellationToken).ConfigureAwait(false);
        return new BitwardenSession(client, connection, session);
    }

    /// <summary>Opens the vault with the master password, fetching it first if that has not happened yet.</summary>
    /// <param name="masterPassword">In UTF-8, exactly as typed; stays the caller's.</param>
    /// <param name="cancellationToken">Ends the wait at once.</param>
    /// <exception cref="AuthenticationFailedException">InvalidMasterPassword or NoMasterPassword; the session stays as it was.</exception>
    /// <exception cref="KdfException">The server asks for a KDF outside the limits.</exception>
    /// <exception cref="EncryptionException">UnsupportedEncryption: the account uses encryption version 2.</exception>
    /// <exception cref="SessionException">SessionExpired or SessionDisconnected.</exception>
    public async Task UnlockAsync(SecretBytes masterPassword, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(masterPassword);
        using MasterKeySource keys = new(masterPassword);
        await UnlockAsync(keys, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Whether the account is unlocked through a Key Connector instead of a master password.</summary>
    public bool UsesKeyConnector => _client.UsesKeyConnector;

    /// <summary>Finds the Key Connector that an organization of the account names. It gets the access token and gives the key: have the user confirm the host.</summary>
    /// <param name="cancellationToken">Ends the wait at once.</param>
    /// <returns>Its address; null when there is none.</returns>
    public Task<Uri?> FindKeyConnectorAsync(CancellationToken cancellationToken = default) => RequestAsync(
        requests => requests.FindKeyConnectorAsync(cancellationToken), cancellationToken);

    /// <summary>Opens the vault through a Key Connector.</summary>
    /// <param name="connector">Its address, confirmed by the user; https only.</param>
    /// <param name="cancellationToken">Ends the wait at once.</param>
    /// <exception cref="InvalidInputException">InvalidServer: the address is not https.</exception>
    /// <exception cref="ServerException">The connector could not be reached or gave no key.</exception>
    /// <exception cref="EncryptionException">The key does not open the vault.</exception>
    public Task UnlockWithKeyConnectorAsync(Uri connector, CancellationToken cancellationToken = default) => ChangeAsync(
        async () => _door.Open(await new AccountRequests(_client).UnlockWithConnectorAsync(connector, cancellationToken).ConfigureAwait(false)), cancellationToken);

    /// <summary>Shows the account's personal API key, or makes a new one; a session that uses the key goes on with the new one.</summary>
    /// <param name="rotate">Whether to make a new client secret. The old one, and all sessions that use it, end.</param>
    /// <param name="masterPassword">Confirms it, in UTF-8; stays the caller's.</param>
    /// <param name="cancellationToken">Ends the wait at once.</param>
    /// <exception cref="AuthenticationFailedException">InvalidMasterPassword or NoMasterPassword; nothing was changed.</exception>
    public async Task<PersonalApiKey> GetApiKeyAsync(bool rotate, SecretBytes masterPassword, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(masterPassword);
        using MasterKeySource keys = new(masterPassword);
        return await RequestAsync(requests => requests.GetApiKeyAsync(rotate, keys, cancellationToken), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Describes the account.</summary>
    /// <param name="cancellationToken">Ends the wait at once.</param>
    public Task<AccountInfo> DescribeAccountAsync(CancellationToken cancellationToken = default) => RequestAsync(
        requests => requests.DescribeAsync(cancellationToken), cancellationToken);

    /// <summary>
    /// Writes the session as a text for another process: access token, refresh token of a password session, the token of a remembered device, and the user
    /// key unless it is left out. Whoever has the text has the session.
    /// </summary>
    /// <param name="withUserKey">Whether the other process finds the vault unlocked.</param>
    /// <param name="cancellationToken">Ends the wait at once.</param>
    /// <exception cref="SessionException">VaultLocked, when the user key is wanted; SessionExpired or SessionDisconnected.</exception>
    public async Task<SecretBytes> ExportAsync(bool withUserKey, CancellationToken cancellationToken = default)
    {
        SymmetricKey? userKey = withUserKey ? _door.UserKey : null;
        ExportedSession? exported = null;
        await ChangeAsync(async () => exported = await _client.ExportAsync(userKey, cancellationToken).ConfigureAwait(false), cancellationToken)
            .ConfigureAwait(false);
        return SessionToken.Seal(exported! with { RememberToken = RememberToken });
    }

    /// <summary>Takes up a session that another process exported.</summary>
    /// <param name="token">The text, in UTF-8; stays the caller's.</param>
    /// <param name="key">The API key of the same account, to get new tokens with; null for none. The session owns it, also on failure.</param>
    /// <param name="connection">How to reach the server.</param>
    /// <param name="session">How the session behaves.</param>
    /// <param name="cancellationToken">Ends the wait at once.</param>
    /// <exception cref="InvalidInputException">InvalidSessionToken.</exception>
    public static async Task<BitwardenSession> ImportAsync(
        SecretBytes token, ApiKey? key, ConnectionOptions connection, SessionOptions session, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(token);
        ArgumentNullException.ThrowIfNull(connection);
        ExportedSession exported = OpenToken(token, key);
        BitwardenSession imported = new(AccountClient.Import(exported, key, connection), connection, session) { RememberToken = exported.RememberToken };
        try
        {
            await imported.ChangeAsync(() => imported.TakeUpAsync(exported.UserKey, cancellationToken), cancellationToken).ConfigureAwait(false);
            return imported;
        }
        catch
        {
            imported.Dispose();
            throw;
        }
    }

    /// <summary>Fetches changes. A vault whose password or keys were changed elsewhere is locked.</summary>
    /// <param name="force">Fetches even if the server says that nothing has changed.</param>
    /// <param name="cancellationToken">Ends the wait at once.</param>
    /// <returns>Whether anything was fetched.</returns>
    /// <exception cref="SessionException">SessionExpired or SessionDisconnected.</exception>
    /// <exception cref="ServerException">The vault stays as it was.</exception>
    public async Task<bool> SyncAsync(bool force, CancellationToken cancellationToken = default)
    {
        bool fetched = false;
        await ChangeAsync(async () => fetched = await FetchChangesAsync(force, cancellationToken).ConfigureAwait(false), cancellationToken)
            .ConfigureAwait(false);
        return fetched;
    }

    /// <summary>
    /// Gives the unlocked vault. Counts as a use: the idle time starts anew. A method, so that no view or export of a session holds the vault.
    /// </summary>
    /// <exception cref="SessionException">VaultLocked, SessionExpired or SessionDisconnected.</exception>
    public UnlockedVault GetVault()
    {
        _idle.Touch();
        return _door.Vault;
    }

    /// <summary>Fails when the session has ended, before anybody is asked for what would be in vain.</summary>
    /// <exception cref="SessionException">SessionExpired or SessionDisconnected.</exception>
    public void EnsureNotEnded()
    {
        if (_door.Ended is SessionException ended)
        {
            throw ended;
        }
    }

    /// <summary>Decrypts what a reference names (design, section 7); files are downloaded.</summary>
    /// <param name="reference">For example <c>Work/prod-sql#password</c>.</param>
    /// <param name="cancellationToken">Ends a download at once.</param>
    /// <exception cref="BitwardenException">
    /// ItemNotFound, AmbiguousName, SecretNotFound, AmbiguousSecret, SecretHidden, VaultLocked, SessionExpired, or why a value cannot be decrypted.
    /// </exception>
    public Task<Secret> ReadSecretAsync(string reference, CancellationToken cancellationToken = default) =>
        ReadSecretAsync(SecretReference.Resolve(GetVault(), reference), cancellationToken);

    /// <summary>Decrypts what a resolved reference names; files are downloaded.</summary>
    /// <param name="reference">From <see cref="SecretReference.TryResolve"/>.</param>
    /// <param name="cancellationToken">Ends a download at once.</param>
    /// <inheritdoc cref="ReadSecretAsync(string, CancellationToken)" path="/exception"/>
    public async Task<Secret> ReadSecretAsync(SecretReference reference, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(reference);
        if (SecretSelector.Attachment(reference.Item, reference.Selector) is ItemAttachment file)
        {
            AttachmentDownload download = new(_client.Api, Server.Api, GetVault());
            SecretBytes content = await OrEndedAsync(() => download.ReadAsync(reference.Item, file, cancellationToken)).ConfigureAwait(false);
            return new Secret(content, isFile: true);
        }

        return new Secret(SecretSelector.Read(reference.Item, reference.Selector, _options.TimeProvider), isFile: false);
    }

    /// <summary>Zeroes the keys and drops everything decrypted; the session stays logged in.</summary>
    public void Lock() => _door.Lock();

    /// <summary>Forgets everything: keys, plaintext, tokens and the API key.</summary>
    public void Dispose()
    {
        _door.End(BitwardenSessionState.Disconnected, SessionException.Disconnected(Account));
        _idle.Dispose();
        _client.Dispose();
        SessionStore.Remove(this);
    }

    /// <summary>Account, server and state.</summary>
    public override string ToString() => $"{Account} on {Server.Name} ({State})";

    private static ExportedSession OpenToken(SecretBytes token, ApiKey? key)
    {
        try
        {
            return SessionToken.Open(token);
        }
        catch
        {
            key?.Dispose();
            throw;
        }
    }

    private async Task TakeUpAsync(byte[]? userKey, CancellationToken cancellationToken)
    {
        VaultSnapshot snapshot = await _client.FetchAsync(cancellationToken).ConfigureAwait(false);
        if (userKey is not { Length: > 0 })
        {
            return;
        }

        SymmetricKey key = new(userKey);
        CryptographicOperations.ZeroMemory(userKey);
        _door.Open(snapshot.OpenKeys(key));
    }

    private async Task<T> RequestAsync<T>(Func<AccountRequests, Task<T>> request, CancellationToken cancellationToken)
    {
        T result = default!;
        await ChangeAsync(async () => result = await request(new AccountRequests(_client)).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
        return result;
    }

    private async Task ChangeAsync(Func<Task> change, CancellationToken cancellationToken)
    {
        await _oneChange.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            _idle.Touch();
            EnsureNotEnded();
            await OrEndedAsync(async () =>
            {
                await change().ConfigureAwait(false);
                EnsureNotEnded();
                return true;
            }).ConfigureAwait(false);
        }
        finally
        {
            _idle.Touch();
            _oneChange.Release();
        }
    }

    // What fails because the session ends meanwhile, for example as a time-out of the closed connection, is told as that.
    private async Task<T> OrEndedAsync<T>(Func<Task<T>> work)
    {
        try
        {
            return await work().ConfigureAwait(false);
        }
        catch (Exception e) when (_door.Ended is not null && e is ObjectDisposedException or ServerException or SessionException)
        {
            throw _door.Ended ?? e;
        }
    }

    internal Task UnlockAsync(MasterKeySource keys, CancellationToken cancellationToken) => ChangeAsync(
        async () =>
        {
            _door.Open(await new VaultUnlocker(_client).UnlockAsync(keys, cancellationToken).ConfigureAwait(false));
            KdfWeakenedFrom = SessionStore.RecordKdf(this);
        },
        cancellationToken);

    internal void Open(KeyRing keys) => _door.Open(keys);

    private async Task<bool> FetchChangesAsync(bool force, CancellationToken cancellationToken)
    {
        DateTimeOffset? revision = await _client.Api.GetRevisionDateAsync(cancellationToken).ConfigureAwait(false);
        if (!force && _client.Snapshot is not null && revision is not null && revision == _revision)
        {
            return false;
        }

        string? stamp = _client.Snapshot?.Profile.SecurityStamp;
        VaultSnapshot snapshot = await _client.FetchAsync(cancellationToken).ConfigureAwait(false);
        _revision = revision;
        if (stamp is not null && snapshot.Profile.SecurityStamp != stamp)
        {
            Lock();
        }

        _door.Refresh();
        return true;
    }

    private SessionException Expire(BitwardenException cause)
    {
        ChallengedAt = cause.Code == AuthenticationFailedException.ChallengedCode ? _options.TimeProvider.GetUtcNow() : null;
        string reason = cause.Code == AuthenticationFailedException.TokenRefusedCode ? "the server refuses its access tokens." : _client.Grant.EndReason;
        SessionException ended = SessionException.Expired(Account, reason);
        _door.End(BitwardenSessionState.Expired, ended);
        return ended;
    }
}
