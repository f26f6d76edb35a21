using System.Text.Json;
using System.Text.Json.Serialization;

namespace Bitwarden.Core.Api.Wire;

/// <summary>Answer of <c>GET sync</c>: the whole account, encrypted.</summary>
internal sealed record SyncResponse
{
    public ProfileRecord? Profile { get; init; }

    public FolderRecord[]? Folders { get; init; }

    public CollectionRecord[]? Collections { get; init; }

    [JsonConverter(typeof(CipherListConverter))]
    public CipherRecord[]? Ciphers { get; init; }

    public UserDecryptionRecord? UserDecryption { get; init; }

    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Unknown { get; set; }
}

/// <summary>A personal folder; the name is under the user key.</summary>
internal sealed record FolderRecord
{
    public Guid Id { get; init; }

    public string? Name { get; init; }
}

/// <summary>An organization's collection; the name is under the organization key.</summary>
internal sealed record CollectionRecord
{
    public Guid Id { get; init; }

    public Guid OrganizationId { get; init; }

    public string? Name { get; init; }
}
