namespace Bitwarden.Module.Tests.Agents;

/// <summary>An agent that takes no commands: what is printed is the log.</summary>
internal sealed class PlainAgent() : BuildAgent(new LogMasker())
{
    private protected override bool TryTake(string line) => false;
}
