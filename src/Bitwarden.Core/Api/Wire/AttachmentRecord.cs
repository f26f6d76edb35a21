using System.Text.Json.Serialization;

namespace Bitwarden.Core.Api.Wire;

/// <summary>A file at an item.</summary>
internal sealed record AttachmentRecord
{
    public string? Id { get; set; }

    public string? Url { get; set; }

    public string? FileName { get; set; }

    public string? Key { get; set; }

    [JsonConverter(typeof(TolerantSizeConverter))]
    public long? Size { get; set; }
}
