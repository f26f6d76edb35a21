using Bitwarden.HelpBuilder.Pages;
using Bitwarden.HelpBuilder.Shapes;

namespace Bitwarden.HelpBuilder.Output;

/// <summary>
/// Writes the parts of a page that the assembly knows: front matter, syntax, the metadata of parameters. Texts and default values stay the author's.
/// </summary>
internal sealed class PageUpdate(CmdletShape cmdlet, HelpSettings settings)
{
    private static readonly string[] s_commonParameters =
    [
        "### CommonParameters",
        "This cmdlet supports the common parameters:",
        $"{string.Join(", ", CommonParameters.OfEveryCmdlet.Select(name => "-" + name))}.",
        "For more information, see [about_CommonParameters](https://go.microsoft.com/fwlink/?LinkID=113216).",
        "",
    ];

    internal string[] Apply(HelpPage page)
    {
        List<string> lines = [.. page.Lines];
        foreach (PageEdit edit in Edits(page).OrderByDescending(edit => edit.Range.First))
        {
            lines.RemoveRange(edit.Range.First - 1, edit.Range.Count);
            lines.InsertRange(edit.Range.First - 1, edit.Lines);
        }

        return [.. lines];
    }

    private IEnumerable<PageEdit> Edits(HelpPage page)
    {
        IEnumerable<ParameterShape> missing = cmdlet.Parameters.Where(shape => page.Parameters.All(parameter => parameter.Name != shape.Name));
        yield return new PageEdit(page.FrontMatter, FrontMatter());
        yield return new PageEdit(page.Syntax, ["", .. cmdlet.Sets.SelectMany(Syntax)]);
        yield return new PageEdit(page.CommonParameters, [.. missing.SelectMany(NewParameter), .. s_commonParameters]);
        foreach (PageParameter parameter in page.Parameters)
        {
            ParameterShape? shape = cmdlet.Parameters.FirstOrDefault(shape => shape.Name == parameter.Name);
            if (shape is not null)
            {
                yield return new PageEdit(parameter.Metadata, Metadata(parameter, shape));
            }
        }
    }

    private string[] FrontMatter() =>
    [
        "---",
        $"external help file: {settings.HelpFile}",
        $"Module Name: {settings.Module}",
        $"online version: {settings.OnlineVersion(cmdlet.Name)}",
        "schema: 2.0.0",
        "---",
    ];

    private IEnumerable<string> Syntax(string set)
    {
        string[] heading = cmdlet.Sets.Count == 1 ? [] : [$"### {set}{(cmdlet.IsDefault(set) ? " (Default)" : "")}"];
        return [.. heading, "```", .. SyntaxLine.Wrap(cmdlet, set), "```", ""];
    }

    // The heading without a text fails the build until its author has written one.
    private static IEnumerable<string> NewParameter(ParameterShape shape) => [$"### -{shape.Name}", "", .. ParameterMetadata.Lines(shape, null), ""];

    private static string[] Metadata(PageParameter parameter, ParameterShape shape)
    {
        string[] lines = ParameterMetadata.Lines(shape, parameter.DefaultValue);
        return parameter.Metadata.Count == 0 ? [.. lines, ""] : lines;
    }
}
