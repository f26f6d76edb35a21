using Bitwarden.Core.Api;
using Bitwarden.Core.Api.Wire;
using Bitwarden.Core.Crypto;

namespace Bitwarden.Core.Auth;

/// <summary>grant_type client_credentials with a personal API key (protocol 3.2). There is no refresh token: the key is sent again.</summary>
internal sealed class ApiKeyGrant(ApiKeyCredential key) : ITokenGrant
{
    private ApiKeyCredential _key = key;

    /// <inheritdoc/>
    public string EndReason => "the server no longer accepts the API key; most likely it was rotated.";

    /// <inheritdoc/>
    public FormBody CreateForm(DeviceIdentity device) => device.AddTo(new FormBody()
        .Add("scope", "api")
        .Add("client_id", _key.ClientId))
        .Add("grant_type", "client_credentials")
        .Add("client_secret", _key.ClientSecret);

    /// <inheritdoc/>
    public void Update(TokenResponse answer) => answer.RefreshToken?.Dispose();

    /// <inheritdoc/>
    public SecretBytes? CopyRefreshToken() => null;

    /// <summary>Goes on with a new secret, after the key was rotated.</summary>
    internal void Replace(SecretBytes clientSecret)
    {
        ApiKeyCredential old = _key;
        _key = ApiKeyCredential.Create(old.ClientId, clientSecret);
        old.Dispose();
    }

    /// <inheritdoc/>
    public void Dispose() => _key.Dispose();
}
