using System.Globalization;
using System.Text.RegularExpressions;
using Xunit;

namespace Bitwarden.Module.Tests;

/// <summary>Lines end at the column that .editorconfig names, in the kinds of files that it names.</summary>
public sealed partial class LineLengthTests
{
    [Fact]
    public void EveryLineIsWithinTheLimit()
    {
        Match rule = Rule().Match(Repository.ReadText(".editorconfig"));
        int limit = int.Parse(rule.Groups["limit"].ValueSpan, CultureInfo.InvariantCulture);
        string[] kinds = [.. rule.Groups["kinds"].Value.Split(',').Select(kind => "." + kind)];
        string[] faults = [.. Repository.Files().Where(file => kinds.Contains(Path.GetExtension(file))).SelectMany(file => Faults(file, limit))];
        Assert.Contains(".cs", kinds);
        Assert.True(faults.Length == 0, $"{faults.Length} lines are too long:{Environment.NewLine}{string.Join(Environment.NewLine, faults)}");
    }

    [Theory]
    [InlineData("1234567890", false)]
    [InlineData("12345 67890", true)]
    [InlineData("    12345678901234567890", false)]
    public void LineOfOneWordMayBeLonger(string line, bool isTooLong) => Assert.Equal(isTooLong, IsTooLong(line, 10));

    private static IEnumerable<string> Faults(string file, int limit) => Repository.ReadText(file).ReplaceLineEndings("\n").Split('\n')
        .Select((line, index) => (Text: line, Number: index + 1))
        .Where(line => IsTooLong(line.Text, limit))
        .Select(line => $"{file}:{line.Number}: {line.Text.Length} columns");

    // A test vector or an address cannot be wrapped.
    private static bool IsTooLong(string line, int limit) => line.Length > limit && line.AsSpan().Trim().ContainsAny(' ', '\t');

    [GeneratedRegex(@"^\[\*\.\{(?<kinds>[\w,]+)\}\]\r?\nmax_line_length = (?<limit>\d+)", RegexOptions.Multiline)]
    private static partial Regex Rule();
}
