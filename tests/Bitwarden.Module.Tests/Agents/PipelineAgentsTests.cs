using System.Collections;
using Bitwarden.Core.Errors;
using Bitwarden.PowerShell.Errors;
using Bitwarden.PowerShell.Masking;
using Xunit;

namespace Bitwarden.Module.Tests.Agents;

/// <summary>Who runs this process, and which values it is told of.</summary>
public sealed class PipelineAgentsTests
{
    public static TheoryData<string, string> Preferences => new()
    {
        { "Agent", nameof(MaskRule.OfText) },
        { "always", nameof(MaskRule.Always) },
        { "NEVER", nameof(MaskRule.Never) },
    };

    [Theory]
    [InlineData("", "None")]
    [InlineData("CI=true", "None")]
    [InlineData("TF_BUILD=True", "AzurePipelines")]
    [InlineData("TF_BUILD=1", "None")]
    [InlineData("TF_BUILD=False", "None")]
    [InlineData("GITHUB_ACTIONS=true", "GitHubActions")]
    [InlineData("GITHUB_ACTIONS=", "None")]
    [InlineData("GITLAB_CI=true", "GitLab")]
    [InlineData("BUILDKITE=true", "Buildkite")]
    [InlineData("TEAMCITY_VERSION=2025.11", "TeamCity")]
    [InlineData("TF_BUILD=True GITHUB_ACTIONS=true", "Several")]
    [InlineData("GITHUB_ACTIONS=true BUILDKITE=true", "Several")]
    public void AgentIsFoundByItsOwnVariable(string environment, string expected)
    {
        Dictionary<string, string> variables = environment.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(pair => pair.Split('=')).ToDictionary(pair => pair[0], pair => pair[1]);
        Assert.Equal(expected, PipelineAgents.Find(variables.GetValueOrDefault).ToString());
    }

    [Theory]
    [MemberData(nameof(Preferences))]
    public void PreferenceSaysWhichValuesCount(string given, string expected)
    {
        MaskRule wanted = (MaskRule)typeof(MaskRule)
            .GetProperty(expected, System.Reflection.BindingFlags.Static | System.Reflection.BindingFlags.NonPublic)!.GetValue(null)!;
        Assert.Equal(wanted, MaskRule.Of(mask: false, noMask: false, () => new Hashtable { ["masklog"] = given }));
    }

    [Fact]
    public void SwitchesGoBeforeThePreference()
    {
        Hashtable preference = new() { ["MaskLog"] = "Always" };
        Assert.Equal(MaskRule.Never, MaskRule.Of(mask: false, noMask: true, () => preference));
        Assert.Equal(MaskRule.Demanded, MaskRule.Of(mask: true, noMask: false, () => new Hashtable { ["MaskLog"] = "Never" }));
        Assert.Equal(MaskRule.OfText, MaskRule.Of(mask: false, noMask: false, () => null));
        Assert.Equal(MaskRule.OfText, MaskRule.Of(mask: false, noMask: false, () => new Hashtable { ["Other"] = 1 }));
    }

    [Fact]
    public void NonsenseIsRefused()
    {
        Assert.Equal(ShellErrorCodes.InvalidMasking, Assert.Throws<InvalidInputException>(() => MaskRule.Of(true, true, () => null)).Code);
        foreach (object preference in new object[] { "Never", new Hashtable { ["MaskLog"] = "Nevr" }, new Hashtable { ["MaskLog"] = null } })
        {
            Assert.Equal(ShellErrorCodes.InvalidMasking, Assert.Throws<InvalidInputException>(() => MaskRule.Of(false, false, () => preference)).Code);
        }
    }

    [Theory]
    [InlineData("None", "ConsoleHost", null)]
    [InlineData("Several", "ConsoleHost", "several agents")]
    [InlineData("GitLab", "ConsoleHost", "no command")]
    [InlineData("TeamCity", "ConsoleHost", "no command")]
    [InlineData("GitHubActions", "ServerRemoteHost", "a job or a remote session")]
    [InlineData("AzurePipelines", "ServerRemoteHost", "a job or a remote session")]
    public void WhatCannotHideSaysWhy(string agent, string host, string? expected)
    {
        LogFilter? filter = LogFilter.Of(Enum.Parse<PipelineAgent>(agent), host);
        Assert.Equal(expected is null, filter is null);
        Assert.True(expected is null || filter!.WhyNot!.Contains(expected, StringComparison.Ordinal));
        Assert.False(filter?.TryAdd(["never"]) ?? false);
    }
}
