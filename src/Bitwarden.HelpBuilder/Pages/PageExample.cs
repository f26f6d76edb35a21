namespace Bitwarden.HelpBuilder.Pages;

/// <summary>An example: what is typed, and what is said about it.</summary>
internal sealed record PageExample(int Line, string Title, IReadOnlyList<string> Remarks)
{
    internal string Code { get; init; } = "";

    /// <summary>Where the first line of <see cref="Code"/> stands.</summary>
    internal int CodeLine { get; init; }
}
