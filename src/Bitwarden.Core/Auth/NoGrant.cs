using Bitwarden.Core.Api;
using Bitwarden.Core.Api.Wire;
using Bitwarden.Core.Crypto;
using Bitwarden.Core.Errors;

namespace Bitwarden.Core.Auth;

/// <summary>
/// There is no way to get another token: a session that was imported from an API-key session has its access token, but not the key. It can be used
/// until that token expires.
/// </summary>
internal sealed class NoGrant : ITokenGrant
{
    /// <inheritdoc/>
    public string EndReason => "its access token has expired, and an imported session has no API key to get another one with.";

    /// <inheritdoc/>
    public SecretBytes? CopyRefreshToken() => null;

    /// <inheritdoc/>
    public FormBody CreateForm(DeviceIdentity device) => throw AuthenticationFailedException.NoGrant();

    /// <inheritdoc/>
    public void Update(TokenResponse answer) => answer.RefreshToken?.Dispose();

    /// <inheritdoc/>
    public void Dispose()
    {
    }
}
