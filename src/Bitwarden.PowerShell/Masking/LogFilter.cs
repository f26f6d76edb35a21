using System.Text.Json;
using Bitwarden.PowerShell.Desktop;

namespace Bitwarden.PowerShell.Masking;

/// <summary>What hides texts in the log of the agent that runs this process.</summary>
internal sealed class LogFilter
{
    private readonly Func<IReadOnlyList<string>, bool>? _add;

    private LogFilter(string agent, Func<IReadOnlyList<string>, bool> add)
    {
        Agent = agent;
        _add = add;
    }

    private LogFilter(string agent, string whyNot, bool couldWork)
    {
        Agent = agent;
        WhyNot = whyNot;
        CouldWork = couldWork;
    }

    /// <summary>The agent's name.</summary>
    internal string Agent { get; }

    /// <summary>Why nothing can be hidden, as half a sentence; null when it can.</summary>
    internal string? WhyNot { get; }

    /// <summary>Whether the agent could hide texts if it were started, or read, in another way.</summary>
    internal bool CouldWork { get; } = true;

    /// <summary>The filter of an agent; null without one.</summary>
    /// <param name="agent">Who runs this process.</param>
    /// <param name="hostName">Of the host that the cmdlet runs in.</param>
    internal static LogFilter? Of(PipelineAgent agent, string hostName)
    {
        string name = PipelineAgents.NameOf(agent);
        return agent switch
        {
            PipelineAgent.None => null,
            PipelineAgent.AzurePipelines => OfLog(name, hostName, AzureCommand.SetSecret),
            PipelineAgent.GitHubActions => OfLog(name, hostName, GitHubCommand.AddMask),
            PipelineAgent.Buildkite => OfBuildkite(name),
            PipelineAgent.Several => new LogFilter("the build agent", "the environment has the marks of several agents", couldWork: true),
            _ => new LogFilter(name, "it has no command that hides a value in the log of a job that runs", couldWork: false),
        };
    }

    /// <summary>Tells the agent.</summary>
    /// <returns>Whether it took the texts, as far as that can be known.</returns>
    internal bool TryAdd(IReadOnlyList<string> texts) => _add is not null && _add(texts);

    private static LogFilter OfLog(string name, string hostName, Func<string, string> command)
    {
        bool Add(IReadOnlyList<string> texts)
        {
            AgentLog.Write(texts.Select(command));
            return true;
        }

        return AgentLog.WhyNot(hostName) is string whyNot ? new LogFilter(name, whyNot, couldWork: true) : new LogFilter(name, Add);
    }

    // Its agent hides what its own program is given, and nothing is printed. Its JSON form keeps blanks; the other one cuts them off.
    private static LogFilter OfBuildkite(string name)
    {
        string file = OperatingSystem.IsWindows() ? "buildkite-agent.exe" : "buildkite-agent";
        return DesktopProgram.Find(file, "redactor", "add", "--format", "json") is DesktopProgram program
            ? new LogFilter(name, texts => program.TryWrite(BuildkiteInput(texts)))
            : new LogFilter(name, "buildkite-agent was not found on the PATH", couldWork: true);
    }

    /// <summary>What buildkite-agent reads: an object whose values are the texts.</summary>
    internal static byte[] BuildkiteInput(IReadOnlyList<string> texts) => JsonSerializer.SerializeToUtf8Bytes(
        texts.Select((text, index) => (text, index)).ToDictionary(pair => $"{pair.index}", pair => pair.text));
}
