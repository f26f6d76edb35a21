using System.Text.Json;

namespace Bitwarden.Core.Api.Wire;

/// <summary>Where a file that was announced is to be sent.</summary>
internal sealed record AttachmentUploadResponse
{
    /// <summary>To the server itself.</summary>
    internal const int Direct = 0;

    /// <summary>To the storage at <see cref="Url"/>.</summary>
    internal const int Storage = 1;

    public string? AttachmentId { get; init; }

    public string? Url { get; init; }

    public int? FileUploadType { get; init; }

    /// <summary>Null for what is not such an answer. The id becomes part of addresses, and may hold nothing that has a meaning there.</summary>
    internal static AttachmentUploadResponse? Read(byte[] answer)
    {
        try
        {
            AttachmentUploadResponse? place = JsonSerializer.Deserialize(answer, WireJson.Default.AttachmentUploadResponse);
            return IsPlain(place?.AttachmentId) && place is { FileUploadType: Direct or Storage } ? place : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Whether an id has letters and digits only.</summary>
    internal static bool IsPlain(string? id) => id is { Length: > 0 } && id.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');
}
