namespace Bitwarden.Module.Tests.Agents;

/// <summary>Replaces texts and their encoded forms by stars, as agents do: every place where one stands, overlapping ones together.</summary>
internal sealed class LogMasker(params Func<string, string>[] encoders)
{
    private readonly HashSet<string> _texts = new(StringComparer.Ordinal);

    /// <summary>What was added, without the encoded forms.</summary>
    internal List<string> Added { get; } = [];

    internal void Add(string text)
    {
        if (text.Length > 0 && !Added.Contains(text, StringComparer.Ordinal))
        {
            Added.Add(text);
            _texts.Add(text);
            _texts.UnionWith(encoders.Select(encode => encode(text)).Where(encoded => encoded.Length > 0));
        }
    }

    internal string Mask(string line)
    {
        bool[] hidden = new bool[line.Length];
        foreach (string text in _texts)
        {
            for (int at = line.IndexOf(text, StringComparison.Ordinal); at >= 0; at = Next(line, text, at))
            {
                Array.Fill(hidden, true, at, text.Length);
            }
        }

        IEnumerable<string> parts = line.Select((c, at) => !hidden[at] ? $"{c}" : at > 0 && hidden[at - 1] ? string.Empty : "***");
        return string.Concat(parts);
    }

    private static int Next(string line, string text, int at) =>
        at + 1 < line.Length ? line.IndexOf(text, at + 1, StringComparison.Ordinal) : -1;
}
