namespace Bitwarden.PowerShell.Masking;

/// <summary>Which agent runs this process, by the variables that each agent documents for that.</summary>
internal static class PipelineAgents
{
    /// <summary>The agent now: a script may have changed its environment.</summary>
    internal static PipelineAgent Current => Find(Environment.GetEnvironmentVariable);

    /// <summary>The agent that an environment tells of.</summary>
    internal static PipelineAgent Find(Func<string, string?> variable)
    {
        PipelineAgent[] found = [.. Told(variable)];
        return found.Length switch
        {
            0 => PipelineAgent.None,
            1 => found[0],
            _ => PipelineAgent.Several,
        };
    }

    /// <summary>How the agent is called.</summary>
    internal static string NameOf(PipelineAgent agent) => agent switch
    {
        PipelineAgent.AzurePipelines => "Azure Pipelines",
        PipelineAgent.GitHubActions => "GitHub Actions",
        _ => agent.ToString(),
    };

    private static IEnumerable<PipelineAgent> Told(Func<string, string?> variable)
    {
        if (IsTrue(variable("TF_BUILD")))
        {
            yield return PipelineAgent.AzurePipelines;
        }

        if (IsTrue(variable("GITHUB_ACTIONS")))
        {
            yield return PipelineAgent.GitHubActions;
        }

        if (IsTrue(variable("GITLAB_CI")))
        {
            yield return PipelineAgent.GitLab;
        }

        if (IsTrue(variable("BUILDKITE")))
        {
            yield return PipelineAgent.Buildkite;
        }

        if (!string.IsNullOrWhiteSpace(variable("TEAMCITY_VERSION")))
        {
            yield return PipelineAgent.TeamCity;
        }
    }

    // A command that nobody takes prints the value, so that nothing but the documented value counts.
    private static bool IsTrue(string? value) => string.Equals(value, "true", StringComparison.OrdinalIgnoreCase);
}
