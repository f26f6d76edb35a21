using Bitwarden.Core.Api;
using Bitwarden.Core.Auth;

namespace Bitwarden.Core.Sessions;

/// <summary>An API key together with the only server that it may be sent to.</summary>
/// <param name="Key">The key.</param>
/// <param name="Server">The server, as the key's owner names it.</param>
public sealed record ServerApiKey(ApiKeyCredential Key, ServerEnvironment Server)
{
    /// <summary>Names the type, never the key.</summary>
    public override string ToString() => "ServerApiKey";

    internal bool IsFor(string? clientId, ServerEnvironment server) => Key.ClientId == clientId && Server.HasAddressesOf(server);
}
