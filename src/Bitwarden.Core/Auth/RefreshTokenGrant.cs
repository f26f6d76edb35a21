using Bitwarden.Core.Api;
using Bitwarden.Core.Api.Wire;
using Bitwarden.Core.Crypto;

namespace Bitwarden.Core.Auth;

/// <summary>grant_type refresh_token of a password session (protocol 3.4).</summary>
internal sealed class RefreshTokenGrant : ITokenGrant
{
    private readonly object _gate = new();
    private SecretBytes _refreshToken = new(0);

    /// <inheritdoc/>
    public string EndReason => "the server no longer accepts it; the master password was changed, all sessions were ended, or it was unused for too long.";

    /// <inheritdoc/>
    public SecretBytes? CopyRefreshToken()
    {
        // A renewal zeroes the old token: an export must not take half of it.
        lock (_gate)
        {
            return _refreshToken.Length == 0 ? null : _refreshToken.Copy();
        }
    }

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
            lock (_gate)
            {
                // What comes after the end of the session is not kept.
                SecretBytes unneeded = _refreshToken.IsDisposed ? token : _refreshToken;
                _refreshToken = _refreshToken.IsDisposed ? _refreshToken : token;
                unneeded.Dispose();
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_gate)
        {
            _refreshToken.Dispose();
        }
    }
}
