using System.Text.Json;

namespace Bitwarden.Core.Api.Wire;

/// <summary>A file at an item. The size is text on the official server and a number on some others.</summary>
internal sealed record AttachmentRecord
{
    public string? Id { get; init; }

    public string? Url { get; init; }

    public string? FileName { get; init; }

    public string? Key { get; init; }

    public JsonElement? Size { get; init; }
}
