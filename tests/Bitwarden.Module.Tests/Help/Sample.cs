using Xunit;
using Bitwarden.HelpBuilder;
using Bitwarden.HelpBuilder.Pages;
using Bitwarden.HelpBuilder.Reporting;
using Bitwarden.HelpBuilder.Shapes;

namespace Bitwarden.Module.Tests.Help;

/// <summary>The sample cmdlet, its page, and what the builder says about changes to it.</summary>
internal static class Sample
{
    internal static CmdletShape Cmdlet { get; } =
        ModuleAssembly.Read(typeof(GetBwSampleCommand).Assembly.Location, []).Single(cmdlet => cmdlet.Name == "Get-BwSample");

    internal static HelpSettings Settings { get; } = new("Sample", "Sample.dll-Help.xml", "https://help.example.org/");

    internal static string Page { get; } = File.ReadAllText(Path.Combine(Repository.Root, "tests", "Bitwarden.Module.Tests", "Help", "Get-BwSample.md"))
        .ReplaceLineEndings("\n");

    internal static HelpPage Read(string page) => PageReader.Read("Get-BwSample.md", page, []);

    /// <summary>Builds the help of a page in a folder of its own, and gives the errors as the build prints them, without the folder.</summary>
    internal static string[] Build(string page, string name = "Get-BwSample")
    {
        using TemporaryFolder folder = new();
        File.WriteAllText(Path.Combine(folder.Path, name + ".md"), page);
        HelpBuild build = new([Cmdlet], folder.Path, Settings);
        build.Build(Path.Combine(folder.Path, "help.xml"));
        Assert.Equal(File.Exists(Path.Combine(folder.Path, "help.xml")), !build.Problems.Any());
        return [.. build.Problems.Select(problem => problem.ToString().Replace(folder.Path + Path.DirectorySeparatorChar, "", StringComparison.Ordinal))];
    }

    /// <summary>The page with one text in the place of another, which must be there.</summary>
    internal static string Change(string old, string replacement)
    {
        Assert.Contains(old, Page, StringComparison.Ordinal);
        return Page.Replace(old, replacement, StringComparison.Ordinal);
    }

    /// <summary>The number of the last line with a text.</summary>
    internal static int LineOf(string page, string text) => Array.FindLastIndex(page.Split('\n'), line => line.Contains(text, StringComparison.Ordinal)) + 1;
}
