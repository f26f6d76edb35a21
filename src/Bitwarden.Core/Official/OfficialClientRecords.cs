using System.Text.Json.Serialization;

namespace Bitwarden.Core.Official;

/// <summary>An account in the official client's data file.</summary>
internal sealed record OfficialAccountRecord
{
    public string? Name { get; init; }

    public string? Email { get; init; }

    public bool? EmailVerified { get; init; }

    public DateTimeOffset? CreationDate { get; init; }
}

/// <summary>Which server an account of the official client is on. The addresses are null for the vendor's clouds.</summary>
internal sealed record OfficialEnvironmentRecord
{
    public string? Region { get; init; }

    public OfficialUrlsRecord? Urls { get; init; }

    public OfficialUrlsRecord? EnvironmentUrls { get; init; }

    /// <summary>The addresses, by their newer name or their older one.</summary>
    [JsonIgnore]
    public OfficialUrlsRecord? Addresses => Urls ?? EnvironmentUrls;
}

/// <summary>Addresses of services; each one may be missing.</summary>
internal sealed record OfficialUrlsRecord
{
    public string? Base { get; init; }

    public string? Api { get; init; }

    public string? Identity { get; init; }
}

/// <summary>The account's key pair, in the part of either encryption version.</summary>
internal sealed record OfficialKeyPairRecord
{
    [JsonPropertyName("private_key")]
    public string? PrivateKey { get; init; }
}

/// <summary>An organization's key: shared by RSA, or wrapped with a provider's key.</summary>
internal sealed record OfficialOrganizationKeyRecord
{
    public string? Type { get; init; }

    public string? Key { get; init; }

    public Guid? ProviderId { get; init; }
}
