namespace Bitwarden.HelpBuilder.Pages;

/// <summary>What a page says about a parameter.</summary>
internal sealed record PageParameter(int Line, string Name, IReadOnlyList<string> Paragraphs)
{
    /// <summary>The default value in the author's words; null for the usual one.</summary>
    internal string? DefaultValue { get; init; }

    /// <summary>The yaml blocks, or where they belong.</summary>
    internal required LineRange Metadata { get; init; }
}
