using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Bitwarden.PowerShell.Masking;
using Xunit;

namespace Bitwarden.Module.Tests.Agents;

/// <summary>Values of every kind, and what each agent's own parser makes of the commands that hide them.</summary>
public sealed class MaskingTests(ITestOutputHelper output)
{
    private static readonly JsonSerializerOptions s_relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    // What each value's hidden texts are, by hand.
    private static readonly Dictionary<string, (string Value, string[] Hidden)> s_kinds = new()
    {
        ["one line"] = ("Sql-Pr0d!7f3K", ["Sql-Pr0d!7f3K"]),
        ["four characters"] = ("1234", ["1234"]),
        ["three characters"] = ("abc", []),
        ["one character"] = ("a", []),
        ["empty"] = ("", []),
        ["blanks"] = (" \t ", []),
        ["line ends"] = ("\r\n\n", []),
        ["lines"] = ("first-line\nsecond-line", ["first-line\nsecond-line", "first-line", "second-line"]),
        ["lines of Windows"] = ("first-line\r\nsecond-line\r\n", ["first-line\r\nsecond-line\r\n", "first-line", "second-line"]),
        ["CR only"] = ("first-line\rsecond-line", ["first-line\rsecond-line", "first-line", "second-line"]),
        ["a short line"] = ("{\n  \"key\": \"long-value\"\n}\n", ["\"key\": \"long-value\""]),
        ["short lines only"] = ("12\n34\n56", []),
        ["the same line twice"] = ("same-line\nsame-line", ["same-line\nsame-line", "same-line"]),
        ["percent signs"] = ("50%25off%0Ahead%AZP25%", ["50%25off%0Ahead%AZP25%"]),
        ["separators"] = ("semi;bracket]comma,colon::x", ["semi;bracket]comma,colon::x"]),
        ["quotes"] = ("quo\"te'd\\back`tick$(x)", ["quo\"te'd\\back`tick$(x)"]),
        ["Unicode"] = ("pässwörd-文字-\U0001f511", ["pässwörd-文字-\U0001f511"]),
        ["blanks around"] = ("  padded value\t", ["  padded value\t", "padded value"]),
        ["blanks around three"] = ("   abc   ", []),
        ["a command of GitHub"] = ("::add-mask::nested", ["::add-mask::nested"]),
        ["a command of Azure"] = ("##vso[task.setsecret]nested", ["##vso[task.setsecret]nested"]),
        ["a command behind a line"] = ("first\n::stop-commands::x1y2", ["first\n::stop-commands::x1y2", "first", "::stop-commands::x1y2"]),
    };

    public static TheoryData<string, string> Cases()
    {
        TheoryData<string, string> cases = [];
        foreach (string agent in new[] { "GitHub", "Azure", "Azure without percents", "Buildkite" })
        {
            foreach (string kind in s_kinds.Keys)
            {
                cases.Add(agent, kind);
            }
        }

        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void AgentHidesTheValueAndNothingElse(string agentName, string kind)
    {
        (string value, string[] hidden) = s_kinds[kind];
        BuildAgent agent = Told(agentName, MaskedTexts.Of(value).Texts, unfinished: false);
        output.WriteLine($"{agentName}, {kind}: hidden {Json(agent.Masker.Added)}");
        Assert.Empty(hidden.Except(agent.Masker.Added));

        // Azure without percents keeps the escaped form beside the value.
        Assert.Empty(agent.Masker.Added.Where(text => !text.Contains("%AZP25", StringComparison.Ordinal)).Except(hidden));
        agent.Read($"before {value.ReplaceLineEndings("\n")} after\n{Json(value)}\nthe cab, an abcess and 12 {{}}\n");
        string log = string.Join('\n', agent.Log);
        foreach (string text in hidden.Where(text => text.AsSpan().IndexOfAny('\r', '\n') < 0))
        {
            Assert.DoesNotContain(text, log, StringComparison.Ordinal);
            Assert.DoesNotContain(Json(text)[1..^1], log, StringComparison.Ordinal);
        }

        Assert.EndsWith("the cab, an abcess and 12 {}", log, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GitHub")]
    [InlineData("Azure")]
    public void CommandBehindAnUnfinishedLineIsTaken(string agentName)
    {
        BuildAgent agent = Told(agentName, MaskedTexts.Of("Sql-Pr0d!7f3K").Texts, unfinished: true);
        Assert.DoesNotContain("Sql-Pr0d!7f3K", string.Join('\n', agent.Log), StringComparison.Ordinal);
        Assert.Contains("Password: ", agent.Log);
    }

    [Fact]
    public void GitHubHidesBase64()
    {
        BuildAgent agent = Told("GitHub", MaskedTexts.Of("Sql-Pr0d!7f3K").Texts, unfinished: false);
        agent.Read(Convert.ToBase64String(Encoding.UTF8.GetBytes("Sql-Pr0d!7f3K")) + "\n");
        Assert.Equal("***", agent.Log[^1]);
    }

    [Theory]
    [InlineData("ab\ncd\nlong-line", 2)]
    [InlineData("long-line\nother-line", 0)]
    [InlineData("", 0)]
    [InlineData("ab\nab", 1)]
    public void ShortLinesAreCounted(string value, int expected) => Assert.Equal(expected, MaskedTexts.Of(value).LeftOut);

    // As PowerShell and most others write it: what is no ASCII stays as it is, also beyond the first plane.
    private static string Json(object value) =>
        JsonSerializer.Serialize(value, s_relaxed).Replace("\\uD83D\\uDD11", "\U0001f511", StringComparison.Ordinal);

    private static BuildAgent Told(string agentName, IReadOnlyList<string> texts, bool unfinished)
    {
        if (agentName == "Buildkite")
        {
            BuildkiteAgent buildkite = new();
            buildkite.Redact(LogFilter.BuildkiteInput(texts));
            return buildkite;
        }

        bool isGitHub = agentName == "GitHub";
        BuildAgent agent = isGitHub ? new GitHubRunner() : new AzureAgent(decodesPercents: agentName == "Azure");
        string commands = AgentLog.TextOf(texts.Select(text => isGitHub ? GitHubCommand.AddMask(text) : AzureCommand.SetSecret(text)));
        agent.Read((unfinished ? "Password: " : string.Empty) + commands);
        return agent;
    }
}
