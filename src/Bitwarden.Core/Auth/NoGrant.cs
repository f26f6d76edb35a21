using Bitwarden.Core.Api;
using Bitwarden.Core.Api.Wire;
using Bitwarden.Core.Errors;

namespace Bitwarden.Core.Auth;

/// <summary>
/// No means to get another token: a session that was imported from an API-key session has its access token, but not the key. It can be used until that
/// token runs out.
/// </summary>
internal sealed class NoGrant : ITokenGrant
{
    /// <inheritdoc/>
    public string EndReason => "its access token has run out, and an imported session has no API key to get another one.";

    /// <inheritdoc/>
    public string? ExportRefreshToken() => null;

    /// <inheritdoc/>
    public FormBody CreateForm(DeviceIdentity device) => throw AuthenticationFailedException.NoGrant();

    /// <inheritdoc/>
    public void Update(TokenResponse answer)
    {
    }

    /// <inheritdoc/>
    public void Dispose()
    {
    }
}
