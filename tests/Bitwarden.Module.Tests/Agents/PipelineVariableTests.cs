using Bitwarden.Core.Errors;
using Bitwarden.PowerShell.Errors;
using Bitwarden.PowerShell.Masking;
using Bitwarden.PowerShell.Pipelines;
using Xunit;

namespace Bitwarden.Module.Tests.Agents;

/// <summary>Variables for later steps, read back by each agent's own parser.</summary>
public sealed class PipelineVariableTests
{
    public static TheoryData<string> Values =>
    [
        "plain", "", "a b", " blanks ", "first\nsecond", "ends with a line\n", "\n", "x\r", "first\r\nsecond", "a=b<<c", "%0A%25%AZP25;]", "EOF\nX=1",
        "pässwörd-\U0001f511", "::add-mask::x", "##vso[task.setvariable variable=x]y",
    ];

    // The agent refuses secrets of several lines, and so do we.
    public static TheoryData<string> Lines =>
        [.. Values.Select(row => row.Data).Where(value => !value.Contains(Environment.NewLine, StringComparison.Ordinal))];

    [Theory]
    [MemberData(nameof(Values))]
    public void RunnerReadsWhatWasWritten(string value)
    {
        // The runner of Windows cuts lines at CR LF too; the stand-in is that of the others.
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The stand-in for the runner reads files as it does on Linux and macOS.");
        using TemporaryFolder folder = new();
        string path = Path.Combine(folder.Path, "env");
        File.WriteAllText(path, "LEFT=without a line end");
        AssignmentFile.Append(path, AssignmentFile.HereDocument(new PipelineVariable("TOKEN", value, IsOutput: false)));
        AssignmentFile.Append(path, AssignmentFile.HereDocument(new PipelineVariable("NEXT", "next", IsOutput: false)));
        Dictionary<string, string> read = [];
        new GitHubRunner().ReadFile(path, read);
        Assert.Equal(value, read["TOKEN"]);
        Assert.Equal(["LEFT", "NEXT", "TOKEN"], read.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(("without a line end", "next"), (read["LEFT"], read["NEXT"]));
    }

    [Theory]
    [MemberData(nameof(Lines))]
    public void AzureReadsWhatWasWritten(string value)
    {
        AzureAgent agent = new();
        agent.Read(AgentLog.TextOf([AzureCommand.SetVariable("Db.Password_1", value, isOutput: true), AzureCommand.SetVariable("b", "2", isOutput: false)]));
        Assert.Equal(value, agent.Variables["Db.Password_1"]);
        Assert.Equal(2, agent.Variables.Count);
        Assert.Equal(["Db.Password_1"], agent.Outputs);
    }

    [Fact]
    public void DelimiterIsNowhereInTheValue()
    {
        Queue<string> delimiters = new(["one", "two", "three"]);
        Assert.Equal("three", AssignmentFile.DelimiterFor("has one\nand two", delimiters.Dequeue));
    }

    [Theory]
    [InlineData("GitHubActions", "TOKEN", false, true)]
    [InlineData("GitHubActions", "_token2", false, true)]
    [InlineData("GitHubActions", "db-password", true, true)]
    [InlineData("GitHubActions", "db-password", false, false)]
    [InlineData("GitHubActions", "GITHUB_TOKEN", false, false)]
    [InlineData("GitHubActions", "runner_x", false, false)]
    [InlineData("GitHubActions", "node_options", false, false)]
    [InlineData("GitHubActions", "GITHUB_TOKEN", true, true)]
    [InlineData("GitHubActions", "a=b", false, false)]
    [InlineData("GitHubActions", "a<<b", true, false)]
    [InlineData("GitHubActions", "a\nb", false, false)]
    [InlineData("GitHubActions", "TOKEN\n", false, false)]
    [InlineData("GitHubActions", "größe", false, false)]
    [InlineData("GitHubActions", "1st", false, false)]
    [InlineData("AzurePipelines", "Db.Password", false, true)]
    [InlineData("AzurePipelines", "a;isSecret=false", false, false)]
    [InlineData("AzurePipelines", "a]b", false, false)]
    [InlineData("AzurePipelines", "a\rb", false, false)]
    [InlineData("AzurePipelines", "SecretName", false, false)]
    [InlineData("AzurePipelines", "pathToKey", true, false)]
    [InlineData("GitLab", "DB_PASSWORD", false, true)]
    [InlineData("GitLab", "DB.PASSWORD", false, false)]
    [InlineData("GitLab", "", false, false)]
    public void NameIsRefusedThatTheAgentWouldDrop(string agent, string name, bool isOutput, bool isTaken) =>
        AssertTaken(isTaken, () => VariableRules.EnsureName(Enum.Parse<PipelineAgent>(agent), name, isOutput));

    [Theory]
    [InlineData("GitHubActions", "a\nb", false, true)]
    [InlineData("GitHubActions", "a\0b", false, false)]
    [InlineData("AzurePipelines", "a b ", false, true)]
    [InlineData("GitLab", "a b", false, true)]
    [InlineData("GitLab", "\"quoted\"", false, true)]
    [InlineData("GitLab", " a", false, false)]
    [InlineData("GitLab", "a\rb", false, false)]
    [InlineData("GitLab", "a\nb", true, false)]
    public void ValueIsRefusedThatTheAgentWouldChange(string agent, string value, bool allowsLines, bool isTaken) =>
        AssertTaken(isTaken, () => VariableRules.EnsureValue(Enum.Parse<PipelineAgent>(agent), new PipelineVariable("X", value, false), allowsLines));

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void LinesForAzureAreTheCallersWish(bool allowsLines) => AssertTaken(allowsLines, () => VariableRules.EnsureValue(
        PipelineAgent.AzurePipelines, new PipelineVariable("X", $"a{Environment.NewLine}b", false), allowsLines));

    [Fact]
    public void FileIsTheOwnersOnlyAndHasANameOnce()
    {
        using TemporaryFolder folder = new();
        string path = Path.Combine(folder.Path, "build.env");
        AssignmentFile.Append(path, AssignmentFile.DotEnvLine(new PipelineVariable("A", "=x=", false)));
        AssignmentFile.EnsureNew(path, "AB");
        AssignmentFile.Append(path, AssignmentFile.DotEnvLine(new PipelineVariable("AB", "y", false)));
        Assert.Equal("A==x=\nAB=y\n", File.ReadAllText(path));
        AssertTaken(false, () => AssignmentFile.EnsureNew(path, "A"));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
        }

        Assert.Equal(ErrorCodes.FileUnusable, Assert.Throws<LocalFileException>(() => AssignmentFile.Append(folder.Path, "x")).Code);
    }

    private static void AssertTaken(bool isTaken, Action ensure)
    {
        if (isTaken)
        {
            ensure();
        }
        else
        {
            Assert.Equal(ShellErrorCodes.InvalidPipelineVariable, Assert.Throws<InvalidInputException>(ensure).Code);
        }
    }
}
