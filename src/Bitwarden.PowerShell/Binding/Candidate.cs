namespace Bitwarden.PowerShell.Binding;

/// <summary>Something that could be meant by what is typed.</summary>
/// <param name="Text">What is put in its place.</param>
/// <param name="ToolTip">What it is; never a value.</param>
/// <param name="Also">Another beginning that it is found by; null for none.</param>
internal sealed record Candidate(string Text, string ToolTip, string? Also = null);
