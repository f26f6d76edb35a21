namespace Bitwarden.HelpBuilder.Pages;

/// <summary>What a page says about a type that the cmdlet takes or writes.</summary>
internal sealed record PageType(int Line, string Name, IReadOnlyList<string> Paragraphs);
