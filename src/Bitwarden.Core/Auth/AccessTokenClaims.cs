using System.Buffers.Text;
using System.Text.Json;
using Bitwarden.Core.Api.Wire;

namespace Bitwarden.Core.Auth;

/// <summary>
/// What an access token says about its user. Read without checking the signature: TLS is what we trust here, and nothing is decided
/// by it. A token that is not a JWT says nothing.
/// </summary>
internal sealed record AccessTokenClaims(Guid? UserId, string? Email, TimeSpan? Lifetime)
{
    private static readonly AccessTokenClaims s_nothing = new(null, null, null);
    private static readonly TimeSpan s_longestLifetime = TimeSpan.FromDays(365);

    internal static AccessTokenClaims Read(string accessToken)
    {
        string[] parts = accessToken.Split('.');
        if (parts.Length != 3 || Decode(parts[1]) is not byte[] payload)
        {
            return s_nothing;
        }

        try
        {
            using JsonDocument claims = JsonDocument.Parse(payload);
            return new AccessTokenClaims(
                Guid.TryParse(Text(claims.RootElement, "sub"), out Guid userId) ? userId : null,
                Text(claims.RootElement, "email"),
                LifetimeOf(claims.RootElement));
        }
        catch (JsonException)
        {
            return s_nothing;
        }
    }

    // The difference of two of the server's own dates: this machine's clock has no part in it.
    private static TimeSpan? LifetimeOf(JsonElement claims)
    {
        if (Number(claims, "exp") is not long end || (Number(claims, "iat") ?? Number(claims, "nbf")) is not long start)
        {
            return null;
        }

        double seconds = (double)end - start;
        return seconds > 0 && seconds <= s_longestLifetime.TotalSeconds ? TimeSpan.FromSeconds(seconds) : null;
    }

    private static long? Number(JsonElement claims, string name) =>
        claims.ValueKind == JsonValueKind.Object && claims.TryGetProperty(name, out JsonElement value)
        && value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out long number)
            ? number
            : null;

    private static string? Text(JsonElement claims, string name) =>
        claims.ValueKind == JsonValueKind.Object && claims.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String
            ? WireJson.TextOf(value)
            : null;

    private static byte[]? Decode(string base64Url)
    {
        string base64 = base64Url.Replace('-', '+').Replace('_', '/');
        base64 = base64.PadRight(base64.Length + ((4 - (base64.Length % 4)) % 4), '=');
        byte[] bytes = new byte[Base64.GetMaxDecodedFromUtf8Length(base64.Length)];
        return Convert.TryFromBase64String(base64, bytes, out int written) ? bytes[..written] : null;
    }
}
