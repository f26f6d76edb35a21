namespace Bitwarden.HelpBuilder.Reporting;

/// <summary>Something wrong with a page.</summary>
internal sealed record Problem(string Path, int Line, string Code, string Text)
{
    /// <summary>In the form that MSBuild, editors and build agents take for an error with a place.</summary>
    public override string ToString() => $"{Path}({Line}): error {Code}: {Text}";
}
