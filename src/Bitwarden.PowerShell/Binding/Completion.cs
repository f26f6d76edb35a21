using System.Management.Automation;
using System.Management.Automation.Language;
using Bitwarden.Core.Errors;

namespace Bitwarden.PowerShell.Binding;

/// <summary>Makes completion results: filtered by what is typed, quoted where PowerShell needs it.</summary>
internal static class Completion
{
    internal static IEnumerable<CompletionResult> Of(IEnumerable<Candidate> candidates, string typed)
    {
        string start = typed.Trim('\'', '"');
        return candidates
            .Where(candidate => StartsWith(candidate.Text, start) || StartsWith(candidate.Also, start))
            .OrderBy(candidate => candidate.Text, StringComparer.OrdinalIgnoreCase)
            .Select(candidate => new CompletionResult(
                Quote(candidate.Text), Shown(candidate.Text), CompletionResultType.ParameterValue, Shown(candidate.ToolTip)));
    }

    /// <summary>Names that need no explanation; one that several have comes once.</summary>
    internal static IEnumerable<CompletionResult> OfNames(IEnumerable<string> names, string typed) =>
        Of(names.Distinct(StringComparer.OrdinalIgnoreCase).Select(name => new Candidate(name, name)), typed);

    private static bool StartsWith(string? text, string start) => text is not null && text.StartsWith(start, StringComparison.OrdinalIgnoreCase);

    private static string Shown(string text) => ForeignText.Show(text, ForeignText.NameLength);

    private static string Quote(string text)
    {
        if (ForeignText.Show(text, text.Length) != text)
        {
            return Escape(text);
        }

        bool bare = text.Length > 0 && text.All(c => char.IsLetterOrDigit(c) || c is '-' or '_' or '.' or '/' or '@' or ':')
            && text[0] is not ('-' or '@');
        return bare ? text : $"'{CodeGeneration.EscapeSingleQuotedStringContent(text)}'";
    }

    // The line that is edited is shown by the terminal too: what it would obey stands there as PowerShell's own escape for the same character.
    private static string Escape(string text) => $"\"{string.Concat(text.Select(c => IsPlain(c) ? c.ToString() : $"`u{{{(int)c:x}}}"))}\"";

    private static bool IsPlain(char c) =>
        c is not ('"' or '`' or '$' or '#' or '\u201C' or '\u201D' or '\u201E') && ForeignText.Show(c.ToString(), 1) == c.ToString();
}
