namespace Bitwarden.Module.Tests.Agents;

/// <summary>
/// What an agent makes of what its steps print, and of what they leave for later steps. Each is written from the source of its agent, for tests that must know
/// what really ends in a log.
/// </summary>
internal abstract class BuildAgent(LogMasker masker)
{
    /// <summary>The log as people read it, with what the agent says in debug mode.</summary>
    internal List<string> Log { get; } = [];

    /// <summary>What is hidden.</summary>
    internal LogMasker Masker { get; } = masker;

    /// <summary>The variables of later steps.</summary>
    internal Dictionary<string, string> Variables { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Reads what a step printed.</summary>
    internal void Read(string output)
    {
        using StringReader reader = new(output);
        while (reader.ReadLine() is string line)
        {
            if (!TryTake(line))
            {
                Write(line);
            }
        }
    }

    /// <summary>Takes a command; false for any other line.</summary>
    private protected abstract bool TryTake(string line);

    /// <summary>Writes a message, which is searched as a whole and may be several lines then.</summary>
    private protected void Write(string text) => Log.AddRange(Masker.Mask(text).Split('\n'));
}
