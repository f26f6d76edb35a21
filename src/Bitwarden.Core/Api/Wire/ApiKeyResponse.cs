using System.Text.Json.Serialization;
using Bitwarden.Core.Crypto;

namespace Bitwarden.Core.Api.Wire;

/// <summary>Answer of <c>POST accounts/api-key</c> and <c>accounts/rotate-api-key</c>; the client id is not in it.</summary>
internal sealed record ApiKeyResponse
{
    [JsonConverter(typeof(SecretTextConverter))]
    public SecretBytes? ApiKey { get; init; }

    public DateTimeOffset? RevisionDate { get; init; }
}

/// <summary>Answer of <c>GET user-keys</c> of a Key Connector: 32 bytes in base64, in place of a master key.</summary>
internal sealed record KeyConnectorResponse
{
    [JsonConverter(typeof(SecretBase64Converter))]
    public SecretBytes? Key { get; init; }
}
