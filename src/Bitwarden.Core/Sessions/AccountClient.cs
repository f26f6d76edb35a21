using Bitwarden.Core.Api;
using Bitwarden.Core.Api.Wire;
using Bitwarden.Core.Auth;
using Bitwarden.Core.Errors;
using Bitwarden.Core.Vault;

namespace Bitwarden.Core.Sessions;

/// <summary>One account on one server, logged in: its tokens, its calls and what they said about how to unlock it. Knows no key.</summary>
internal sealed class AccountClient : IDisposable
{
    private static readonly TimeSpan s_configWait = TimeSpan.FromSeconds(2);
    private readonly ApiKeyTokenSource _tokens;
    private readonly ConnectionOptions _options;
    private TokenResponse _login = new();

    private AccountClient(ApiKeyTokenSource tokens, BitwardenApiClient api, ConnectionOptions options)
    {
        _tokens = tokens;
        _options = options;
        Api = api;
    }

    internal BitwardenApiClient Api { get; }

    /// <summary>The e-mail; the client id until the server has told the e-mail.</summary>
    internal string Account { get; private set; } = string.Empty;

    /// <summary>What kind of server it is; null when it does not say.</summary>
    internal ConfigResponse? ServerConfig { get; private set; }

    /// <summary>The encrypted account as last fetched; null before the first sync.</summary>
    internal VaultSnapshot? Snapshot { get; private set; }

    /// <summary>What the token answer said about unlocking; null when it was not complete.</summary>
    internal UnlockMaterial? LoginMaterial => UnlockMaterial.From(_login, Email);

    /// <summary>False when the server says that there is no master password.</summary>
    internal bool HasMasterPassword =>
        _login.ApiUseKeyConnector != true
        && _login.UserDecryptionOptions?.HasMasterPassword != false
        && Snapshot?.Profile.UsesKeyConnector != true;

    private string? Email { get; set; }

    /// <summary>Logs in with an API key, which it then owns.</summary>
    internal static async Task<AccountClient> ConnectAsync(
        ApiKey key, ServerEnvironment server, ConnectionOptions options, CancellationToken cancellationToken)
    {
        DeviceIdentity device = DeviceIdentity.Create(options.DeviceIdentifier, server, key.ClientId);
        ApiKeyTokenSource tokens = new(key, device, options.TimeProvider);
        BitwardenApiClient api = new(server, device, options, tokens);
        tokens.Client = api;
        AccountClient client = new(tokens, api, options) { Account = key.ClientId };
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

    /// <summary>Says what to do when the server gives no more tokens.</summary>
    internal void WhenEnded(Func<BitwardenException, SessionException> ended) => _tokens.Ended = ended;

    /// <summary>Fetches the account and keeps it.</summary>
    internal async Task<VaultSnapshot> FetchAsync(CancellationToken cancellationToken)
    {
        SyncResponse sync = await Api.SyncAsync(cancellationToken).ConfigureAwait(false);
        VaultSnapshot snapshot = new(sync, _options.TimeProvider.GetUtcNow());
        Learn(snapshot.Profile.Email);
        Snapshot = snapshot;
        return snapshot;
    }

    /// <summary>The newest that the server says about unlocking, with prelogin for servers that say it nowhere else.</summary>
    internal async Task<UnlockMaterial?> MaterialOfAsync(VaultSnapshot snapshot, CancellationToken cancellationToken)
    {
        if (snapshot.Unlock is UnlockMaterial newest)
        {
            return newest;
        }

        if (LoginMaterial is UnlockMaterial login)
        {
            return login;
        }

        if (Email is null)
        {
            return null;
        }

        PreloginResponse prelogin = await Api.PreloginAsync(Email, cancellationToken).ConfigureAwait(false);
        return UnlockMaterial.From(prelogin, Email, snapshot.Profile.Key);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Snapshot = null;
        _tokens.Dispose();
        Api.Dispose();
    }

    private async Task LoginAsync(CancellationToken cancellationToken)
    {
        using CancellationTokenSource configLimit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task<ConfigResponse?> config = TryGetConfigAsync(configLimit.Token);
        try
        {
            TokenResponse login = await _tokens.LoginAsync(cancellationToken).ConfigureAwait(false);
            Keep(login);
            _tokens.Renewed = Keep;
            Learn(AccessTokenClaims.Read(login.AccessToken!).Email);
            if (Email is null)
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

    // The token itself has one owner, the token source.
    private void Keep(TokenResponse login) => _login = login with { AccessToken = null };

    private void Learn(string? email)
    {
        if (!string.IsNullOrWhiteSpace(email))
        {
            Email = email.Trim();
            Account = Email;
        }
    }
}
