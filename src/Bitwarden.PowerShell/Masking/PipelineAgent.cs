namespace Bitwarden.PowerShell.Masking;

/// <summary>The build agent that runs this process, as far as it matters for values.</summary>
internal enum PipelineAgent
{
    /// <summary>None that is known.</summary>
    None,

    /// <summary>More than one says so: what one takes for a command, the other prints.</summary>
    Several,

    /// <summary>Azure Pipelines, and Azure DevOps Server.</summary>
    AzurePipelines,

    /// <summary>GitHub Actions, and what runs its workflows elsewhere.</summary>
    GitHubActions,

    /// <summary>GitLab CI/CD.</summary>
    GitLab,

    /// <summary>Buildkite.</summary>
    Buildkite,

    /// <summary>TeamCity.</summary>
    TeamCity,
}
