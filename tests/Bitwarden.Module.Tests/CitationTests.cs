using System.Text.RegularExpressions;
using Xunit;

namespace Bitwarden.Module.Tests;

/// <summary>What comments, tests and pages cite is in docs/.</summary>
public sealed partial class CitationTests
{
    private static readonly string[] s_text =
        [".cs", ".csproj", ".props", ".targets", ".ps1", ".psm1", ".psd1", ".ps1xml", ".xml", ".md", ".txt", ".yml", ".c", ".editorconfig"];

    private readonly CitedPages _pages = new(Path.Combine(Repository.Root, "docs"));

    [Fact]
    public void EveryCitationHasItsSection()
    {
        CitationScanner scanner = new(_pages);
        string[] faults = [.. Files().Where(file => !IsExample(file)).SelectMany(file => scanner.Faults(file, Repository.ReadText(file)))];
        Assert.True(faults.Length == 0, $"{faults.Length} faults:{Environment.NewLine}{string.Join(Environment.NewLine, faults)}");
    }

    [Fact]
    public void EveryPageThatIsNamedExists()
    {
        IEnumerable<string> missing = Files().SelectMany(file => Page().Matches(Repository.ReadText(file)).Select(match => $"{file}: {match.Value}"))
            .Where(named => !File.Exists(Path.Combine(Repository.Root, named[(named.LastIndexOf(' ') + 1)..])));
        Assert.Empty(missing);
    }

    [Fact]
    public void EveryNumberIsGivenOnce()
    {
        Assert.All([_pages.Protocol, _pages.Architecture, _pages.Facts], Assert.NotEmpty);
        Assert.All([_pages.Protocol, _pages.Architecture, _pages.Facts], numbers => Assert.Equal(numbers.Distinct(), numbers));
    }

    [Theory]
    [InlineData("// As the server wants it (protocol 99.9).", "x.cs:1: protocol 99.9: docs/protocol.md has no 99.9.")]
    [InlineData("/// it wants (protocol 1.1, 1.99)", "x.cs:1: protocol 1.1, 1.99: docs/protocol.md has no 1.99.")]
    [InlineData("\n/// as the protocol\n    /// 99.9 has it", "x.cs:2: protocol 99.9: docs/protocol.md has no 99.9.")]
    [InlineData("# architecture 99", "x.cs:1: architecture 99: docs/architecture.md has no 99.")]
    [InlineData("It 'SecretManagement facts 1, 99: never'", "x.cs:1: SecretManagement facts 1, 99: docs/secretmanagement.md has no 99.")]
    [InlineData("It 'fact 1: never'", "x.cs:1: 'fact 1' is no form to cite in.")]
    [InlineData("// client protocol", "x.cs:1: 'client protocol' is no form to cite in.")]
    [InlineData("/// (server\n/// contract, section 6)", "x.cs:1: 'server contract' is no form to cite in.")]
    [InlineData("// design, section 7", "x.cs:1: 'design, section' is no form to cite in.")]
    [InlineData("// docs/protocol.md 1.1", "x.cs:1: 'protocol.md 1.1' is no form to cite in.")]
    [InlineData("// protocol, 1.1", "x.cs:1: 'protocol, 1.1' is no form to cite in.")]
    public void FaultIsFound(string text, string fault) => Assert.Equal([fault], new CitationScanner(_pages).Faults("x.cs", text));

    [Theory]
    [InlineData("// protocol 1.1 to 1.3, and architecture 3")]
    [InlineData("/// (SecretManagement facts 10, 11 and W4)")]
    [InlineData("// RFC 9106 section 3.2, and the protocol of 2026.")]
    public void OtherTextIsNoFault(string text) => Assert.Empty(new CitationScanner(_pages).Faults("x.cs", text));

    private static IEnumerable<string> Files() => Repository.Files().Where(file => s_text.Contains(Path.GetExtension(file)));

    // This test and its scanner hold the wrong forms on purpose.
    private static bool IsExample(string file) => file.StartsWith("tests/Bitwarden.Module.Tests/Citation", StringComparison.Ordinal);

    [GeneratedRegex(@"\bdocs/[\w./-]+\.md\b")]
    private static partial Regex Page();
}
