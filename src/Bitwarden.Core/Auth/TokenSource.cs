using Bitwarden.Core.Api;
using Bitwarden.Core.Api.Wire;
using Bitwarden.Core.Errors;

namespace Bitwarden.Core.Auth;

/// <summary>
/// The tokens of a session. Before a token runs out a new one is asked for, as the same device, with one request in flight however many
/// callers wait (client protocol 3.5). A network error changes nothing; a refusal ends the session.
/// </summary>
internal sealed class TokenSource : IAccessTokenSource, IDisposable
{
    private readonly ITokenGrant _grant;
    private readonly DeviceIdentity _device;
    private readonly TimeProvider _time;
    private readonly SemaphoreSlim _oneInFlight = new(1, 1);
    private AccessToken? _token;
    private SessionException? _ended;

    internal TokenSource(ITokenGrant grant, DeviceIdentity device, TimeProvider time)
    {
        _grant = grant;
        _device = device;
        _time = time;
    }

    /// <summary>Set once by the session that owns both; the client needs this source to be made.</summary>
    internal BitwardenApiClient? Client { get; set; }

    /// <summary>Told of each answer: a repeated login brings fresh key material too.</summary>
    internal Action<TokenResponse>? Renewed { get; set; }

    /// <summary>Told when the grant is no longer accepted; gives the failure that all later calls get.</summary>
    internal Func<BitwardenException, SessionException>? Ended { get; set; }

    internal ITokenGrant Grant => _grant;

    /// <summary>The token as it is; null when there is none.</summary>
    internal AccessToken? Current => _token;

    /// <summary>Logs in for the first time; failures arrive as they are.</summary>
    internal async Task<TokenResponse> LoginAsync(CancellationToken cancellationToken)
    {
        using FormBody form = _grant.CreateForm(_device);
        TokenResponse response = await Client!.RequestTokenAsync(form, TokenErrors.FromApiKey, cancellationToken).ConfigureAwait(false);
        Adopt(response);
        return response;
    }

    /// <summary>Takes the tokens of a login that was made elsewhere.</summary>
    internal void Adopt(TokenResponse response)
    {
        _token = new AccessToken(response.AccessToken!, TimeSpan.FromSeconds(Math.Max(response.ExpiresIn, 1)), _time);
        _grant.Accept(response);
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

    /// <inheritdoc/>
    public BitwardenException Refuse(string host)
    {
        AuthenticationFailedException refused = AuthenticationFailedException.TokenRefused(host);
        return Ended is null ? refused : End(refused);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _token = null;
        _grant.Dispose();
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
            Renewed?.Invoke(response);
            return response.AccessToken!;
        }
        catch (AuthenticationFailedException e) when (Ended is not null)
        {
            // Only the server's own refusal ends a session; what a proxy answers does not.
            throw End(e);
        }
    }

    private SessionException End(BitwardenException cause)
    {
        _token = null;
        return _ended = Ended!(cause);
    }
}
