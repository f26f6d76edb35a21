using Bitwarden.HelpBuilder;
using Bitwarden.HelpBuilder.Output;
using Xunit;

namespace Bitwarden.Module.Tests.Help;

/// <summary>What the builder writes into pages.</summary>
public sealed class PageUpdateTests
{
    [Fact]
    public void PageThatIsUpToDateStaysAsItIs() => Assert.Equal(Sample.Page, Update(Sample.Page));

    [Fact]
    public void TextsAndDefaultValuesStay()
    {
        string page = Sample.Change("Default value: Slow", "Default value: as the server likes")
            .Replace("Gets samples.", "Gets more.", StringComparison.Ordinal);
        Assert.Equal(page, Update(page.Replace("Type: String\n", "Type: Strng\n", StringComparison.Ordinal)));
    }

    [Fact]
    public void FrontMatterIsWritten() => Assert.StartsWith(
        """
        ---
        external help file: Sample.dll-Help.xml
        Module Name: Sample
        online version: https://help.example.org/Get-BwSample.md
        schema: 2.0.0
        ---

        # Get-BwSample
        """.ReplaceLineEndings("\n"),
        Update(Sample.Page[Sample.Page.IndexOf("\n# Get", StringComparison.Ordinal)..]),
        StringComparison.Ordinal);

    [Fact]
    public void SyntaxIsThatOfGetCommand() => Assert.Contains(
        """
        ## SYNTAX

        ### Name (Default)
        ```
        Get-BwSample [[-Name] <String[]>] -Account <String> [-Kind <UriKind[]>] [-Speed <String>] [-Quiet] [-WhatIf]
         [-Confirm] [<CommonParameters>]
        ```

        ### File
        ```
        Get-BwSample [-Path] <String> -Name <String[]> -Account <String> [-Speed <String>] [-Quiet] [-WhatIf]
         [-Confirm] [<CommonParameters>]
        ```

        ### Id
        ```
        Get-BwSample -Id <Guid> -Account <String> [-Speed <String>] [-Quiet] [-WhatIf] [-Confirm] [<CommonParameters>]
        ```

        ## DESCRIPTION
        """.ReplaceLineEndings("\n"),
        Update(Sample.Page),
        StringComparison.Ordinal);

    [Fact]
    public void ParameterThatBindsInTwoWaysHasTwoBlocks() => Assert.Contains(
        """
        ```yaml
        Type: String[]
        Parameter Sets: Name
        Aliases:

        Required: False
        Position: 0
        Default value: None
        Accept pipeline input: True (ByValue)
        Accept wildcard characters: True
        ```

        ```yaml
        Type: String[]
        Parameter Sets: File
        Aliases:

        Required: True
        Position: Named
        Default value: None
        Accept pipeline input: False
        Accept wildcard characters: True
        ```
        """.ReplaceLineEndings("\n"),
        Update(Sample.Page),
        StringComparison.Ordinal);

    [Fact]
    public void ParameterThatIsMissingGetsAHeading()
    {
        string page = Sample.Page;
        int start = page.IndexOf("### -Account", StringComparison.Ordinal);
        int end = page.IndexOf("### -WhatIf", StringComparison.Ordinal);
        string updated = Update(page.Remove(start, end - start));
        Assert.Contains("### -Account\n\n```yaml\nType: String\n", updated, StringComparison.Ordinal);
        string error = Assert.Single(Sample.Build(updated));
        Assert.Equal($"Get-BwSample.md({Sample.LineOf(updated, "### -Account")}): error BWHELP006: -Account has no text.", error);
    }

    [Fact]
    public void PageThatIsMissingIsBegun()
    {
        using TemporaryFolder folder = new();
        HelpBuild build = new([Sample.Cmdlet], folder.Path, Sample.Settings);
        build.Update();
        Assert.Empty(build.Problems);
        string[] errors = Sample.Build(File.ReadAllText(Path.Combine(folder.Path, "Get-BwSample.md")));
        Assert.NotEmpty(errors);
        Assert.All(errors, error => Assert.Matches("BWHELP00[56]", error));
    }

    [Fact]
    public void PageWithWindowsLineEndingsIsUpToDateToo() => Assert.Empty(Sample.Build(Sample.Page.Replace("\n", "\r\n", StringComparison.Ordinal)));

    [Fact]
    public void PageThatCannotBeReadIsNotTouched()
    {
        using TemporaryFolder folder = new();
        string path = Path.Combine(folder.Path, "Get-BwSample.md");
        File.WriteAllText(path, Sample.Change("## SYNTAX\n", "## SYNTX\n"));
        HelpBuild build = new([Sample.Cmdlet], folder.Path, Sample.Settings);
        build.Update();
        Assert.Contains("'## SYNTAX' is missing", Assert.Single(build.Problems).Text, StringComparison.Ordinal);
        Assert.Equal(Sample.Change("## SYNTAX\n", "## SYNTX\n"), File.ReadAllText(path));
    }

    private static string Update(string page) => string.Join('\n', new PageUpdate(Sample.Cmdlet, Sample.Settings).Apply(Sample.Read(page))) + "\n";
}
