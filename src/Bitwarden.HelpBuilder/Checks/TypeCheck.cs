using Bitwarden.HelpBuilder.Pages;
using Bitwarden.HelpBuilder.Reporting;
using Bitwarden.HelpBuilder.Shapes;

namespace Bitwarden.HelpBuilder.Checks;

/// <summary>Inputs and outputs name the types that the cmdlet takes from the pipeline and declares to write.</summary>
internal static class TypeCheck
{
    internal static void Check(HelpPage page, CmdletShape cmdlet, Problems problems)
    {
        IEnumerable<string> taken = cmdlet.Parameters.Where(parameter => parameter.TakesPipelineInput).Select(parameter => parameter.ElementTypeFullName);
        Require(page, page.Inputs, taken.DefaultIfEmpty("None"), "INPUTS", problems);
        Require(page, page.Outputs, cmdlet.OutputTypes.DefaultIfEmpty("None"), "OUTPUTS", problems);
    }

    private static void Require(HelpPage page, PageList<PageType> described, IEnumerable<string> types, string section, Problems problems)
    {
        foreach (string type in types.Distinct().Where(type => !described.Any(entry => entry.Name.Split(' ').Contains(type))))
        {
            problems.Add(page.Path, described.Line, ProblemCode.TypeMissing, $"'## {section}' has no heading '### {type}'.");
        }
    }
}
