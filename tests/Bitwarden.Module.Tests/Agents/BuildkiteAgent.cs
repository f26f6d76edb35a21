using System.Text.Json;

namespace Bitwarden.Module.Tests.Agents;

/// <summary>
/// The agent of Buildkite: clicommand/redactor_add.go and internal/redact of buildkite/agent v4. It takes values through its program, and no commands.
/// </summary>
internal sealed class BuildkiteAgent() : BuildAgent(new LogMasker(GoQuoted))
{
    /// <summary>Reads what its program is given.</summary>
    internal void Redact(byte[] input)
    {
        foreach (string text in JsonSerializer.Deserialize<Dictionary<string, string>>(input)!.Values)
        {
            Masker.Add(text);
        }
    }

    private protected override bool TryTake(string line) => false;

    private static string GoQuoted(string text) => text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)
        .Replace("\r", "\\r", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal).Replace("\t", "\\t", StringComparison.Ordinal);
}
