using Bitwarden.HelpBuilder.Pages;
using Bitwarden.HelpBuilder.Reporting;
using Bitwarden.HelpBuilder.Shapes;

namespace Bitwarden.HelpBuilder.Checks;

/// <summary>Every parameter set has an example, and examples name no parameter that is not there.</summary>
internal static class ExampleCheck
{
    internal static void Check(HelpPage page, CmdletShape cmdlet, Problems problems)
    {
        HashSet<string?> shown = [];
        foreach (PageExample example in page.Examples)
        {
            CheckText(page, example, problems);
            foreach (ExampleCall call in new ExampleReader(example.Code, cmdlet).Calls())
            {
                CheckNames(page, cmdlet, example.CodeLine + call.Line, call, problems);
                shown.Add(ParameterSetMatcher.Match(cmdlet, call));
            }
        }

        foreach (string set in cmdlet.Sets.Where(set => !shown.Contains(set)))
        {
            problems.Add(page.Path, page.Examples.Line, ProblemCode.NoExample, set == CmdletShape.SingleSet
                ? $"No example uses {cmdlet.Name}."
                : $"No example shows the parameter set '{set}' of {cmdlet.Name}. It must name or give what fits no other set.");
        }
    }

    private static void CheckText(HelpPage page, PageExample example, Problems problems)
    {
        if (example.Title.EndsWith(':'))
        {
            problems.Add(page.Path, example.Line, ProblemCode.TextMissing, $"'{example.Title}' has no title.");
        }

        if (example.Code.Length == 0)
        {
            problems.Add(page.Path, example.Line, ProblemCode.TextMissing, $"'{example.Title}' has no block of code.");
        }

        if (example.Remarks.Count == 0)
        {
            problems.Add(page.Path, example.Line, ProblemCode.TextMissing, $"'{example.Title}' does not say what it does.");
        }
    }

    private static void CheckNames(HelpPage page, CmdletShape cmdlet, int line, ExampleCall call, Problems problems)
    {
        IEnumerable<string> unknown = call.Names.Where(name => cmdlet.Find(name) is null && !CommonParameters.Has(name));
        foreach (string name in unknown)
        {
            problems.Add(page.Path, line, ProblemCode.NoSuchParameter, $"{cmdlet.Name} has no parameter -{name}.");
        }
    }
}
