using System.Reflection;

namespace Bitwarden.Core.Matching;

/// <summary>
/// Under which names anybody can register one (https://publicsuffix.org/list): <c>co.uk</c>, <c>github.io</c>. The rules, private ones too, are data of
/// this assembly; src/Bitwarden.Core/Matching/Update-PublicSuffixList.ps1 makes them.
/// </summary>
internal static class PublicSuffixList
{
    private const string Resource = "Bitwarden.Core.Matching.public_suffix_list.txt";
    private static readonly Lazy<HashSet<string>> s_rules = new(Read);

    /// <summary>How many rules there are.</summary>
    internal static int Count => s_rules.Value.Count;

    /// <summary>The registered name that a host belongs to: the public suffix and one label more.</summary>
    /// <param name="host">A host name in lower case and in Unicode.</param>
    /// <returns>The name; null for a public suffix itself, and for a host of one label.</returns>
    internal static string? RegisteredNameOf(string host)
    {
        int suffix = StartOfSuffix(host);
        if (suffix <= 1)
        {
            return null;
        }

        int dot = host.LastIndexOf('.', suffix - 2);
        return suffix - dot > 2 ? host[(dot + 1)..] : null;
    }

    // The longest rule counts, but an exception counts before all others; it takes its own first label away.
    private static int StartOfSuffix(string host)
    {
        int longest = -1;
        for (int start = 0, dot; start < host.Length; start = dot + 1)
        {
            dot = EndOfLabel(host, start);
            string candidate = host[start..];
            if (s_rules.Value.Contains("!" + candidate))
            {
                return dot + 1;
            }

            bool isSuffix = s_rules.Value.Contains(candidate) || (dot < host.Length && s_rules.Value.Contains(string.Concat("*", host.AsSpan(dot))));
            longest = longest < 0 && isSuffix ? start : longest;
        }

        // Where no rule fits the last label is the suffix.
        return longest >= 0 ? longest : host.LastIndexOf('.') + 1;
    }

    private static int EndOfLabel(string host, int start) => host.IndexOf('.', start) is int dot and >= 0 ? dot : host.Length;

    private static HashSet<string> Read()
    {
        using Stream stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(Resource)!;
        using StreamReader reader = new(stream);
        HashSet<string> rules = new(12_000, StringComparer.Ordinal);
        while (reader.ReadLine() is string line)
        {
            if (line.Length > 0 && !line.StartsWith("//", StringComparison.Ordinal))
            {
                rules.Add(line);
            }
        }

        return rules;
    }
}
