using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.WebUtilities;

namespace Bitwarden.TestServer.Identity;

/// <summary>Makes access tokens: JWTs with RS256 and the claims of the official server.</summary>
internal sealed class AccessTokenSigner(RSA key)
{
    private const string Header = """{"alg":"RS256","kid":"embedded","typ":"at+jwt"}""";
    private readonly object _gate = new();

    internal string Sign(TestAccount account, GrantedAccess access, DateTimeOffset issued, TimeSpan lifetime)
    {
        string payload = $"{Encode(Header)}.{Encode(Claims(account, access, issued, issued + lifetime).ToJsonString())}";
        byte[] bytes = System.Text.Encoding.ASCII.GetBytes(payload);
        lock (_gate)
        {
            byte[] signature = key.SignData(bytes, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
            return $"{payload}.{WebEncoders.Base64UrlEncode(signature)}";
        }
    }

    private static string Encode(string json) => WebEncoders.Base64UrlEncode(System.Text.Encoding.UTF8.GetBytes(json));

    private static JsonObject Claims(TestAccount account, GrantedAccess access, DateTimeOffset issued, DateTimeOffset expires) => new()
    {
        ["iss"] = access.Issuer,
        ["nbf"] = issued.ToUnixTimeSeconds(),
        ["iat"] = issued.ToUnixTimeSeconds(),
        ["exp"] = expires.ToUnixTimeSeconds(),
        ["scope"] = JsonSerializer.SerializeToNode(access.Scope.Split(' ')),
        ["amr"] = new JsonArray("Application"),
        ["client_id"] = access.ClientId,
        ["sub"] = account.UserId.ToString(),
        ["type"] = "User",
        ["email"] = account.Email,
        ["email_verified"] = account.EmailVerified,
        ["name"] = account.Profile.Name,
        ["premium"] = account.Premium,
        ["sstamp"] = account.SecurityStamp,
        ["device"] = access.DeviceIdentifier,
        ["devicetype"] = access.DeviceType,
        ["jti"] = Guid.NewGuid().ToString("N"),
    };
}
