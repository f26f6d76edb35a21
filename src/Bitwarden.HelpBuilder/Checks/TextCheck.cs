using Bitwarden.HelpBuilder.Pages;
using Bitwarden.HelpBuilder.Reporting;

namespace Bitwarden.HelpBuilder.Checks;

/// <summary>The texts that every page has are there.</summary>
internal static class TextCheck
{
    internal static void Check(HelpPage page, Problems problems)
    {
        Require(page, page.Synopsis, "SYNOPSIS", problems);
        Require(page, page.Description, "DESCRIPTION", problems);
        foreach (PageType type in page.Inputs.Concat(page.Outputs).Where(type => type.Paragraphs.Count == 0))
        {
            problems.Add(page.Path, type.Line, ProblemCode.TextMissing, $"{type.Name} has no text.");
        }
    }

    private static void Require(HelpPage page, PageText text, string section, Problems problems)
    {
        if (text.Paragraphs.Count == 0)
        {
            problems.Add(page.Path, text.Line, ProblemCode.TextMissing, $"'## {section}' has no text.");
        }
    }
}
