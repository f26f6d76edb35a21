namespace Bitwarden.PowerShell.Injection;

/// <summary>A reference in a template.</summary>
/// <param name="Start">Where its braces begin in the text.</param>
/// <param name="End">Where they end.</param>
/// <param name="Name">The line and the column, from 1, in words.</param>
/// <param name="Reference">The reference.</param>
internal sealed record TemplatePlace(int Start, int End, string Name, string Reference);
