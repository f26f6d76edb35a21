using System.Management.Automation;
using System.Management.Automation.Language;

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
            .Select(candidate => new CompletionResult(Quote(candidate.Text), candidate.Text, CompletionResultType.ParameterValue, candidate.ToolTip));
    }

    private static bool StartsWith(string? text, string start) => text is not null && text.StartsWith(start, StringComparison.OrdinalIgnoreCase);

    private static string Quote(string text)
    {
        bool bare = text.Length > 0 && text.All(c => char.IsLetterOrDigit(c) || c is '-' or '_' or '.' or '/' or '@' or ':')
            && text[0] is not ('-' or '@');
        return bare ? text : $"'{CodeGeneration.EscapeSingleQuotedStringContent(text)}'";
    }
}
