namespace Bitwarden.HelpBuilder.Pages;

/// <summary>Paragraphs under a heading, as plain text.</summary>
internal sealed record PageText(int Line, IReadOnlyList<string> Paragraphs);
