using Bitwarden.HelpBuilder.Checks;
using Xunit;

namespace Bitwarden.Module.Tests.Help;

/// <summary>Which parameter set an example shows.</summary>
public sealed class ExampleTests
{
    [Theory]
    [InlineData("Get-BwSample -Account a", "Name")]
    [InlineData("Get-BwSample prod-* -Account a", "Name")]
    [InlineData("get-bwsample -account a -kind Absolute, Relative", "Name")]
    [InlineData("Get-BwSample -Id 1 -Account a", "Id")]
    [InlineData("Get-BwSample -Guid 1 -Account a", "Id")]
    [InlineData("Get-BwSample -Acc a -Id:1", "Id")]
    [InlineData("Get-Item x | Get-BwSample -Account a", "Name")]
    [InlineData("Get-BwSample ./a.txt -Name a -Account a", "File")]
    [InlineData("Get-BwSample -Path ./a.txt -Name a, b -Account a", "File")]
    [InlineData("Get-BwSample -Name a -Account a", "Name")]
    [InlineData("Get-BwSample -Kind Absolute -Id 1 -Account a", null)]
    [InlineData("Get-BwSample -Path ./a.txt -Account a", null)]
    [InlineData("Get-BwSample a b -Account a", null)]
    [InlineData("Get-BwSample -Id 1", null)]
    [InlineData("Get-BwSample @more", null)]
    public void CommandLineShowsASet(string code, string? set) => Assert.Equal(set, ParameterSetMatcher.Match(Sample.Cmdlet, Assert.Single(Read(code))));

    [Theory]
    [InlineData("Get-BwSample (Get-Item x -Force) -Quiet", 1)]
    [InlineData("Get-BwSample $item.Name.ToString('x', 1) -Quiet", 1)]
    [InlineData("Get-BwSample \"a $(Get-Item \"b\") c\" -Quiet # and -Loud", 1)]
    [InlineData("Get-BwSample 'it''s -Loud' `\n  -Quiet", 1)]
    [InlineData("Get-BwSample { Get-Item -Loud } -Quiet | Where-Object Name -eq x", 1)]
    [InlineData("Get-BwSample a, b, (c) -Quiet; Get-Item -Loud", 1)]
    [InlineData("Get-BwSample -ErrorAction Stop -Quiet && Get-Item -Loud", 0)]
    [InlineData("if (-not (Get-BwSample -Quiet)) { Get-Item -Loud }", 0)]
    public void ArgumentsAreFound(string code, int values)
    {
        ExampleCall call = Assert.Single(Read(code));
        Assert.Equal("Quiet", call.Names[^1]);
        Assert.Equal(values, call.Values);
    }

    [Fact]
    public void EveryCallIsFoundWithItsLine()
    {
        ExampleCall[] calls = Read("$a = Get-BwSample a\nGet-Help Get-BwSample -Loud\n\nforeach ($b in Get-BwSample b) {\n    $b | Get-BwSample\n}");
        Assert.Equal([0, 3, 4], calls.Select(call => call.Line));
        Assert.Equal([false, false, true], calls.Select(call => call.HasInput));
    }

    private static ExampleCall[] Read(string code) => [.. new ExampleReader(code, Sample.Cmdlet).Calls()];
}
