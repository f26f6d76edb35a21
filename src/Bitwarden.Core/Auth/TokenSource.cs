using Bitwarden.Core.Api;
using Bitwarden.Core.Api.Wire;
using Bitwarden.Core.Errors;

namespace Bitwarden.Core.Auth;

/// <summary>
/// The tokens of a session. Before a token runs out a new one is asked for, as the same device, with one request in flight however many
/// callers wait (protocol 3.4). A network error changes nothing; a refusal ends the session.
/// </summary>
internal sealed class TokenSource : IAccessTokenSource, IDisposable
{
    // What the official server gives, for servers that do not say.
    private static readonly TimeSpan s_usualLifetime = TimeSpan.FromHours(1);
    private readonly AnonymousApiClient _api;
    private readonly TimeProvider _time;
    private readonly ITokenOwner _owner;
    private readonly SemaphoreSlim _oneInFlight = new(1, 1);
    private AccessToken? _token;
    private SessionException? _ended;

    /// <param name="grant">By what tokens are had.</param>
    /// <param name="api">Asks for them.</param>
    /// <param name="owner">Is told of each.</param>
    /// <param name="userId">Whose tokens they must be; null for whose the first is.</param>
    internal TokenSource(ITokenGrant grant, AnonymousApiClient api, ITokenOwner owner, Guid? userId)
    {
        UserId = userId;
        Grant = grant;
        _api = api;
        _time = api.Options.TimeProvider;
        _owner = owner;
    }

    internal ITokenGrant Grant { get; }

    /// <summary>Whose tokens they are, by the API key or the first token; null where neither says.</summary>
    internal Guid? UserId { get; private set; }

    /// <summary>The token as it is; null when there is none.</summary>
    internal AccessToken? Current => _token;

    /// <summary>Asks for a token with the grant; failures arrive as they are.</summary>
    internal async Task<TokenResponse> LoginAsync(CancellationToken cancellationToken)
    {
        using FormBody form = Grant.CreateForm(_api.Device);
        TokenResponse response = await _api.RequestTokenAsync(form, TokenErrors.FromApiKey, email: null, cancellationToken).ConfigureAwait(false);
        Update(response);

        // For a later login with a password, and nobody asked for it here.
        response.TwoFactorToken?.Dispose();
        return response;
    }

    /// <summary>Takes the tokens of an answer.</summary>
    /// <exception cref="ServerException">AccountChanged: they are another account's; they were zeroed.</exception>
    internal void Update(TokenResponse answer)
    {
        AccessTokenClaims claims = AccessTokenClaims.Read(answer.AccessToken!);
        if (claims.UserId is not null && UserId is not null && claims.UserId != UserId)
        {
            answer.Forget();
            throw ServerException.AccountChanged(_api.Server.Identity.Authority);
        }

        UserId ??= claims.UserId;
        TimeSpan lifetime = answer.ExpiresIn is int seconds ? TimeSpan.FromSeconds(Math.Max(seconds, 1)) : claims.Lifetime ?? s_usualLifetime;
        _token = new AccessToken(answer.AccessToken!, lifetime, _time);
        Grant.Update(answer);
    }

    /// <inheritdoc/>
    public async Task<string> GetAsync(string? rejected, CancellationToken cancellationToken)
    {
        if (Usable(rejected) is string token)
        {
            return token;
        }

        await _oneInFlight.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return Usable(rejected) ?? await RenewAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _oneInFlight.Release();
        }
    }

    /// <summary>
    /// Runs something during which no other token is asked for, such as the rotation of what tokens are asked with: a renewal before or beside it could end
    /// the session
    /// that rotates. The call itself may have its token renewed, through the source that it is given.
    /// </summary>
    internal async Task<T> WithoutRenewalsAsync<T>(Func<IAccessTokenSource, Task<T>> work, CancellationToken cancellationToken)
    {
        await _oneInFlight.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await work(new Held(this)).ConfigureAwait(false);
        }
        finally
        {
            _oneInFlight.Release();
        }
    }

    /// <inheritdoc/>
    public BitwardenException Refuse(string host) => End(AuthenticationFailedException.TokenRefused(host));

    /// <inheritdoc/>
    public void Dispose()
    {
        _token = null;
        Grant.Dispose();
    }

    private string? Usable(string? rejected)
    {
        if (_ended is not null)
        {
            throw _ended;
        }

        return _token is { IsUsable: true } token && token.Value != rejected ? token.Value : null;
    }

    private async Task<string> RenewAsync(CancellationToken cancellationToken)
    {
        try
        {
            TokenResponse response = await LoginAsync(cancellationToken).ConfigureAwait(false);
            _owner.Update(response);
            return response.AccessToken!;
        }
        catch (AuthenticationFailedException e)
        {
            // Only the server's own refusal ends a session; what a proxy answers does not.
            throw End(e);
        }
    }

    private BitwardenException End(BitwardenException cause)
    {
        BitwardenException failure = _owner.End(cause);
        if (failure is SessionException ended)
        {
            _token = null;
            _ended = ended;
        }

        return failure;
    }

    /// <summary>The source for whoever has its turn already.</summary>
    private sealed class Held(TokenSource tokens) : IAccessTokenSource
    {
        public async Task<string> GetAsync(string? rejected, CancellationToken cancellationToken) =>
            tokens.Usable(rejected) ?? await tokens.RenewAsync(cancellationToken).ConfigureAwait(false);

        public BitwardenException Refuse(string host) => tokens.Refuse(host);
    }
}
