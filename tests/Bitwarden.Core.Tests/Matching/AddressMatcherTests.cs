using System.Diagnostics;
using System.Text.Json;
using Bitwarden.Core.Matching;
using Xunit;

namespace Bitwarden.Core.Tests.Matching;

/// <summary>
/// Addresses are compared as the official command-line client does. addresses.json holds what its own parsers (tldts 7.4.2 and the URL of Node 22) answer.
/// </summary>
public sealed class AddressMatcherTests
{
    // Node refuses some of these; in the others it keeps what cannot be a host, or a dot at the end, that the client's other parser takes away.
    private static readonly string[] s_otherHost =
        ["http://999.1.1.1/", "http://a.example.org:99999/", "https://example.org.", "https://example..org", "https://-bad.example.org"];

    // Its parser takes the colon in the path for the end of a scheme.
    private static readonly string[] s_otherDomain = ["example.org/path:/x"];

    /// <summary>The rows of addresses.json.</summary>
    public static TheoryData<string, string?, string?> Rows
    {
        get
        {
            using JsonDocument rows = JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Matching", "addresses.json")));
            return new(rows.RootElement.EnumerateArray().Select(row =>
                (row.GetProperty("text").GetString()!, row.GetProperty("domain").GetString(), row.GetProperty("host").GetString())));
        }
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void DomainIsTheOneOfTheOfficialClient(string text, string? domain, string? host)
    {
        _ = host;
        if (!s_otherDomain.Contains(text))
        {
            Assert.Equal(domain, WebAddress.Parse(text).RegisteredName);
        }
    }

    [Theory]
    [InlineData("https://sql.example.org", "https://web.example.org/login", true)]
    [InlineData("https://sql.example.org", "example.org", true)]
    [InlineData("https://sql.example.org:1433", "https://example.org:8443", true)]
    [InlineData("https://a.github.io", "https://b.github.io", false)]
    [InlineData("https://a.co.uk", "https://b.co.uk", false)]
    [InlineData("https://example.org", "https://example.com", false)]
    [InlineData("https://evilexample.org", "https://example.org", false)]
    [InlineData("https://example.org.evil.net", "https://example.org", false)]
    [InlineData("http://192.168.1.10:8080", "http://192.168.1.10:9090", true)]
    [InlineData("http://192.168.1.10", "http://192.168.1.11", false)]
    [InlineData("http://[::1]:8080", "http://[::1]", true)]
    [InlineData("http://localhost:3000", "localhost", true)]
    [InlineData("https://münchen.de", "https://xn--mnchen-3ya.de/x", true)]
    [InlineData("androidapp://org.example", "androidapp://org.example", true)]
    [InlineData("http://intranet/a", "http://intranet/b", true)]
    [InlineData("http://intranet", "http://extranet", false)]
    [InlineData("https://script.google.com", "https://google.com", false)]
    [InlineData("https://mail.google.com", "https://google.com", true)]
    public void BaseDomain(string wanted, string stored, bool isMatch) => Assert.Equal(isMatch, Matches(wanted, stored, UriMatch.BaseDomain));

    [Theory]
    [InlineData("https://sql.example.org/a", "http://sql.example.org/b", true)]
    [InlineData("https://sql.example.org", "https://example.org", false)]
    [InlineData("https://sql.example.org:8443", "https://sql.example.org", false)]
    [InlineData("https://sql.example.org:8443/a", "sql.example.org:8443", true)]
    [InlineData("https://sql.example.org:443", "https://sql.example.org", true)]
    [InlineData("http://sql.example.org:443", "https://sql.example.org:443", false)]
    [InlineData("https://SQL.example.org", "https://sql.EXAMPLE.org", true)]
    [InlineData("localhost:3000", "localhost:3000", false)]
    [InlineData("http://localhost:3000", "http://localhost:3000/x", true)]
    public void Host(string wanted, string stored, bool isMatch) => Assert.Equal(isMatch, Matches(wanted, stored, UriMatch.Host));

    [Theory]
    [InlineData("https://example.org/a/b", "https://example.org/a", true)]
    [InlineData("https://example.org/a", "https://example.org/a/b", false)]
    [InlineData("https://example.org/A", "https://example.org/a", false)]
    public void StartsWith(string wanted, string stored, bool isMatch) => Assert.Equal(isMatch, Matches(wanted, stored, UriMatch.StartsWith));

    [Theory]
    [InlineData("https://example.org/a", "https://example.org/a", true)]
    [InlineData("https://example.org/a", "https://example.org/a/", false)]
    [InlineData("https://example.org/A", "https://example.org/a", false)]
    public void Exact(string wanted, string stored, bool isMatch) => Assert.Equal(isMatch, Matches(wanted, stored, UriMatch.Exact));

    [Theory]
    [InlineData("https://SQL.example.org/a", @"^https://[a-z]+\.example\.org", true)]
    [InlineData("https://sql.example.org", @"example\.com", false)]
    [InlineData("https://sql.example.org", "[", false)]
    [InlineData("https://sql1.example.org", @"sql\d{1,3}\.", true)]
    [InlineData("https://aa.example.org", @"//(a)\1\.", true)]
    [InlineData("https://sql.example.org", @"^(?!https://web).*\.example\.org", true)]
    public void RegularExpression(string wanted, string stored, bool isMatch) =>
        Assert.Equal(isMatch, Matches(wanted, stored, UriMatch.RegularExpression));

    [Theory]
    [InlineData("(a+)+$", 0)]
    [InlineData(@"(a+)+\1$", 1)]
    [InlineData("((a{1,1000}){1,1000}){1,1000}$", 1)]
    [InlineData(@"(?=(a+)+$)(a|aa)+\d", 1)]
    public void CatastrophicPatternCostsLittleAndFitsNothing(string pattern, int slow)
    {
        AddressMatcher matcher = new("https://" + new string('a', 5_000) + "!", UriMatch.BaseDomain);
        Stopwatch clock = Stopwatch.StartNew();
        Assert.False(matcher.IsMatch(pattern, UriMatch.RegularExpression));
        Assert.InRange(clock.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(5));
        Assert.Equal(slow, matcher.SlowPatterns);
    }

    [Fact]
    public void NeverIsNeverFound() => Assert.False(Matches("https://example.org", "https://example.org", UriMatch.Never));

    [Fact]
    public void UnknownWayIsNeverFound() => Assert.False(Matches("https://example.org", "https://example.org", (UriMatch)99));

    [Fact]
    public void WithoutAWayTheUsualOneCounts()
    {
        Assert.True(new AddressMatcher("https://a.example.org", UriMatch.BaseDomain).IsMatch("https://b.example.org", null));
        Assert.False(new AddressMatcher("https://a.example.org", UriMatch.Exact).IsMatch("https://b.example.org", null));
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void HostIsTheOneOfTheOfficialClient(string text, string? domain, string? host)
    {
        _ = domain;
        string? found = WebAddress.Parse(text).HostAndPort;
        if (!s_otherHost.Contains(text))
        {
            Assert.Equal(host, found);
        }
    }

    [Fact]
    public void EveryWayIsThereForHostileText()
    {
        string[] texts = ["", " ", ":", "://", "http://", "http://:80", "[", "http://[", "\0", new string('a', 100_000), "http://" + new string('.', 10_000)];
        foreach (string text in texts)
        {
            Assert.All(Enum.GetValues<UriMatch>(), match => Matches(text, "https://example.org", match));
            Assert.All(Enum.GetValues<UriMatch>(), match => Matches("https://example.org", text, match));
        }
    }

    private static bool Matches(string wanted, string stored, UriMatch match) => new AddressMatcher(wanted, UriMatch.Never).IsMatch(stored, match);
}
