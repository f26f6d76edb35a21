namespace Bitwarden.TestServer.Identity;

/// <summary>What a token was granted for.</summary>
internal sealed record TokenGrant(string ClientId, string Scope, string Issuer, string DeviceIdentifier, string DeviceType);
