using Bitwarden.Core.Api;
using Bitwarden.Core.Api.Wire;
using Bitwarden.Core.Errors;
using Bitwarden.Core.Vault;

namespace Bitwarden.Core.Auth;

/// <summary>
/// One account on one server, logged in: its tokens, its calls and what they said about how to unlock it. Knows no key. One that was read from the official
/// client or from a copy has neither tokens nor a connection, so that nothing can reach the server through it.
/// </summary>
internal sealed class AccountConnection : ITokenOwner, IDisposable
{
    private static readonly TimeSpan s_configWait = TimeSpan.FromSeconds(2);
    private static readonly Version s_ownKeys = new(2024, 2, 0);
    private readonly AnonymousApiClient? _anonymous;
    private readonly AuthorizedApiClient? _api;
    private readonly TokenSource? _tokens;
    private readonly TimeProvider _time;
    private TokenResponse _login = new();
    private string? _email;
    private volatile bool _disposed;

    private AccountConnection(ITokenGrant grant, AnonymousApiClient anonymous, Guid? userId)
    {
        _time = anonymous.Options.TimeProvider;
        _anonymous = anonymous;
        _tokens = new TokenSource(grant, anonymous, this, userId);
        _api = new AuthorizedApiClient(anonymous, _tokens);
        Server = anonymous.Server;
    }

    private AccountConnection(ServerEnvironment server, VaultSnapshot snapshot, ConnectionOptions options)
    {
        _time = options.TimeProvider;
        _email = snapshot.Profile.Email;
        Server = server;
        Snapshot = snapshot;
    }

    /// <summary>Raised once the server gives no more tokens, with what to tell the user and why.</summary>
    internal event Action<SessionException, BitwardenException>? Ended;

    internal ServerEnvironment Server { get; }

    /// <exception cref="BitwardenException">OfficialClientOffline or SessionOffline.</exception>
    internal AuthorizedApiClient Api => _api ?? throw WhyOffline();

    /// <exception cref="BitwardenException">OfficialClientOffline or SessionOffline.</exception>
    internal AnonymousApiClient Anonymous => _anonymous ?? throw WhyOffline();

    /// <exception cref="BitwardenException">OfficialClientOffline or SessionOffline.</exception>
    internal TokenSource Tokens => _tokens ?? throw WhyOffline();

    /// <summary>Whether there is no server to ask for anything newer.</summary>
    internal bool IsOffline => _api is null;

    /// <summary>Of when the copy is that this was made of; null when it was not made of one.</summary>
    internal DateTimeOffset? CopyDate => Snapshot?.Seal is null ? null : Snapshot.FetchedAt;

    /// <summary>The e-mail; until the server has sent it, the client id.</summary>
    internal string Account => _email ?? ClientId ?? string.Empty;

    /// <summary>The client id of the API key; null for a password session.</summary>
    internal string? ClientId { get; private init; }

    /// <summary>What kind of server it is; null when it does not say.</summary>
    internal ConfigResponse? ServerConfig { get; private set; }

    /// <summary>Whether official clients would give a new item a key of its own on this server (protocol 7.5).</summary>
    internal bool GivesOwnKeys => ServerConfig?.FeatureStates?.CipherKeyEncryption == true && IsAtLeast(ServerConfig.Version, s_ownKeys);

    /// <summary>The encrypted account as last fetched; null before the first sync.</summary>
    internal VaultSnapshot? Snapshot { get; private set; }

    /// <summary>The encrypted account, which is gone once this is disposed.</summary>
    internal VaultSnapshot RequireSnapshot() => Snapshot ?? throw new ObjectDisposedException(nameof(AccountConnection));

    /// <summary>What the token answer said about unlocking; null when it was not complete.</summary>
    internal UnlockMaterial? LoginMaterial => UnlockMaterial.From(_login, _email);

    /// <summary>The wrapped user key, for accounts without a master password.</summary>
    internal string? WrappedUserKey => Snapshot?.Profile.Key is { Length: > 0 } key ? key : _login.Key;

    /// <summary>Whether the account is unlocked through a Key Connector.</summary>
    internal bool UsesKeyConnector => _login.ApiUseKeyConnector == true || Snapshot?.Profile.UsesKeyConnector == true;

    /// <summary>False when the server says that there is no master password.</summary>
    internal bool HasMasterPassword => !UsesKeyConnector && _login.UserDecryptionOptions?.HasMasterPassword != false;

    /// <summary>Logs in with an API key, which it then owns, also on failure.</summary>
    internal static async Task<AccountConnection> ConnectAsync(
        ApiKeyCredential key, ServerEnvironment server, ConnectionOptions options, CancellationToken cancellationToken)
    {
        ApiKeyGrant grant = new(key);
        try
        {
            DeviceIdentity device = DeviceIdentity.Create(options.DeviceIdentifier, server, key.ClientId);
            AccountConnection connection = new(grant, AnonymousApiClient.Create(server, device, options), key.UserId) { ClientId = key.ClientId };
            await connection.LoginAsync(cancellationToken).ConfigureAwait(false);
            return connection;
        }
        catch
        {
            grant.Dispose();
            throw;
        }
    }

    /// <summary>Takes over tokens that were obtained elsewhere: by a login with e-mail and password, or by another process.</summary>
    /// <param name="grant">How it gets new ones; owned from now on.</param>
    /// <param name="tokens">The tokens.</param>
    /// <param name="email">The account's e-mail; null where only the client id is known.</param>
    /// <param name="clientId">The client id of the API key; null for a password session.</param>
    /// <param name="anonymous">Reaches the server as the device that the tokens belong to; owned from now on.</param>
    internal static AccountConnection FromTokens(
        ITokenGrant grant, TokenResponse tokens, string? email, string? clientId, AnonymousApiClient anonymous)
    {
        AccountConnection connection = new(grant, anonymous, userId: null) { ClientId = clientId, _email = email };
        connection.Tokens.Update(tokens);
        connection.Update(tokens);
        return connection;
    }

    /// <summary>Makes one of what the official client has stored, or of a copy; it never talks to the server.</summary>
    /// <param name="server">Where the account is.</param>
    /// <param name="snapshot">What is known of it.</param>
    /// <param name="options">Gives the clock.</param>
    /// <param name="clientId">The client id that the account's API key has; null where that does not matter.</param>
    internal static AccountConnection Offline(ServerEnvironment server, VaultSnapshot snapshot, ConnectionOptions options, string? clientId = null) =>
        new(server, snapshot, options) { ClientId = clientId };

    /// <summary>
    /// Fetches the account and keeps it. Asks for the time of the last change first, so that a later question finds out whether there is anything newer.
    /// </summary>
    internal async Task<VaultSnapshot> FetchAsync(CancellationToken cancellationToken)
    {
        DateTimeOffset? revision = await TryGetRevisionAsync(cancellationToken).ConfigureAwait(false);
        VaultSnapshot snapshot = await DownloadAsync(revision, cancellationToken).ConfigureAwait(false);
        Keep(snapshot);
        return snapshot;
    }

    /// <summary>Fetches the account without keeping it. Where the bytes are those that are kept, the answer is made of the same.</summary>
    /// <param name="revision">What the server said just before about the time of the last change.</param>
    /// <param name="cancellationToken">Ends the wait at once.</param>
    internal async Task<VaultSnapshot> DownloadAsync(DateTimeOffset? revision, CancellationToken cancellationToken)
    {
        VaultSnapshot fetched = await Api.SyncAsync(Snapshot, _time, cancellationToken).ConfigureAwait(false);
        EnsureSameAccount(fetched.Profile.Id);
        return fetched with { Revision = revision };
    }

    /// <summary>Keeps an answer as the newest.</summary>
    internal void Keep(VaultSnapshot snapshot)
    {
        SetEmail(snapshot.Profile.Email);
        Snapshot = _disposed ? throw new ObjectDisposedException(nameof(AccountConnection)) : snapshot;
    }

    /// <summary>What the server said last about unlocking; for servers that say it nowhere else, prelogin is asked.</summary>
    internal async Task<UnlockMaterial?> MaterialOfAsync(VaultSnapshot snapshot, CancellationToken cancellationToken)
    {
        if ((snapshot.Unlock ?? LoginMaterial) is UnlockMaterial known)
        {
            return known;
        }

        if (_email is null)
        {
            return null;
        }

        PreloginResponse prelogin = await Anonymous.PreloginAsync(_email, cancellationToken).ConfigureAwait(false);
        return UnlockMaterial.From(prelogin, _email, snapshot.Profile.Key);
    }

    /// <inheritdoc/>
    public void Update(TokenResponse answer)
    {
        // The token itself has one owner, the token source. A refresh returns only tokens: what an earlier answer said stays valid.
        if (answer.Key is not null || answer.UserDecryptionOptions is not null || answer.ApiUseKeyConnector is not null)
        {
            _login = answer with { AccessToken = null, RefreshToken = null, TwoFactorToken = null };
        }
    }

    /// <inheritdoc/>
    public BitwardenException End(BitwardenException cause)
    {
        // During the login itself there is nothing yet that could end.
        if (Ended is null)
        {
            return cause;
        }

        string reason = cause.Code == ErrorCodes.TokenRefused ? "the server refuses its access tokens." : Tokens.Grant.EndReason;
        SessionException ended = SessionException.Expired(Account, reason, cause.Code);
        Ended(ended, cause);
        return ended;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _disposed = true;
        Snapshot?.Bytes.Release();
        Snapshot = null;
        _login = new TokenResponse();
        _tokens?.Dispose();
        _api?.Dispose();
        _anonymous?.Dispose();
    }

    private async Task LoginAsync(CancellationToken cancellationToken)
    {
        using CancellationTokenSource configLimit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task<ConfigResponse?> config = TryGetConfigAsync(configLimit.Token);
        _ = Task.Run(SyncReader.WarmUp, CancellationToken.None);
        try
        {
            TokenResponse login = await Tokens.LoginAsync(cancellationToken).ConfigureAwait(false);
            Update(login);
            SetEmail(AccessTokenClaims.Read(login.AccessToken!).Email);
            if (_email is null)
            {
                await FetchAsync(cancellationToken).ConfigureAwait(false);
            }

            configLimit.CancelAfter(s_configWait);
        }
        catch
        {
            await configLimit.CancelAsync().ConfigureAwait(false);
            await config.ConfigureAwait(false);
            Dispose();
            throw;
        }

        ServerConfig = await config.ConfigureAwait(false);
    }

    // Optional: what it says is shown, and nothing depends on it.
    private async Task<ConfigResponse?> TryGetConfigAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await Anonymous.GetConfigAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is BitwardenException or OperationCanceledException)
        {
            return null;
        }
    }

    private static bool IsAtLeast(string? version, Version least) =>
        Version.TryParse(version?.Split('-', '+')[0], out Version? known) && known >= least;

    // By what the client id, the token or an earlier answer said.
    private void EnsureSameAccount(Guid userId)
    {
        Guid? expected = _tokens?.UserId ?? Snapshot?.Profile.Id;
        if (expected is Guid known && userId != known)
        {
            throw ServerException.AccountChanged(Server.Api.Authority);
        }
    }

    // Some servers do not have it; then every sync fetches.
    private async Task<DateTimeOffset?> TryGetRevisionAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await Api.GetRevisionDateAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (ServerException e) when (e.Status is not null)
        {
            return null;
        }
    }

    private BitwardenException WhyOffline() => CopyDate is null ? OfficialClientException.Offline(Account) : SessionException.Offline(Account);

    private void SetEmail(string? email)
    {
        if (!string.IsNullOrWhiteSpace(email))
        {
            _email = email.Trim();
        }
    }
}
