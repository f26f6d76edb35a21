using System.Reflection;
using System.Security.Cryptography;

namespace Bitwarden.Core.Generators;

/// <summary>The long list of the Electronic Frontier Foundation (https://www.eff.org/dice): 7776 words, as many as five dice have throws.</summary>
internal static class WordList
{
    private const string Resource = "Bitwarden.Core.Generators.eff_large_wordlist.txt";
    private static readonly Lazy<string[]> s_words = new(Read);

    /// <summary>The most letters that a word has.</summary>
    internal const int LongestWord = 9;

    internal static IReadOnlyList<string> Words => s_words.Value;

    /// <summary>Any word of the list, each as likely as the others.</summary>
    internal static string Pick() => s_words.Value[RandomNumberGenerator.GetInt32(s_words.Value.Length)];

    private static string[] Read()
    {
        using Stream stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(Resource)!;
        using StreamReader reader = new(stream);
        return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
    }
}
