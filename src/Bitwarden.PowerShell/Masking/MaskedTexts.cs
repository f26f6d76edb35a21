namespace Bitwarden.PowerShell.Masking;

/// <summary>
/// The texts that an agent has to hide for one value. A log is a list of lines, so that a value of several lines is hidden line by line. What is too short is
/// left out: hidden, it would take apart words that have nothing to do with it, and so tell what it is.
/// </summary>
internal sealed class MaskedTexts
{
    /// <summary>The fewest characters. Three letters are part of many words; four digits, as a PIN has, are part of few.</summary>
    internal const int Shortest = 4;

    private static readonly char[] s_lineEnds = ['\r', '\n'];

    private MaskedTexts(IReadOnlyList<string> texts, int leftOut)
    {
        Texts = texts;
        LeftOut = leftOut;
    }

    /// <summary>What the agent is told: each once.</summary>
    internal IReadOnlyList<string> Texts { get; }

    /// <summary>How many different lines are too short.</summary>
    internal int LeftOut { get; }

    /// <summary>
    /// Takes a value apart. Blanks around a line do not count: GitHub's runner hides each line without them too, whatever is left of it. For the same reason
    /// the whole of a value is told only when none of its lines is too short.
    /// </summary>
    internal static MaskedTexts Of(string value)
    {
        string[] lines = value.Split(s_lineEnds, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Distinct(StringComparer.Ordinal)
            .ToArray();
        string[] enough = [.. lines.Where(line => line.Length >= Shortest)];
        bool withWhole = lines.Length > 0 && enough.Length == lines.Length && enough[0] != value;
        return new MaskedTexts(withWhole ? [.. enough, value] : enough, lines.Length - enough.Length);
    }
}
