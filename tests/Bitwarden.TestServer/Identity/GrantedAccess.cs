namespace Bitwarden.TestServer.Identity;

/// <summary>What a token was granted for.</summary>
internal sealed record GrantedAccess(string ClientId, string Scope, string Issuer, string DeviceIdentifier, string DeviceType);
