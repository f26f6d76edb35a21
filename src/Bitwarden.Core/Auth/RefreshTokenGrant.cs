using Bitwarden.Core.Api;
using Bitwarden.Core.Api.Wire;
using Bitwarden.Core.Crypto;

namespace Bitwarden.Core.Auth;

/// <summary>grant_type refresh_token of a password session (protocol 3.4).</summary>
internal sealed class RefreshTokenGrant : ITokenGrant
{
    private SecretBytes _refreshToken = new(0);

    /// <inheritdoc/>
    public string EndReason => "the server no longer accepts it; the master password was changed, all sessions were ended, or it was unused for too long.";

    /// <inheritdoc/>
    public SecretBytes? CopyRefreshToken() => _refreshToken.Length == 0 ? null : _refreshToken.Copy();

    /// <inheritdoc/>
    public FormBody CreateForm(DeviceIdentity device) => new FormBody()
        .Add("grant_type", "refresh_token")
        .Add("client_id", DeviceIdentity.ClientName)
        .Add("refresh_token", _refreshToken);

    /// <inheritdoc/>
    public void Update(TokenResponse answer)
    {
        if (answer.RefreshToken is { Length: > 0 } token)
        {
            SecretBytes old = _refreshToken;
            _refreshToken = token;
            old.Dispose();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _refreshToken.Dispose();
}
