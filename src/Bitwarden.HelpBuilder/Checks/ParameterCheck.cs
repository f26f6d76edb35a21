using Bitwarden.HelpBuilder.Pages;
using Bitwarden.HelpBuilder.Reporting;
using Bitwarden.HelpBuilder.Shapes;

namespace Bitwarden.HelpBuilder.Checks;

/// <summary>Every parameter is described, once, and no other.</summary>
internal static class ParameterCheck
{
    internal static void Check(HelpPage page, CmdletShape cmdlet, Problems problems)
    {
        string[] described = [.. page.Parameters.Select(parameter => parameter.Name)];
        foreach (ParameterShape missing in cmdlet.Parameters.Where(parameter => !described.Contains(parameter.Name)))
        {
            problems.Add(page.Path, page.Parameters.Line, ProblemCode.ParameterMissing, $"-{missing.Name} of {cmdlet.Name} is not described.");
        }

        for (int i = 0; i < described.Length; i++)
        {
            CheckParameter(page, cmdlet, page.Parameters[i], described.AsSpan(0, i).Contains(described[i]), problems);
        }
    }

    private static void CheckParameter(HelpPage page, CmdletShape cmdlet, PageParameter parameter, bool isRepeated, Problems problems)
    {
        if (isRepeated)
        {
            problems.Add(page.Path, parameter.Line, ProblemCode.NoSuchParameter, $"-{parameter.Name} is described twice.");
        }
        else if (cmdlet.Parameters.All(shape => shape.Name != parameter.Name))
        {
            problems.Add(page.Path, parameter.Line, ProblemCode.NoSuchParameter, $"{cmdlet.Name} has no parameter -{parameter.Name}.");
        }

        if (parameter.Paragraphs.Count == 0)
        {
            problems.Add(page.Path, parameter.Line, ProblemCode.TextMissing, $"-{parameter.Name} has no text.");
        }
    }
}
