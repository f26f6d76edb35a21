using System.Text.RegularExpressions;

namespace Bitwarden.Module.Tests;

/// <summary>
/// Finds citations in a text, also where a comment goes on in the next line, and says what is wrong with them. The forms are those of CONTRIBUTING.md; every
/// other way to cite is a fault, since nothing would check it.
/// </summary>
internal sealed partial class CitationScanner(CitedPages pages)
{
    private const string Gap = @"(?:[ \t]*\r?\n[ \t]*(?:///?|#)?[ \t]*|[ \t]+)";
    private const string Join = "(?:,| and| to| or)";
    private const RegexOptions Options = RegexOptions.IgnoreCase | RegexOptions.CultureInvariant;

    /// <summary>Each fault of a file, as path:line: what.</summary>
    /// <param name="path">The file, from the root, with slashes.</param>
    /// <param name="text">What is in it.</param>
    internal IEnumerable<string> Faults(string path, string text)
    {
        // The page of the facts cites them by their number alone.
        bool isFacts = path == "docs/secretmanagement.md";
        IEnumerable<(int Position, string Fault)> faults =
        [
            .. Unknown(Protocol().Matches(text), pages.Protocol, "docs/protocol.md"),
            .. Unknown(Architecture().Matches(text), pages.Architecture, "docs/architecture.md"),
            .. Unknown((isFacts ? BareFact() : Fact()).Matches(text), pages.Facts, "docs/secretmanagement.md"),
            .. OtherForms(text, isFacts).Select(match => (match.Index, $"'{OneLine(match)}' is no form to cite in.")),
        ];
        return faults.OrderBy(fault => fault.Position).Select(fault => $"{path}:{LineOf(text, fault.Position)}: {fault.Fault}");
    }

    private static IEnumerable<(int Position, string Fault)> Unknown(MatchCollection citations, IReadOnlyList<string> known, string page) =>
        from match in citations
        from Capture number in match.Groups["number"].Captures
        where !known.Contains(number.Value, StringComparer.OrdinalIgnoreCase)
        select (match.Index, $"{OneLine(match)}: {page} has no {number.Value}.");

    private static IEnumerable<Match> OtherForms(string text, bool isFacts) => OtherForm().Matches(text).Concat(isFacts ? [] : UnnamedFact().Matches(text));

    private static int LineOf(string text, int position) => text.AsSpan(0, position).Count('\n') + 1;

    private static string OneLine(Match match) => LineBreak().Replace(match.Value, " ");

    [GeneratedRegex($@"(?<![\w.-])protocol{Gap}(?<number>\d+(?:\.\d+)*)(?:{Join}{Gap}(?<number>\d+(?:\.\d+)+))*", Options)]
    private static partial Regex Protocol();

    [GeneratedRegex($@"(?<![\w.-])architecture{Gap}(?<number>\d+(?:\.\d+)*)(?:{Join}{Gap}(?<number>\d+))*", Options)]
    private static partial Regex Architecture();

    [GeneratedRegex($@"SecretManagement{Gap}facts?{Gap}(?<number>W?\d+)(?:{Join}{Gap}(?<number>W?\d+))*", Options)]
    private static partial Regex Fact();

    [GeneratedRegex($@"\bfacts?{Gap}(?<number>W?\d+)(?:{Join}{Gap}(?<number>W?\d+))*", Options)]
    private static partial Regex BareFact();

    [GeneratedRegex($@"(?<!SecretManagement{Gap})\bfacts?{Gap}W?\d+", Options)]
    private static partial Regex UnnamedFact();

    // Papers that are not in the repository, and pages of ours that are named in a way that nobody checks.
    [GeneratedRegex(
        $@"client{Gap}protocol|client-protocol|server{Gap}contract|server-contract|design,?{Gap}section|(?<![\w.-])(?:design|style|peers){Gap}(?:[A-H]\.)?\d"
        + $@"|\b(?:secretmanagement-(?:facts|write)|crypto-speed|style-anchors)\b|\b(?:design|style|peers|seams|official-client)\.md"
        + $@"|\b(?:protocol|architecture|secretmanagement)\.md,?{Gap}(?:section{Gap}|fact{Gap})?\d+\.?\d*|\b(?:protocol|architecture),?{Gap}section{Gap}\d"
        + $@"|\bprotocol,{Gap}\d+\.\d+",
        Options)]
    private static partial Regex OtherForm();

    [GeneratedRegex(@"\s*\r?\n[\s/#]*")]
    private static partial Regex LineBreak();
}
