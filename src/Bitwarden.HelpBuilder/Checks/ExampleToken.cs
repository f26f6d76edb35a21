using System.Text.RegularExpressions;

namespace Bitwarden.HelpBuilder.Checks;

/// <summary>A word, a string or a sign of PowerShell.</summary>
internal sealed partial record ExampleToken(string Text, int Start)
{
    internal int End => Start + Text.Length;

    internal bool Opens => Text is "(" or "{";

    internal bool Closes => Text is ")" or "}";

    /// <summary>Whether a command ends here.</summary>
    internal bool EndsCommand => Closes || Text is "\n" or ";" or "|" or "||" or "&&";

    /// <summary>Whether the next word is a command.</summary>
    internal bool StartsCommand => Opens || Text is "\n" or ";" or "|" or "||" or "&&" or "=" or "in" or "return";

    internal bool IsParameter => Text.Length > 1 && Text[0] == '-' && char.IsAsciiLetter(Text[1]);

    internal bool IsSplat => Text.Length > 1 && Text[0] == '@' && char.IsAsciiLetter(Text[1]);

    /// <summary>Splits code into tokens. Comments, blanks and continued lines go.</summary>
    internal static ExampleToken[] Split(string code) =>
        [.. Pattern().Matches(code).Where(match => match.Groups["token"].Success).Select(match => new ExampleToken(match.Value, match.Index))];

    [GeneratedRegex("""
        [ \t\r]+ | `\r?\n | \#[^\n]*
        | (?<token>'(?:[^']|'')*' | "(?:[^"`$]|`.|""|\$\((?:[^()"]|"[^"]*"|\([^()]*\))*\)|\$)*" | \|\| | && | [\n;|(){},] | [^\s'"(){};|,]+)
        """, RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex Pattern();
}
