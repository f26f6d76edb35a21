using Bitwarden.HelpBuilder.Output;
using Bitwarden.HelpBuilder.Pages;
using Bitwarden.HelpBuilder.Reporting;

namespace Bitwarden.HelpBuilder.Checks;

/// <summary>The parts of a page that the builder writes are as it would write them now.</summary>
internal static class FreshnessCheck
{
    internal const string UpdateCommand = "dotnet build src/Bitwarden.SecretManagement -t:UpdateHelp";

    internal static void Check(HelpPage page, PageUpdate update, Problems problems)
    {
        string[] wanted = update.Apply(page);
        int same = page.Lines.Zip(wanted).TakeWhile(pair => pair.First == pair.Second).Count();
        if (same < Math.Max(page.Lines.Count, wanted.Length))
        {
            string line = same < wanted.Length ? $"should be '{wanted[same]}'" : "should not be there";
            problems.Add(page.Path, same + 1, ProblemCode.Outdated,
                $"This line {line}, says the built assembly. To write it: {UpdateCommand}");
        }
    }
}
