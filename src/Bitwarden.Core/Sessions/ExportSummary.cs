namespace Bitwarden.Core.Sessions;

/// <summary>What became of an export.</summary>
public sealed record ExportSummary
{
    /// <summary>The file; null when nothing was written, because items cannot be read and were not to be left out.</summary>
    public string? Path { get; init; }

    /// <summary>How many items the file has.</summary>
    public required int ItemCount { get; init; }

    /// <summary>How many folders, or collections of an organization.</summary>
    public required int PlaceCount { get; init; }

    /// <summary>What cannot be read.</summary>
    public required IReadOnlyList<UnreadableItem> Unreadable { get; init; }

    /// <summary>How many items are of kinds that a table cannot hold; zero for other forms.</summary>
    public required int LeftOutCount { get; init; }

    /// <summary>How many files the items have. No form of export holds them.</summary>
    public required int FileCount { get; init; }

    /// <summary>Whether items cannot be read.</summary>
    public bool IsIncomplete => Unreadable.Count > 0;
}
