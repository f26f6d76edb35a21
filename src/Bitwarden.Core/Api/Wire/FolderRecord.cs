namespace Bitwarden.Core.Api.Wire;

/// <summary>A personal folder; the name is under the user key.</summary>
internal sealed record FolderRecord
{
    public Guid Id { get; init; }

    public string? Name { get; init; }

    public DateTimeOffset? RevisionDate { get; init; }
}
