using System.Text.RegularExpressions;
using Bitwarden.Core.Matching;
using Xunit;

namespace Bitwarden.Core.Tests.Matching;

/// <summary>The list's own test file, and that the data is the list.</summary>
public sealed partial class PublicSuffixTests
{
    /// <summary>The rows of test_psl.txt: a host, and its registered name or null.</summary>
    public static TheoryData<string, string?> Rows
    {
        get
        {
            TheoryData<string, string?> rows = [];
            foreach (Match row in Row().Matches(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Matching", "test_psl.txt"))))
            {
                rows.Add(row.Groups["host"].Value, row.Groups["name"].Success ? row.Groups["name"].Value : null);
            }

            return rows;
        }
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void RegisteredNameIsTheOneOfTheListsOwnTest(string host, string? name)
    {
        string lower = Punycode.ToUnicode(host);
        string? found = lower.StartsWith('.') ? null : PublicSuffixList.RegisteredNameOf(lower);
        Assert.Equal(name is null ? null : Punycode.ToUnicode(name), found);
    }

    [Fact]
    public void EveryRowOfTheTestFileIsRead() => Assert.InRange(Rows.Count, 70, 200);

    [Fact]
    public void TheWholeListIsThere() => Assert.InRange(PublicSuffixList.Count, 9_000, 30_000);

    [Theory]
    [InlineData("xn--mnchen-3ya", "münchen")]
    [InlineData("XN--MNCHEN-3YA.de", "münchen.de")]
    [InlineData("xn--fiqs8s", "中国")]
    [InlineData("xn--d1acufc", "домен")]
    [InlineData("xn--ls8h.example", "💩.example")]
    [InlineData("xn--", "xn--")]
    [InlineData("xn--!!!", "xn--!!!")]
    [InlineData("xn--99999999999", "xn--99999999999")]
    public void PunycodeIsRead(string host, string unicode) => Assert.Equal(unicode, Punycode.ToUnicode(host));

    [GeneratedRegex(@"^checkPublicSuffix\('(?<host>[^']*)', (?:null|'(?<name>[^']*)')\);", RegexOptions.Multiline)]
    private static partial Regex Row();
}
