using Bitwarden.Core.Api;
using Bitwarden.Core.Api.Wire;
using Bitwarden.Core.Crypto;

namespace Bitwarden.Core.Auth;

/// <summary>How a session gets its tokens: with an API key, which is sent again each time, or with a refresh token.</summary>
internal interface ITokenGrant : IDisposable
{
    /// <summary>Why the session ends when the server refuses the grant, as the end of a sentence for the user.</summary>
    string EndReason { get; }

    /// <summary>A copy of the refresh token, to export it with the session; null when there is none.</summary>
    SecretBytes? CopyRefreshToken();

    /// <summary>Makes the token request.</summary>
    FormBody CreateForm(DeviceIdentity device);

    /// <summary>Takes from an answer what the next request needs, and owns it from then on.</summary>
    void Update(TokenResponse answer);
}
