namespace Bitwarden.HelpBuilder.Reporting;

/// <summary>The codes of build errors.</summary>
internal static class ProblemCode
{
    internal const string NoPage = "BWHELP001";
    internal const string NoSuchCmdlet = "BWHELP002";
    internal const string ParameterMissing = "BWHELP003";
    internal const string NoSuchParameter = "BWHELP004";
    internal const string NoExample = "BWHELP005";
    internal const string TextMissing = "BWHELP006";
    internal const string UnsupportedMarkdown = "BWHELP007";
    internal const string Outdated = "BWHELP008";
    internal const string NoSuchTarget = "BWHELP009";
    internal const string TypeMissing = "BWHELP010";
}
