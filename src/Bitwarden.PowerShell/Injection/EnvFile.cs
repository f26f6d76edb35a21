using System.Text;
using System.Text.RegularExpressions;
using Bitwarden.Core.Errors;
using Bitwarden.PowerShell.Errors;

namespace Bitwarden.PowerShell.Injection;

/// <summary>
/// A file with a variable a line: <c>NAME=value</c>, with <c>export</c> before it or not. A value stands bare, and ends before blanks with a number sign;
/// or literally in single quotes; or in double quotes, where a backslash is before <c>n r t " \ $</c>. Nothing is expanded, and no value has two lines.
/// </summary>
internal sealed partial class EnvFile
{
    private const int LongestFile = 1024 * 1024;
    private static readonly char[] s_blanks = [' ', '\t'];

    private readonly string _name;
    private readonly List<Assignment> _assignments = [];

    private EnvFile(string name) => _name = name;

    /// <summary>The lines with variables, in their order.</summary>
    /// <param name="path">Of the operating system.</param>
    /// <exception cref="InvalidInputException">EnvFileInvalid.</exception>
    /// <exception cref="LocalFileException">FileUnusable.</exception>
    internal static IReadOnlyList<Assignment> Read(string path)
    {
        string name = Path.GetFileName(path);
        TextFile file = TextFile.Read(path, LongestFile, reason => InputErrors.EnvFile(name, reason));
        EnvFile parsed = new(name);
        int number = 0;
        foreach (string line in file.Text.Split('\n'))
        {
            parsed.Add(line.EndsWith('\r') ? line[..^1] : line, ++number);
        }

        return parsed._assignments;
    }

    private void Add(string line, int number)
    {
        string place = $"{_name}, line {number}";
        ReadOnlySpan<char> text = line.AsSpan().TrimStart();
        if (text.Length == 0 || text[0] == '#')
        {
            return;
        }

        Match start = Start().Match(line);
        if (!start.Success)
        {
            throw InputErrors.EnvFile(place, "This is not NAME=value. Nothing was set.");
        }

        string name = start.Groups["name"].Value;
        _assignments.Add(Assignment.FromText(name, $"{name} ({place})", Value(line[start.Length..], place)));
    }

    private static string Value(string text, string place) => text.TrimStart(s_blanks) switch
    {
        ['\'', ..] quoted => Quoted(SingleQuoted().Match(quoted), place).Groups["value"].Value,
        ['"', ..] quoted => Unescape(Quoted(DoubleQuoted().Match(quoted), place).Groups["value"].Value),
        _ => Bare(text),
    };

    private static string Bare(string text)
    {
        for (int at = text.IndexOf('#', StringComparison.Ordinal); at > 0; at = text.IndexOf('#', at + 1))
        {
            if (text[at - 1] is ' ' or '\t')
            {
                return text[..at].Trim(s_blanks);
            }
        }

        return text.Trim(s_blanks);
    }

    private static Match Quoted(Match match, string place) => match.Success
        ? match
        : throw InputErrors.EnvFile(place, "The quotation mark has no counterpart on this line, or something follows it. Nothing was set.");

    private static string Unescape(string text)
    {
        StringBuilder plain = new(text.Length);
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            char next = c == '\\' && i + 1 < text.Length ? text[i + 1] : '\0';
            string? meant = next switch { 'n' => "\n", 'r' => "\r", 't' => "\t", '"' => "\"", '\\' => "\\", '$' => "$", _ => null };
            plain.Append(meant ?? c.ToString());
            i += meant is null ? 0 : 1;
        }

        return plain.ToString();
    }

    [GeneratedRegex(@"^[ \t]*(export[ \t]+)?(?<name>[A-Za-z_][A-Za-z0-9_.-]*)[ \t]*=", RegexOptions.CultureInvariant)]
    private static partial Regex Start();

    [GeneratedRegex(@"^'(?<value>[^']*)'[ \t]*(#.*)?\z", RegexOptions.CultureInvariant)]
    private static partial Regex SingleQuoted();

    [GeneratedRegex("^\"(?<value>([^\"\\\\]|\\\\.)*)\"[ \\t]*(#.*)?\\z", RegexOptions.CultureInvariant)]
    private static partial Regex DoubleQuoted();
}
