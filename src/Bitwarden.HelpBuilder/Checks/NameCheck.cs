using System.Text.RegularExpressions;
using Bitwarden.HelpBuilder.Pages;
using Bitwarden.HelpBuilder.Reporting;

namespace Bitwarden.HelpBuilder.Checks;

/// <summary>Cmdlets that a page mentions, and files that it links to, exist.</summary>
internal static partial class NameCheck
{
    internal static void Check(HelpPage page, IReadOnlyCollection<string> cmdlets, Problems problems)
    {
        for (int i = 0; i < page.Lines.Count; i++)
        {
            foreach (string name in Cmdlet().Matches(page.Lines[i]).Select(match => match.Value).Where(name => !cmdlets.Contains(name)))
            {
                problems.Add(page.Path, i + 1, ProblemCode.NoSuchCmdlet, $"There is no cmdlet {name}.");
            }
        }

        string folder = Path.GetDirectoryName(page.Path)!;
        foreach (PageLink link in page.Links.Where(link => !link.IsOnWeb && !File.Exists(Path.Combine(folder, link.Address))))
        {
            problems.Add(page.Path, link.Line, ProblemCode.NoSuchTarget, $"There is no file {link.Address}.");
        }
    }

    // The module's own: all of its nouns begin with Bw.
    [GeneratedRegex(@"\b[A-Z][a-z]+-Bw[A-Za-z]*\b")]
    private static partial Regex Cmdlet();
}
