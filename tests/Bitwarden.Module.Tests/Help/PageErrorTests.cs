using Xunit;

namespace Bitwarden.Module.Tests.Help;

/// <summary>What is wrong with a page is an error of the build, with file and line.</summary>
public sealed class PageErrorTests
{
    [Fact]
    public void PageWithoutFaultBuilds() => Assert.Empty(Sample.Build(Sample.Page));

    [Fact]
    public void CmdletWithoutPage() => Assert.Contains(
        "Get-BwSample.md(1): error BWHELP001: Get-BwSample has no page.",
        string.Join('\n', Sample.Build(Sample.Page, name: "Other")),
        StringComparison.Ordinal);

    [Fact]
    public void PageWithoutCmdlet() =>
        Assert.Contains("Other.md(1): error BWHELP002: The module exports no cmdlet Other.", Sample.Build(Sample.Page, name: "Other"));

    [Theory]
    [InlineData("# Get-BwSample\n", "# Get-BwSamples\n", "# Get-BwSamples", "BWHELP002: There is no cmdlet Get-BwSamples.")]
    [InlineData("Gets samples.", "See Get-BwNothing.", "See Get-BwNothing.", "BWHELP002: There is no cmdlet Get-BwNothing.")]
    [InlineData("### -Path\n", "### -Pth\n", "## PARAMETERS", "BWHELP003: -Path of Get-BwSample is not described.")]
    [InlineData("### -Path\n", "### -Pth\n", "### -Pth", "BWHELP004: Get-BwSample has no parameter -Pth.")]
    [InlineData("### -Path\n", "### -Id\n", "### -Id", "BWHELP004: -Id is described twice.")]
    [InlineData("Get-BwSample -Id $id", "Get-BwSample -Idd $id", "Get-BwSample -Idd $id", "BWHELP004: Get-BwSample has no parameter -Idd.")]
    [InlineData("Get-BwSample -Id $id", "Get-BwSample -Quiet", "## EXAMPLES", "BWHELP005: No example shows the parameter set 'Id' of Get-BwSample.")]
    [InlineData("Gets samples.", "", "## SYNOPSIS", "BWHELP006: '## SYNOPSIS' has no text.")]
    [InlineData("Whose.", "", "### -Account", "BWHELP006: -Account has no text.")]
    [InlineData("Example 2: By id", "Example 2:", "### Example 2", "BWHELP006: 'Example 2:' has no title.")]
    [InlineData("```powershell\nGet-BwSample prod-* -Account ada\n```\n", "\n\n\n", "### Example 1", "BWHELP006: 'Example 1: By name' has no block of code.")]
    [InlineData("That one.", "", "### Example 2", "BWHELP006: 'Example 2: By id' does not say what it does.")]
    [InlineData("Samples that are files.", "", "### System.Byte[]", "BWHELP006: System.Byte[] has no text.")]
    [InlineData("## NOTES", "## NOTE", "# Get-BwSample", "BWHELP006: The section '## NOTES' is missing.")]
    [InlineData("`user.<guid>`", "user.<guid>", "user.<guid>", "BWHELP007: <guid> is HTML to a browser and would vanish. Put it in backticks.")]
    [InlineData("ErrorIds: none.", "> quoted", "> quoted", "BWHELP007: Get-Help cannot show a QuoteBlock.")]
    [InlineData("Aliases: Guid, Key", "Aliases: Guid", "Aliases: Guid", "BWHELP008: This line should be 'Aliases: Guid, Key', says the built assembly.")]
    [InlineData("-Id <Guid>", "-Id <Int32>", "-Id <Int32>", "BWHELP008: This line should be 'Get-BwSample -Id <Guid>")]
    [InlineData("schema: 2.0.0", "schema: 1.0.0", "schema:", "BWHELP008: This line should be 'schema: 2.0.0'")]
    [InlineData("](Get-BwSample.md)\n\n[", "](Nothing.md)\n\n[", "[Get-BwSample](", "BWHELP009: There is no file Nothing.md.")]
    [InlineData("### System.Guid", "### System.Gid", "## INPUTS", "BWHELP010: '## INPUTS' has no heading '### System.Guid'.")]
    [InlineData("### System.Byte[]", "### System.Bytes", "## OUTPUTS", "BWHELP010: '## OUTPUTS' has no heading '### System.Byte[]'.")]
    public void IsAnErrorWithFileAndLine(string old, string replacement, string where, string error)
    {
        string page = Sample.Change(old, replacement);
        string expected = $"Get-BwSample.md({Sample.LineOf(page, where)}): error {error}";
        string[] errors = Sample.Build(page);
        Assert.True(errors.Any(found => found.StartsWith(expected, StringComparison.Ordinal)), $"{expected}\n\n{string.Join('\n', errors)}");
    }

    [Fact]
    public void EveryErrorIsNamedAtOnce()
    {
        string page = Sample.Change("Gets samples.", "").Replace("Whose.", "", StringComparison.Ordinal);
        Assert.Equal(2, Sample.Build(page).Length);
    }
}
