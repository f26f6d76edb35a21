using System.Text.Json;
using System.Text.Json.Serialization;
using Bitwarden.Core.Crypto;

namespace Bitwarden.Core.Api.Wire;

/// <summary>Success of <c>POST connect/token</c>. Casing is mixed on the wire and ignored here; every member is optional.</summary>
internal sealed record TokenResponse
{
    [JsonPropertyName("access_token")]
    public string? AccessToken { get; init; }

    /// <summary>Seconds; OAuth lets a server leave it out.</summary>
    [JsonPropertyName("expires_in")]
    public int? ExpiresIn { get; init; }

    [JsonPropertyName("refresh_token")]
    [JsonConverter(typeof(SecretTextConverter))]
    public SecretBytes? RefreshToken { get; init; }

    [JsonConverter(typeof(SecretTextConverter))]
    public SecretBytes? TwoFactorToken { get; init; }

    public string? Key { get; init; }

    public string? PrivateKey { get; init; }

    public AccountKeysRecord? AccountKeys { get; init; }

    public int? Kdf { get; init; }

    public int? KdfIterations { get; init; }

    public int? KdfMemory { get; init; }

    public int? KdfParallelism { get; init; }

    public UserDecryptionRecord? UserDecryptionOptions { get; init; }

    public bool? ApiUseKeyConnector { get; init; }

    /// <summary>Whether there is an access token that can stand in a header (RFC 6750, section 2.1): visible ASCII characters only.</summary>
    [JsonIgnore]
    internal bool HasUsableToken => !string.IsNullOrEmpty(AccessToken) && AccessToken.All(c => c is > ' ' and < '\u007F');

    /// <summary>Zeroes the tokens of an answer that is not taken. The access token is a text and cannot be.</summary>
    internal void Forget()
    {
        RefreshToken?.Dispose();
        TwoFactorToken?.Dispose();
    }

    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Unknown { get; set; }
}
