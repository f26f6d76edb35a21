using System.Text.Json.Serialization;

namespace Bitwarden.Core.Api.Wire;

/// <summary>A file at an item.</summary>
internal sealed record AttachmentRecord
{
    public string? Id { get; init; }

    public string? Url { get; init; }

    public string? FileName { get; init; }

    public string? Key { get; init; }

    [JsonConverter(typeof(TolerantSizeConverter))]
    public long? Size { get; init; }
}
