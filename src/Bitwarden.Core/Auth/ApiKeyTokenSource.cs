using Bitwarden.Core.Api;
using Bitwarden.Core.Api.Wire;
using Bitwarden.Core.Errors;

namespace Bitwarden.Core.Auth;

/// <summary>
/// The tokens of an API-key session. There is no refresh token: before a token runs out the key is sent again, as the same device,
/// with one request in flight however many callers wait (client protocol 3.5).
/// </summary>
internal sealed class ApiKeyTokenSource : IAccessTokenSource, IDisposable
{
    private readonly ApiKey _key;
    private readonly DeviceIdentity _device;
    private readonly TimeProvider _time;
    private readonly SemaphoreSlim _oneInFlight = new(1, 1);
    private AccessToken? _token;
    private SessionException? _ended;

    internal ApiKeyTokenSource(ApiKey key, DeviceIdentity device, TimeProvider time)
    {
        _key = key;
        _device = device;
        _time = time;
    }

    /// <summary>Set once by the session that owns both; the client needs this source to be made.</summary>
    internal BitwardenApiClient? Client { get; set; }

    /// <summary>Told of each answer: a renewal brings fresh key material too.</summary>
    internal Action<TokenResponse>? Renewed { get; set; }

    /// <summary>Told when the key is no longer accepted; gives the failure that all later calls get.</summary>
    internal Func<BitwardenException, SessionException>? Ended { get; set; }

    /// <summary>Logs in for the first time; failures arrive as they are.</summary>
    internal async Task<TokenResponse> LoginAsync(CancellationToken cancellationToken)
    {
        using FormBody form = Form();
        TokenResponse response = await Client!.RequestTokenAsync(form, cancellationToken).ConfigureAwait(false);
        if (string.IsNullOrEmpty(response.AccessToken))
        {
            throw ServerException.Unexpected(Client.IdentityHost, System.Net.HttpStatusCode.OK, "no access token.");
        }

        _token = new AccessToken(response.AccessToken, TimeSpan.FromSeconds(Math.Max(response.ExpiresIn, 1)), _time);
        return response;
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
        AuthenticationFailedException refused = AuthenticationFailedException.Refused(host, "a fresh access token is not accepted.");
        return Ended is null ? refused : End(refused);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _token = null;
        _key.Dispose();
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
            throw End(e);
        }
    }

    private SessionException End(BitwardenException cause)
    {
        _token = null;
        return _ended = Ended!(cause);
    }

    private FormBody Form() => new(
        [
            new("scope", "api"),
            new("client_id", _key.ClientId),
            new("deviceType", _device.Type.ToString(System.Globalization.CultureInfo.InvariantCulture)),
            new("deviceIdentifier", _device.Identifier.ToString()),
            new("deviceName", _device.Name),
            new("grant_type", "client_credentials"),
        ],
        "client_secret",
        _key.ClientSecret);
}
