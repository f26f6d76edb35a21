namespace Bitwarden.TestServer.Identity;

/// <summary>The form of a token request; names of fields ignore case.</summary>
internal sealed class TokenRequest(HttpRequest request, IFormCollection form)
{
    internal HttpRequest Http => request;

    internal string ClientId => Field("client_id");

    internal string GrantType => Field("grant_type");

    internal string DeviceIdentifier => Field("deviceIdentifier");

    internal string DeviceType => Field("deviceType");

    internal string Field(string name) => form[name].ToString();

    internal string[] Scopes => Field("scope").Split(' ', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>The issuer is scheme and host, without port and path.</summary>
    internal GrantedAccess ToAccess() =>
        new(ClientId, string.Join(' ', Scopes), $"{request.Scheme}://{request.Host.Host}", DeviceIdentifier, DeviceType);
}
