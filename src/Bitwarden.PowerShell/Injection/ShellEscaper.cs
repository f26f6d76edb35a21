namespace Bitwarden.PowerShell.Injection;

/// <summary>
/// A script for sh (POSIX 2.2, with bash's ANSI-C quotes): a value stands bare, in single or in double quotation marks. What is open is followed through the
/// whole text, command substitutions too. Where it cannot be known, the reference is refused: a value in the wrong quotation marks would be run.
/// </summary>
internal sealed class ShellEscaper : ValueEscaper
{
    private const char Code = '(';
    private const char Single = '\'';
    private const char Double = '"';
    private const char AnsiC = '$';
    private const char Backtick = '`';
    private const char Braces = '{';
    private const char Comment = '#';

    private readonly Stack<char> _open = new([Code]);
    private bool _skipsNext;
    private bool _hasHereDocument;
    private char _last = '\n';

    /// <inheritdoc/>
    internal override void Read(ReadOnlySpan<char> text)
    {
        foreach (char c in text)
        {
            if (_skipsNext)
            {
                _skipsNext = false;
            }
            else
            {
                Read(c);
            }

            _last = c;
        }
    }

    /// <inheritdoc/>
    internal override string? Escape(string value, ReadOnlySpan<char> after, out string problem)
    {
        problem = _hasHereDocument
            ? "Behind a here-document it is not known what the shell does with a value. Put the reference before it, in a variable of the script."
            : "The reference stands in a comment, backticks, braces or $'', or after a backslash. Put it into a variable of the script first.";
        bool isUnknown = _hasHereDocument || _skipsNext || value.Contains('\0', StringComparison.Ordinal);
        _last = Single;
        return isUnknown ? null : _open.Peek() switch
        {
            Code => $"'{InSingle(value)}'",
            Single => InSingle(value),
            Double => string.Concat(value.Select(c => c is '"' or '\\' or '$' or '`' ? $"\\{c}" : $"{c}")),
            _ => null,
        };
    }

    private static string InSingle(string value) => value.Replace("'", "'\\''", StringComparison.Ordinal);

    private void Read(char c)
    {
        switch (_open.Peek())
        {
            case Comment:
                PopAt(c, '\n');
                break;
            case Single:
                PopAt(c, Single);
                break;
            case AnsiC:
                _skipsNext = c == '\\';
                PopAt(c, Single);
                break;
            case Double or Braces:
                ReadInDouble(c);
                break;
            default:
                ReadCode(c);
                break;
        }
    }

    private void ReadInDouble(char c)
    {
        bool inBraces = _open.Peek() == Braces;
        _skipsNext = c == '\\';
        if (c == (inBraces ? '}' : Double))
        {
            _open.Pop();
        }
        else if (_last == '$' && c is '(' or '{')
        {
            _open.Push(c == '(' ? Code : Braces);
        }
        else if (c == Backtick || (inBraces && c == Double))
        {
            _open.Push(c);
        }
    }

    private void ReadCode(char c)
    {
        _skipsNext = c == '\\';
        _hasHereDocument |= c == '<' && _last == '<';
        if (c == Single)
        {
            _open.Push(_last == '$' ? AnsiC : Single);
        }
        else if (c is Double or '(')
        {
            _open.Push(c);
        }
        else if (c == Backtick)
        {
            ToggleBacktick();
        }
        else if (c == ')' && _open.Count > 1 && _open.Peek() == Code)
        {
            _open.Pop();
        }
        else if (c == Comment && _last is ' ' or '\t' or '\n' or ';' or '(' or '&' or '|')
        {
            _open.Push(Comment);
        }
    }

    private void ToggleBacktick()
    {
        if (_open.Peek() == Backtick)
        {
            _open.Pop();
        }
        else
        {
            _open.Push(Backtick);
        }
    }

    private void PopAt(char c, char end)
    {
        if (c == end)
        {
            _open.Pop();
        }
    }
}
