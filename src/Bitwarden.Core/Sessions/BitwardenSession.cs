using Bitwarden.Core.Api;
using Bitwarden.Core.Auth;
using Bitwarden.Core.Crypto;
using Bitwarden.Core.Errors;
using Bitwarden.Core.Generators;
using Bitwarden.Core.Sessions.Unlocking;
using Bitwarden.Core.Vault;

namespace Bitwarden.Core.Sessions;

/// <summary>
/// One account on one server: tokens, and when unlocked, keys and the decrypted index. Safe for use by several threads.
/// <see cref="Lock"/> zeroes keys and drops plaintext, <see cref="Dispose"/> forgets everything.
/// </summary>
public sealed class BitwardenSession : IDisposable
{
    private readonly AccountConnection _account;
    private readonly TimeProvider _time;
    private readonly IdleTimer _idle;
    private readonly VaultLock _lock;
    private readonly ChangeQueue _changes;
    private readonly VaultCopier _copier;
    private UnlockMaterial? _unlockedWith;

    internal BitwardenSession(AccountConnection account, TimeProvider time, SessionOptions session)
    {
        _account = account;
        _time = time;
        _lock = new VaultLock(account, () => _idle!.Use());
        IdleTimeout = session.IdleTimeout == Timeout.InfiniteTimeSpan ? null : session.IdleTimeout;
        IsPrivate = session.IsPrivate;
        ConnectedAt = time.GetUtcNow();
        _idle = new IdleTimer(session.IdleTimeout, time, _lock.LockWhatIsOpen);
        _changes = new ChangeQueue(_lock, _idle);
        _copier = new VaultCopier(account, _lock, session.KeepCopyAt);
        account.Ended += Expire;
    }

    /// <summary>Identifies the session in this process.</summary>
    public Guid Id { get; } = Guid.NewGuid();

    /// <summary>The account's e-mail.</summary>
    public string Account => _account.Account;

    /// <summary>The client id of the account's API key; null for a password session.</summary>
    public string? ClientId => _account.ClientId;

    /// <summary>The server.</summary>
    public ServerEnvironment Server => _account.Server;

    /// <summary>How the server is reached; null for a session that never reaches it.</summary>
    internal ConnectionOptions? Connection => _account.IsOffline ? null : _account.Anonymous.Options;

    /// <summary>The server's version; null when it does not say.</summary>
    public string? ServerVersion => Shown(_account.ServerConfig?.Version);

    /// <summary>What a compatible server calls itself; null for the official one.</summary>
    public string? ServerKind => Shown(_account.ServerConfig?.Server?.Name);

    /// <summary>What the session can do at this moment.</summary>
    public BitwardenSessionState State
    {
        get
        {
            _idle.LockIfDue();
            return _lock.State;
        }
    }

    /// <summary>When the session was made.</summary>
    public DateTimeOffset ConnectedAt { get; }

    /// <summary>When the vault was last fetched; null before the first time.</summary>
    public DateTimeOffset? LastSync => _account.Snapshot?.FetchedAt;

    /// <summary>How old the copy is that the session was opened from, by this machine's clock; null for a session that was not opened from one.</summary>
    public TimeSpan? CopyAge => _time.GetUtcNow() - _account.CopyDate;

    /// <summary>Why the copy that the session keeps (<see cref="SessionOptions.KeepCopyAt"/>) is not up to date; null when it is, or none is kept.</summary>
    public string? CopyFailure => _copier.Failure?.Message;

    /// <summary>How many bytes the encrypted copy of the account takes; zero before the first fetch.</summary>
    public int VaultSize => _account.Snapshot?.Bytes.Length ?? 0;

    /// <summary>How long after its last use the vault locks by itself; null for never.</summary>
    public TimeSpan? IdleTimeout { get; }

    /// <summary>Whether SecretManagement may not use this session.</summary>
    public bool IsPrivate { get; }

    /// <summary>False when the server says that the account has no master password.</summary>
    public bool HasMasterPassword => _account.HasMasterPassword;

    /// <summary>How the master key was derived at the last unlock; null before the first.</summary>
    public KdfSettings? Kdf => _unlockedWith?.Kdf;

    /// <summary>A stronger key derivation that this process saw for the account before; null when there was none.</summary>
    public KdfSettings? KdfWeakenedFrom { get; private set; }

    /// <summary>When the server demanded additional authentication that it has not received yet; null when it did not.</summary>
    public DateTimeOffset? ChallengedAt { get; private set; }

    /// <summary>The token with which a later login of this process skips the second step; null unless the user asked to be remembered.</summary>
    internal SecretBytes? RememberToken { get; init; }

    /// <summary>Logs in with a personal API key. The session stays locked: the key decrypts nothing.</summary>
    /// <param name="key">The key; the session owns and disposes it from now on, also on failure.</param>
    /// <param name="server">The server.</param>
    /// <param name="connection">How to reach it.</param>
    /// <param name="session">How the session behaves.</param>
    /// <param name="cancellationToken">Ends the wait at once.</param>
    /// <exception cref="AuthenticationFailedException">ApiKeyRejected, ClientVersionRejected or AuthenticationFailed.</exception>
    /// <exception cref="ServerException">The server could not be reached or did not answer as it should.</exception>
    public static async Task<BitwardenSession> ConnectAsync(
        ApiKeyCredential key, ServerEnvironment server, ConnectionOptions connection, SessionOptions session, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(server);
        ArgumentNullException.ThrowIfNull(connection);
        ArgumentNullException.ThrowIfNull(session);
        AccountConnection account = await AccountConnection.ConnectAsync(key, server, connection, cancellationToken).ConfigureAwait(false);
        return new BitwardenSession(account, connection.TimeProvider, session);
    }

    /// <summary>Opens the vault with the master password, fetching it first if that has not happened yet.</summary>
    /// <param name="masterPassword">In UTF-8, exactly as typed; stays the caller's.</param>
    /// <param name="cancellationToken">Ends the wait at once.</param>
    /// <exception cref="AuthenticationFailedException">InvalidMasterPassword or NoMasterPassword; the session stays as it was.</exception>
    /// <exception cref="KdfException">The server asks for a KDF outside the limits, or weaker than before.</exception>
    /// <exception cref="EncryptionException">UnsupportedEncryption: the account uses encryption version 2.</exception>
    /// <exception cref="SessionException">SessionExpired or SessionDisconnected.</exception>
    public Task UnlockAsync(SecretBytes masterPassword, CancellationToken cancellationToken = default) =>
        UnlockAsync(masterPassword, new UnlockOptions(), cancellationToken);

    /// <inheritdoc cref="UnlockAsync(SecretBytes, CancellationToken)"/>
    /// <param name="masterPassword">In UTF-8, exactly as typed; stays the caller's.</param>
    /// <param name="use">How the password may be used.</param>
    /// <param name="cancellationToken">Ends the wait at once.</param>
    public async Task UnlockAsync(SecretBytes masterPassword, UnlockOptions use, CancellationToken cancellationToken = default)
    {
        using MasterKeySource keys = KeysFrom(masterPassword, use);
        await UnlockAsync(keys, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Whether the account is unlocked through a Key Connector instead of a master password.</summary>
    public bool UsesKeyConnector => _account.UsesKeyConnector;

    /// <summary>
    /// Finds the Key Connector that an organization of the account names. It gets the access token and gives the key: have the user confirm the host.
    /// </summary>
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
    public Task UnlockWithKeyConnectorAsync(Uri connector, CancellationToken cancellationToken = default) =>
        UnlockAsync(unlocker => unlocker.WithKeyConnectorAsync(connector, cancellationToken), cancellationToken);

    /// <summary>Shows the account's personal API key, or makes a new one; a session that uses the key goes on with the new one.</summary>
    /// <param name="rotate">Whether to make a new client secret. The old one, and all sessions that use it, end.</param>
    /// <param name="masterPassword">Confirms it, in UTF-8; stays the caller's.</param>
    /// <param name="cancellationToken">Ends the wait at once.</param>
    /// <exception cref="AuthenticationFailedException">InvalidMasterPassword or NoMasterPassword; nothing was changed.</exception>
    /// <exception cref="KdfException">The server asks for a KDF outside the limits, or weaker than before; nothing was sent.</exception>
    public Task<ApiKeyDetails> GetApiKeyAsync(bool rotate, SecretBytes masterPassword, CancellationToken cancellationToken = default) =>
        GetApiKeyAsync(rotate, masterPassword, new UnlockOptions(), cancellationToken);

    /// <inheritdoc cref="GetApiKeyAsync(bool, SecretBytes, CancellationToken)"/>
    /// <param name="rotate">Whether to make a new client secret. The old one, and all sessions that use it, end.</param>
    /// <param name="masterPassword">Confirms it, in UTF-8; stays the caller's.</param>
    /// <param name="use">How the password may be used.</param>
    /// <param name="cancellationToken">Ends the wait at once.</param>
    public async Task<ApiKeyDetails> GetApiKeyAsync(bool rotate, SecretBytes masterPassword, UnlockOptions use, CancellationToken cancellationToken = default)
    {
        using MasterKeySource keys = KeysFrom(masterPassword, use);
        return await RequestAsync(requests => requests.GetApiKeyAsync(rotate, keys, cancellationToken), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Describes the account.</summary>
    /// <param name="cancellationToken">Ends the wait at once.</param>
    public Task<AccountInfo> DescribeAccountAsync(CancellationToken cancellationToken = default) => RequestAsync(
        requests => requests.DescribeAsync(cancellationToken), cancellationToken);

    /// <summary>Takes over a session that another process exported as a text that is not sealed.</summary>
    /// <param name="token">The text, in UTF-8; stays the caller's.</param>
    /// <param name="key">
    /// The API key to get new tokens with, used only if the text is of the same account and server; null for none. The session owns it, also on failure.
    /// </param>
    /// <param name="connection">How to reach the server.</param>
    /// <param name="session">How the session behaves.</param>
    /// <param name="cancellationToken">Ends the wait at once.</param>
    /// <exception cref="InvalidInputException">InvalidSessionToken, also for a user key that does not open the vault.</exception>
    public static Task<BitwardenSession> ImportAsync(
        SecretBytes token, ServerApiKey? key, ConnectionOptions connection, SessionOptions session, CancellationToken cancellationToken = default) =>
        SessionImport.ImportAsync(new SessionText(token), key, connection, session, cancellationToken);

    /// <summary>Fetches changes. A vault whose password or keys were changed elsewhere is locked.</summary>
    /// <param name="force">Fetches even if the server says that nothing has changed.</param>
    /// <param name="cancellationToken">Ends the wait at once.</param>
    /// <returns>Whether anything was fetched.</returns>
    /// <exception cref="SessionException">SessionExpired or SessionDisconnected.</exception>
    /// <exception cref="ServerException">The vault stays as it was.</exception>
    public Task<bool> SyncAsync(bool force, CancellationToken cancellationToken = default) =>
        _changes.RunAsync(() => FetchChangesAsync(force, cancellationToken), cancellationToken);

    /// <summary>Fetches the vault if that has not happened yet, as unlocking would do.</summary>
    /// <param name="cancellationToken">Ends the wait at once.</param>
    /// <exception cref="ServerException">The session stays as it was.</exception>
    public Task FetchAsync(CancellationToken cancellationToken = default) =>
        ChangeAsync(async (account, _) => account.Snapshot ?? await account.FetchAsync(cancellationToken).ConfigureAwait(false), cancellationToken);

    /// <summary>
    /// Gives the unlocked vault. Counts as a use: the idle time starts anew. A method, so that no view or export of a session holds the vault.
    /// </summary>
    /// <exception cref="SessionException">VaultLocked, SessionExpired or SessionDisconnected.</exception>
    public UnlockedVault GetVault()
    {
        _idle.Use();
        return _lock.Vault;
    }

    internal VaultUnlocker Unlocker => new(_account);

    /// <summary>Does something with what the session is made of, as one change of it.</summary>
    internal Task<T> ChangeAsync<T>(Func<AccountConnection, VaultLock, Task<T>> change, CancellationToken cancellationToken) =>
        _changes.RunAsync(() => change(_account, _lock), cancellationToken);

    /// <summary>Gives the unlocked vault to somebody who only lists names, such as completion. No use: the idle time goes on.</summary>
    /// <exception cref="SessionException">VaultLocked, SessionExpired or SessionDisconnected.</exception>
    public UnlockedVault PeekVault()
    {
        _idle.LockIfDue();
        return _lock.Vault;
    }

    /// <summary>
    /// What the account's organizations demand of passwords that are made up, locked or not: it comes with the vault and is not encrypted. Null before the
    /// first sync and when the session was disconnected. A method, so that no view or export of a session holds it.
    /// </summary>
    public GeneratorRules? FindGeneratorRules() => _account.Snapshot is VaultSnapshot snapshot ? GeneratorPolicies.Of(snapshot) : null;

    /// <summary>Gives what changes the vault. A method, so that no view or export of a session holds it.</summary>
    public VaultWriter GetWriter() => new(new VaultUpdate(_account, _lock), _changes, _time, () => _account.GivesOwnKeys);

    /// <summary>Gives what fetches the files of items. A method, for the same reason.</summary>
    public AttachmentReader GetFiles() => new(_account, _changes);

    /// <summary>Gives what writes the vault to a file. A method, for the same reason.</summary>
    public VaultExporter GetExporter() => new(_account, _lock, _changes, Kdf);

    /// <summary>Fails when the session has ended, so that nobody is asked for a password that cannot be used.</summary>
    /// <exception cref="SessionException">SessionExpired or SessionDisconnected.</exception>
    public void EnsureNotEnded() => _lock.EnsureNotEnded();

    /// <summary>Decrypts what a reference names (architecture 6); files are downloaded.</summary>
    /// <param name="reference">For example <c>Work/prod-sql#password</c>.</param>
    /// <param name="cancellationToken">Ends a download at once.</param>
    /// <exception cref="BitwardenException">
    /// ItemNotFound, AmbiguousName, SecretNotFound, AmbiguousSecret, SecretHidden, VaultLocked, SessionExpired, or why a value cannot be decrypted.
    /// </exception>
    public Task<DecryptedSecret> ReadSecretAsync(string reference, CancellationToken cancellationToken = default) =>
        ReadSecretAsync(ResolvedReference.Resolve(GetVault(), reference), cancellationToken);

    /// <summary>Decrypts what a resolved reference names; files are downloaded.</summary>
    /// <param name="reference">From <see cref="ResolvedReference.TryResolve"/>.</param>
    /// <param name="cancellationToken">Ends a download at once.</param>
    /// <inheritdoc cref="ReadSecretAsync(string, CancellationToken)" path="/exception"/>
    public async Task<DecryptedSecret> ReadSecretAsync(ResolvedReference reference, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(reference);
        if (SecretSelector.Attachment(reference.Item, reference.Selector) is ItemAttachment file)
        {
            return new DecryptedSecret(await GetFiles().ReadAsync(reference.Item, file, cancellationToken).ConfigureAwait(false), isFile: true);
        }

        return new DecryptedSecret(SecretSelector.Read(reference.Item, reference.Selector, _time), isFile: false);
    }

    /// <summary>Zeroes the keys and drops everything decrypted; the session stays logged in.</summary>
    public void Lock() => _lock.Lock();

    /// <summary>Forgets everything: keys, plaintext, tokens and the API key.</summary>
    public void Dispose()
    {
        _lock.End(BitwardenSessionState.Disconnected, SessionException.Disconnected(Account));
        _idle.Dispose();
        _account.Dispose();
        RememberToken?.Dispose();
        SessionStore.Remove(this);
    }

    /// <summary>Account, server and state.</summary>
    public override string ToString() => $"{Shown(Account)} on {Shown(Server.Name)} ({State})";

    private MasterKeySource KeysFrom(SecretBytes masterPassword, UnlockOptions use)
    {
        ArgumentNullException.ThrowIfNull(masterPassword);
        ArgumentNullException.ThrowIfNull(use);

        // An old copy may be weaker than the account is by now, and nothing of it is sent.
        bool allowsWeaker = use.AllowWeakerKdf || _account.CopyDate is not null;
        return new MasterKeySource(masterPassword, new KdfGuard(SessionStore.KdfHistory, Account, Server.Name, allowsWeaker));
    }

    private static string? Shown(string? text) => text is null ? null : ForeignText.Show(text, ForeignText.NameLength);

    private Task<T> RequestAsync<T>(Func<AccountRequests, Task<T>> request, CancellationToken cancellationToken) =>
        _changes.RunAsync(() => request(new AccountRequests(_account, _unlockedWith)), cancellationToken);

    internal Task UnlockAsync(MasterKeySource keys, CancellationToken cancellationToken) =>
        UnlockAsync(unlocker => unlocker.WithPasswordAsync(keys, cancellationToken), cancellationToken);

    // A lock from here on wins, whether the unlock still waits for its turn or is at work.
    private Task<bool> UnlockAsync(Func<VaultUnlocker, Task<UnlockedKeys>> unlock, CancellationToken cancellationToken)
    {
        int locks = _lock.Locks;
        return _changes.RunAsync(
            async () =>
            {
                Open(await unlock(new VaultUnlocker(_account)).ConfigureAwait(false), locks);
                await _copier.KeepAsync(confirmed: null, cancellationToken).ConfigureAwait(false);
                return true;
            },
            cancellationToken);
    }

    /// <summary>Shows the vault of a new session under these keys, which are zeroed unless they are kept.</summary>
    internal bool Open(UnlockedKeys unlocked) => Open(unlocked, _lock.Locks);

    private bool Open(UnlockedKeys unlocked, int locks)
    {
        _idle.Touch();
        _lock.Open(unlocked.Keys, locks);
        if (unlocked.Material is UnlockMaterial material)
        {
            _unlockedWith = material;
            KdfWeakenedFrom = _account.CopyDate is not null ? null : SessionStore.KdfHistory.Record(Account, Server.Name, material);
        }

        return true;
    }

    private async Task<bool> FetchChangesAsync(bool force, CancellationToken cancellationToken)
    {
        VaultSnapshot? known = _account.Snapshot;
        DateTimeOffset? revision = await _account.Api.GetRevisionDateAsync(cancellationToken).ConfigureAwait(false);
        if (!force && known is not null && revision is not null && revision == known.Revision)
        {
            _lock.Refresh(known);
            await _copier.KeepAsync(_time.GetUtcNow(), cancellationToken).ConfigureAwait(false);
            return false;
        }

        // Kept only once everything was made of it.
        VaultSnapshot snapshot = await _account.DownloadAsync(revision, cancellationToken).ConfigureAwait(false);
        _lock.Refresh(snapshot);
        _account.Keep(snapshot);
        await _copier.KeepAsync(confirmed: null, cancellationToken).ConfigureAwait(false);
        return true;
    }

    private void Expire(SessionException ended, BitwardenException cause)
    {
        ChallengedAt = cause.Code == ErrorCodes.AdditionalAuthenticationRequired ? _time.GetUtcNow() : null;
        _lock.End(BitwardenSessionState.Expired, ended);
    }
}
