using System.Text.Json.Serialization;

namespace Bitwarden.Core.Api.Wire;

/// <summary>What is read of an item's document beside its row in the index, and beside the members of its type (protocol 5.2).</summary>
internal sealed record CipherRecord
{
    public Guid[]? CollectionIds { get; init; }

    public bool? ViewPassword { get; init; }

    /// <summary>False where an organization lets the account only read the item.</summary>
    public bool? Edit { get; init; }

    public string? Notes { get; init; }

    /// <summary>Whether the item has a key of its own, wrapped with its owner's.</summary>
    public string? Key { get; init; }

    [JsonConverter(typeof(TolerantObjectConverter<LoginRecord>))]
    public LoginRecord? Login { get; init; }

    public FieldRecord[]? Fields { get; init; }

    public AttachmentRecord[]? Attachments { get; init; }
}
