using System.Text.RegularExpressions;

namespace Bitwarden.Module.Tests;

/// <summary>The numbered sections and facts of docs/ that comments may cite.</summary>
internal sealed partial class CitedPages
{
    private readonly string _folder;

    internal CitedPages(string folder)
    {
        _folder = folder;
        Protocol = NumbersOf("protocol.md", Section());
        Architecture = NumbersOf("architecture.md", Section());
        Facts = NumbersOf("secretmanagement.md", Fact());
    }

    internal IReadOnlyList<string> Protocol { get; }

    internal IReadOnlyList<string> Architecture { get; }

    internal IReadOnlyList<string> Facts { get; }

    private string[] NumbersOf(string page, Regex heading) =>
        [.. heading.Matches(File.ReadAllText(Path.Combine(_folder, page))).Select(match => match.Groups["number"].Value)];

    [GeneratedRegex(@"^##+ (?<number>\d+(?:\.\d+)*)\.? ", RegexOptions.Multiline)]
    private static partial Regex Section();

    [GeneratedRegex(@"^### Fact (?<number>W?\d+): ", RegexOptions.Multiline)]
    private static partial Regex Fact();
}
