using Bitwarden.HelpBuilder.Shapes;

namespace Bitwarden.HelpBuilder.Output;

/// <summary>The headings of a page that is still to be written.</summary>
internal static class PageSkeleton
{
    internal static string Make(CmdletShape cmdlet)
    {
        IEnumerable<string> inputs = cmdlet.Parameters.Where(parameter => parameter.TakesPipelineInput).Select(parameter => parameter.ElementTypeFullName);
        IEnumerable<string> examples = cmdlet.Sets.Select((_, index) => $"### Example {index + 1}:\n```powershell\n{cmdlet.Name}\n```\n");
        string[] lines =
        [
            $"\n# {cmdlet.Name}\n",
            "## SYNOPSIS\n",
            "## SYNTAX\n",
            "## DESCRIPTION\n",
            "## EXAMPLES\n",
            .. examples,
            "## PARAMETERS\n",
            .. Types("INPUTS", inputs),
            .. Types("OUTPUTS", cmdlet.OutputTypes),
            "## NOTES\n",
            "## RELATED LINKS\n",
        ];
        return string.Join('\n', lines);
    }

    private static IEnumerable<string> Types(string section, IEnumerable<string> types) =>
        [$"## {section}\n", .. types.Distinct().DefaultIfEmpty("None").Select(type => $"### {type}\n")];
}
