using System.Text.Json;
using System.Text.Json.Serialization;

namespace Bitwarden.Core.Api.Wire;

/// <summary>An item as the server sends it (protocol 5.2). Members that are not known here are kept.</summary>
internal sealed record CipherRecord
{
    public Guid Id { get; init; }

    public Guid? OrganizationId { get; init; }

    public Guid? FolderId { get; init; }

    public Guid[]? CollectionIds { get; init; }

    public int Type { get; init; }

    public bool Favorite { get; init; }

    public int Reprompt { get; init; }

    public bool? ViewPassword { get; init; }

    public string? Name { get; init; }

    public string? Notes { get; init; }

    public string? Key { get; init; }

    /// <summary>The whole content in one blob; null for an item that has its members one by one.</summary>
    [JsonPropertyName("data")]
    [JsonConverter(typeof(SealedBlobConverter))]
    public string? SealedData { get; init; }

    public LoginRecord? Login { get; init; }

    public Dictionary<string, JsonElement>? Card { get; init; }

    public Dictionary<string, JsonElement>? Identity { get; init; }

    public Dictionary<string, JsonElement>? SshKey { get; init; }

    public Dictionary<string, JsonElement>? BankAccount { get; init; }

    public Dictionary<string, JsonElement>? DriversLicense { get; init; }

    public Dictionary<string, JsonElement>? Passport { get; init; }

    public FieldRecord[]? Fields { get; init; }

    public AttachmentRecord[]? Attachments { get; init; }

    public DateTimeOffset? RevisionDate { get; init; }

    public DateTimeOffset? CreationDate { get; init; }

    public DateTimeOffset? DeletedDate { get; init; }

    public DateTimeOffset? ArchivedDate { get; init; }

    /// <summary>Whether only the id could be read.</summary>
    [JsonIgnore]
    public bool IsMalformed { get; init; }

    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Unknown { get; set; }
}
