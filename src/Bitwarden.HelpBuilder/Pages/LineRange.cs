namespace Bitwarden.HelpBuilder.Pages;

/// <summary>Lines of a page. The first line of a page is 1; a range of no lines stands before its first one.</summary>
internal sealed record LineRange(int First, int Count);
