namespace Bitwarden.Core.Sessions;

/// <summary>What an import has done.</summary>
public sealed record ImportSummary
{
    /// <summary>How many items were added.</summary>
    public required int ItemCount { get; init; }

    /// <summary>How many folders or collections were added. Those that were there by name were used.</summary>
    public required int PlaceCount { get; init; }

    /// <summary>How many items of the file were in the vault already; zero unless an import was resumed.</summary>
    public required int SkippedCount { get; init; }
}
