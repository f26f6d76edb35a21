using System.Text.Json.Serialization;

namespace Bitwarden.Core.Api.Wire;

/// <summary>Answer of <c>GET config</c>: what kind of server this is.</summary>
internal sealed record ConfigResponse
{
    public string? Version { get; init; }

    public ConfigServerRecord? Server { get; init; }

    [JsonConverter(typeof(TolerantObjectConverter<FeatureStatesRecord>))]
    public FeatureStatesRecord? FeatureStates { get; init; }
}

/// <summary>The switches of the server that matter here.</summary>
internal sealed record FeatureStatesRecord
{
    [JsonPropertyName("cipher-key-encryption")]
    [JsonConverter(typeof(TolerantFlagConverter))]
    public bool? CipherKeyEncryption { get; init; }
}

/// <summary>Third-party servers name themselves; the official one leaves this out.</summary>
internal sealed record ConfigServerRecord
{
    public string? Name { get; init; }
}
