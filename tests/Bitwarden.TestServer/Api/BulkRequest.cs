namespace Bitwarden.TestServer.Api;

/// <summary>The ids of many items, and where they go.</summary>
internal sealed record BulkRequest(string[]? Ids, string? FolderId)
{
    internal Guid[] Items => [.. (Ids ?? []).Select(Parse).Distinct()];

    internal Guid? Folder => string.IsNullOrWhiteSpace(FolderId) ? null : Parse(FolderId);

    /// <summary>The official server parses without looking: what is no GUID is a 500.</summary>
    internal static Guid Parse(string text) => Guid.TryParse(text, out Guid id) ? id : throw ApiException.Unhandled();
}
