using Bitwarden.Core.Api;
using Bitwarden.Core.Api.Wire;
using Bitwarden.Core.Auth;
using Bitwarden.Core.Crypto;
using Bitwarden.Core.Errors;
using Bitwarden.Core.Vault;

namespace Bitwarden.Core.Sessions;

/// <summary>
/// One account on one server, logged in: its tokens, its calls and what they said about how to unlock it. Knows no key. One that was read from the official
/// client has neither tokens nor a connection, so that nothing can reach the server through it.
/// </summary>
internal sealed class AccountClient : IDisposable
{
    private static readonly TimeSpan s_configWait = TimeSpan.FromSeconds(2);
    private readonly TokenSource? _tokens;
    private readonly BitwardenApiClient? _api;
    private readonly ConnectionOptions _options;
    private TokenResponse _login = new();
    private string? _email;
    private volatile bool _disposed;

    private AccountClient(ServerEnvironment server, DeviceIdentity device, TokenSource? tokens, ConnectionOptions options)
    {
        _tokens = tokens;
        _options = options;
        Server = server;
        Device = device;
        if (tokens is not null)
        {
            _api = new BitwardenApiClient(server, device, options, tokens);
            tokens.Client = _api;
            tokens.Renewed = Keep;
        }
    }

    internal ServerEnvironment Server { get; }

    internal DeviceIdentity Device { get; }

    /// <exception cref="OfficialClientException">OfficialClientOffline.</exception>
    internal BitwardenApiClient Api => _api ?? throw OfficialClientException.Offline(Account);

    internal ITokenGrant Grant => Tokens.Grant;

    /// <summary>Whether there is no server to ask for anything newer.</summary>
    internal bool IsOffline => _api is null;

    /// <summary>The e-mail; the client id until the server has told the e-mail.</summary>
    internal string Account => _email ?? ClientId ?? string.Empty;

    /// <summary>The client id of the API key; null for a password session.</summary>
    internal string? ClientId { get; private init; }

    /// <summary>What kind of server it is; null when it does not say.</summary>
    internal ConfigResponse? ServerConfig { get; private set; }

    /// <summary>The encrypted account as last fetched; null before the first sync.</summary>
    internal VaultSnapshot? Snapshot { get; private set; }

    /// <summary>The encrypted account, which is gone once this was disposed.</summary>
    internal VaultSnapshot RequireSnapshot() => Snapshot ?? throw new ObjectDisposedException(nameof(AccountClient));

    /// <summary>How the master key that opened the vault was derived; null before the first unlock.</summary>
    internal KdfSettings? UsedKdf { get; set; }

    /// <summary>What the token answer said about unlocking; null when it was not complete.</summary>
    internal UnlockMaterial? LoginMaterial => UnlockMaterial.From(_login, _email);

    /// <summary>The wrapped user key, for accounts without a master password.</summary>
    internal string? WrappedUserKey => Snapshot?.Profile.Key is { Length: > 0 } key ? key : _login.Key;

    /// <summary>Whether the account is unlocked through a Key Connector.</summary>
    internal bool UsesKeyConnector => _login.ApiUseKeyConnector == true || Snapshot?.Profile.UsesKeyConnector == true;

    /// <summary>False when the server says that there is no master password.</summary>
    internal bool HasMasterPassword => !UsesKeyConnector && _login.UserDecryptionOptions?.HasMasterPassword != false;

    /// <summary>Logs in with an API key, which it then owns.</summary>
    internal static async Task<AccountClient> ConnectAsync(
        ApiKey key, ServerEnvironment server, ConnectionOptions options, CancellationToken cancellationToken)
    {
        DeviceIdentity device = IdentityOf(key, server, options);
        AccountClient client = new(server, device, new TokenSource(new ApiKeyGrant(key), device, options.TimeProvider), options) { ClientId = key.ClientId };
        try
        {
            await client.LoginAsync(cancellationToken).ConfigureAwait(false);
            return client;
        }
        catch
        {
            client.Dispose();
            throw;
        }
    }

    /// <summary>Makes a client for a password login, which calls <see cref="Adopt"/> once it has succeeded.</summary>
    internal static AccountClient ForPassword(string email, ServerEnvironment server, ConnectionOptions options)
    {
        DeviceIdentity device = DeviceIdentity.Create(options.DeviceIdentifier, server, email);
        return new AccountClient(server, device, new TokenSource(new RefreshTokenGrant(), device, options.TimeProvider), options) { _email = email };
    }

    /// <summary>
    /// Makes a client of an exported session. With the API key of the same account it can get new tokens; another account's key is not used. Owns the key.
    /// </summary>
    internal static AccountClient Import(ExportedSession exported, ApiKey? key, ConnectionOptions options)
    {
        ServerEnvironment server = ServerEnvironment.Restore(exported.Server, exported.Identity, exported.Api);
        DeviceIdentity device = DeviceIdentity.Create(exported.DeviceIdentifier.ToString(), server, exported.Account);
        AccountClient client = new(server, device, new TokenSource(GrantOf(exported, key), device, options.TimeProvider), options)
        {
            ClientId = exported.ClientId,
            _email = exported.Account == exported.ClientId ? null : exported.Account,
        };
        TimeSpan left = exported.ExpiresAt - options.TimeProvider.GetUtcNow();
        client.Adopt(new TokenResponse { AccessToken = exported.AccessToken, ExpiresIn = (int)left.TotalSeconds, RefreshToken = exported.RefreshToken });
        return client;
    }

    private static ITokenGrant GrantOf(ExportedSession exported, ApiKey? key)
    {
        if (exported.RefreshToken is null && key is not null && key.ClientId == exported.ClientId)
        {
            return new ApiKeyGrant(key);
        }

        key?.Dispose();
        return exported.RefreshToken is null ? new NoGrant() : new RefreshTokenGrant();
    }

    /// <summary>Makes a client of what the official client has stored; it never talks to the server.</summary>
    internal static AccountClient Offline(ServerEnvironment server, VaultSnapshot snapshot, ConnectionOptions options)
    {
        DeviceIdentity device = DeviceIdentity.Create(options.DeviceIdentifier, server, snapshot.Profile.Email ?? string.Empty);
        return new AccountClient(server, device, tokens: null, options) { Snapshot = snapshot, _email = snapshot.Profile.Email };
    }

    /// <summary>What another process needs to go on with the account.</summary>
    internal async Task<ExportedSession> ExportAsync(SymmetricKey? userKey, CancellationToken cancellationToken)
    {
        string token = await Tokens.GetAsync(null, cancellationToken).ConfigureAwait(false);
        using SecretBytes? key = userKey?.CopyBytes();
        return new ExportedSession
        {
            Server = Server.Name,
            Identity = Server.Identity,
            Api = Server.Api,
            Account = Account,
            ClientId = ClientId,
            DeviceIdentifier = Device.Identifier,
            AccessToken = token,
            ExpiresAt = Tokens.Current?.ExpiresAt ?? _options.TimeProvider.GetUtcNow(),
            RefreshToken = Grant.ExportRefreshToken(),
            UserKey = key?.Span.ToArray(),
        };
    }

    /// <summary>Takes the answer of a login that was made outside.</summary>
    internal void Adopt(TokenResponse login)
    {
        Tokens.Adopt(login);
        Keep(login);
    }

    /// <summary>Says what to do when the server gives no more tokens.</summary>
    internal void WhenEnded(Func<BitwardenException, SessionException> ended)
    {
        if (_tokens is not null)
        {
            _tokens.Ended = ended;
        }
    }

    /// <summary>Fetches the account and keeps it.</summary>
    internal async Task<VaultSnapshot> FetchAsync(CancellationToken cancellationToken)
    {
        SyncResponse sync = await Api.SyncAsync(cancellationToken).ConfigureAwait(false);
        VaultSnapshot snapshot = new(sync, _options.TimeProvider.GetUtcNow());
        Learn(snapshot.Profile.Email);
        Snapshot = _disposed ? throw new ObjectDisposedException(nameof(AccountClient)) : snapshot;
        return snapshot;
    }

    /// <summary>The newest that the server says about unlocking, with prelogin for servers that say it nowhere else.</summary>
    internal async Task<UnlockMaterial?> MaterialOfAsync(VaultSnapshot snapshot, CancellationToken cancellationToken)
    {
        if ((snapshot.Unlock ?? LoginMaterial) is UnlockMaterial told)
        {
            return told;
        }

        if (_email is null)
        {
            return null;
        }

        PreloginResponse prelogin = await Api.PreloginAsync(_email, cancellationToken).ConfigureAwait(false);
        return UnlockMaterial.From(prelogin, _email, snapshot.Profile.Key);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _disposed = true;
        Snapshot = null;
        _login = new TokenResponse();
        _tokens?.Dispose();
        _api?.Dispose();
    }

    private TokenSource Tokens => _tokens ?? throw OfficialClientException.Offline(Account);

    private async Task LoginAsync(CancellationToken cancellationToken)
    {
        using CancellationTokenSource configLimit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task<ConfigResponse?> config = TryGetConfigAsync(configLimit.Token);
        _ = Task.Run(WireJson.WarmUp, CancellationToken.None);
        try
        {
            TokenResponse login = await Tokens.LoginAsync(cancellationToken).ConfigureAwait(false);
            Keep(login);
            Learn(AccessTokenClaims.Read(login.AccessToken!).Email);
            if (_email is null)
            {
                await FetchAsync(cancellationToken).ConfigureAwait(false);
            }

            configLimit.CancelAfter(s_configWait);
        }
        catch
        {
            await configLimit.CancelAsync().ConfigureAwait(false);
            throw;
        }
        finally
        {
            ServerConfig = await config.ConfigureAwait(false);
        }
    }

    private static DeviceIdentity IdentityOf(ApiKey key, ServerEnvironment server, ConnectionOptions options)
    {
        try
        {
            return DeviceIdentity.Create(options.DeviceIdentifier, server, key.ClientId);
        }
        catch
        {
            key.Dispose();
            throw;
        }
    }

    // Optional: what it says is shown, and nothing depends on it.
    private async Task<ConfigResponse?> TryGetConfigAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await Api.GetConfigAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is BitwardenException or OperationCanceledException)
        {
            return null;
        }
    }

    // The token itself has one owner, the token source. A refresh answers tokens only: what an earlier answer said stays.
    private void Keep(TokenResponse login)
    {
        if (login.Key is not null || login.UserDecryptionOptions is not null || login.ApiUseKeyConnector is not null)
        {
            _login = login with { AccessToken = null, RefreshToken = null, TwoFactorToken = null };
        }
    }

    private void Learn(string? email)
    {
        if (!string.IsNullOrWhiteSpace(email))
        {
            _email = email.Trim();
        }
    }
}
