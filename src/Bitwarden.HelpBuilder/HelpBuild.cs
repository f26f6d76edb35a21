using Bitwarden.HelpBuilder.Checks;
using Bitwarden.HelpBuilder.Output;
using Bitwarden.HelpBuilder.Pages;
using Bitwarden.HelpBuilder.Reporting;
using Bitwarden.HelpBuilder.Shapes;

namespace Bitwarden.HelpBuilder;

/// <summary>Brings pages and cmdlets together: checks them and makes the help file, or brings the pages up to date.</summary>
internal sealed class HelpBuild(IReadOnlyList<CmdletShape> cmdlets, string folder, HelpSettings settings)
{
    private readonly string[] _names = [.. cmdlets.Select(cmdlet => cmdlet.Name)];

    internal Problems Problems { get; } = [];

    /// <summary>Writes the help file, unless there are problems.</summary>
    internal void Build(string output)
    {
        CheckStrayPages();
        HelpPage?[] pages = [.. cmdlets.Select(ReadAndCheck)];
        if (!Problems.Any())
        {
            MamlFile.Write(output, cmdlets.Zip(pages, (cmdlet, page) => new MamlCommand(page!, cmdlet, settings).Make()));
        }
    }

    /// <summary>Writes into every page what the assembly knows, and begins the pages that are missing. A page that cannot be read stays as it is.</summary>
    internal void Update()
    {
        foreach (CmdletShape cmdlet in cmdlets)
        {
            string source = File.Exists(PathOf(cmdlet)) ? File.ReadAllText(PathOf(cmdlet)) : PageSkeleton.Make(cmdlet);
            Problems found = [];
            HelpPage page = PageReader.Read(PathOf(cmdlet), source, found);
            Problems.AddRange(found);
            if (!found.Any())
            {
                WriteIfChanged(page, source, new PageUpdate(cmdlet, settings).Apply(page));
            }
        }
    }

    private HelpPage? ReadAndCheck(CmdletShape cmdlet)
    {
        if (!File.Exists(PathOf(cmdlet)))
        {
            Problems.Add(PathOf(cmdlet), 1, ProblemCode.NoPage, $"{cmdlet.Name} has no page. To begin one: {FreshnessCheck.UpdateCommand}");
            return null;
        }

        HelpPage page = PageReader.Read(PathOf(cmdlet), File.ReadAllText(PathOf(cmdlet)), Problems);
        TextCheck.Check(page, Problems);
        ParameterCheck.Check(page, cmdlet, Problems);
        ExampleCheck.Check(page, cmdlet, Problems);
        TypeCheck.Check(page, cmdlet, Problems);
        NameCheck.Check(page, _names, Problems);
        FreshnessCheck.Check(page, new PageUpdate(cmdlet, settings), Problems);
        return page;
    }

    private void CheckStrayPages()
    {
        foreach (string path in Directory.GetFiles(folder, "*.md").Where(path => !_names.Contains(Path.GetFileNameWithoutExtension(path))))
        {
            Problems.Add(path, 1, ProblemCode.NoSuchCmdlet, $"The module exports no cmdlet {Path.GetFileNameWithoutExtension(path)}.");
        }
    }

    private string PathOf(CmdletShape cmdlet) => Path.Combine(folder, cmdlet.Name + ".md");

    private static void WriteIfChanged(HelpPage page, string source, string[] lines)
    {
        string text = string.Join('\n', lines) + "\n";
        if (text != source.ReplaceLineEndings("\n"))
        {
            File.WriteAllText(page.Path, text);
        }
    }
}
