using System.Text.RegularExpressions;
using Bitwarden.Core.Errors;
using Bitwarden.PowerShell.Errors;
using Bitwarden.PowerShell.Masking;

namespace Bitwarden.PowerShell.Pipelines;

/// <summary>What each agent accepts as a variable (architecture 11). Some of the rest it would drop, some of it change, and say so nowhere.</summary>
internal static partial class VariableRules
{
    /// <summary>Lets the agent of Azure Pipelines take secrets of several lines.</summary>
    internal const string AllowLinesVariable = "SYSTEM_UNSAFEALLOWMULTILINESECRET";

    private static readonly string[] s_azureReserved = ["endpoint", "input", "secret", "path", "securefile"];

    /// <exception cref="InvalidInputException">InvalidPipelineVariable.</exception>
    internal static void EnsureName(PipelineAgent agent, string name, bool isOutput)
    {
        if (!FormOf(agent, isOutput).IsMatch(name))
        {
            throw InputErrors.PipelineVariable(name, agent == PipelineAgent.AzurePipelines
                ? "a name has letters, digits, dots and underscores, and begins with a letter or an underscore"
                : "a name has letters, digits and underscores, and does not begin with a digit");
        }

        if (IsReserved(agent, name, isOutput))
        {
            throw InputErrors.PipelineVariable(name, $"{PipelineAgents.NameOf(agent)} keeps names like this for itself");
        }
    }

    /// <exception cref="InvalidInputException">InvalidPipelineVariable.</exception>
    internal static void EnsureValue(PipelineAgent agent, PipelineVariable variable, bool allowsLines)
    {
        string value = variable.Value;
        if (value.Contains('\0', StringComparison.Ordinal))
        {
            throw InputErrors.PipelineVariable(variable.Name, "its value has a NUL character, which no environment can hold");
        }

        if (agent == PipelineAgent.AzurePipelines && !allowsLines && value.Contains(Environment.NewLine, StringComparison.Ordinal))
        {
            throw InputErrors.PipelineVariable(variable.Name, "its value has several lines, which the agent refuses for a secret");
        }

        if (agent == PipelineAgent.GitLab && (value.AsSpan().IndexOfAny('\r', '\n') >= 0 || value.Trim().Length < value.Length))
        {
            throw InputErrors.PipelineVariable(variable.Name, "its value has several lines, or blanks around it, which a dotenv report cannot hold");
        }
    }

    private static bool IsReserved(PipelineAgent agent, string name, bool isOutput) => agent switch
    {
        PipelineAgent.AzurePipelines => Array.Exists(s_azureReserved, reserved => name.StartsWith(reserved, StringComparison.OrdinalIgnoreCase)),
        PipelineAgent.GitHubActions when !isOutput => name.Equals("NODE_OPTIONS", StringComparison.OrdinalIgnoreCase)
            || name.StartsWith("GITHUB_", StringComparison.OrdinalIgnoreCase)
            || name.StartsWith("RUNNER_", StringComparison.OrdinalIgnoreCase),
        _ => false,
    };

    private static Regex FormOf(PipelineAgent agent, bool isOutput) => agent switch
    {
        PipelineAgent.AzurePipelines => Dotted(),
        PipelineAgent.GitHubActions when isOutput => Dashed(),
        _ => Plain(),
    };

    [GeneratedRegex(@"\A[A-Za-z_][A-Za-z0-9_.]*\z")]
    private static partial Regex Dotted();

    [GeneratedRegex(@"\A[A-Za-z_][A-Za-z0-9_-]*\z")]
    private static partial Regex Dashed();

    [GeneratedRegex(@"\A[A-Za-z_][A-Za-z0-9_]*\z")]
    private static partial Regex Plain();
}
