namespace Bitwarden.PowerShell.Injection;

/// <summary>
/// YAML 1.2: a value in quotation marks, or the whole of a value, which then gets double ones. Each line is read by itself; where a reference stands otherwise,
/// as in a block of text, it is refused.
/// </summary>
internal sealed class YamlEscaper : ValueEscaper
{
    private const string BeforeValue = ":-[{,?";
    private char _quote;
    private bool _skipsNext;
    private char _last;
    private bool _afterBlank = true;

    /// <inheritdoc/>
    internal override void Read(ReadOnlySpan<char> text)
    {
        foreach (char c in text)
        {
            if (c is '\r' or '\n')
            {
                (_quote, _skipsNext, _last, _afterBlank) = ('\0', false, '\0', true);
            }
            else
            {
                Read(c);
            }
        }
    }

    /// <inheritdoc/>
    internal override string? Escape(string value, ReadOnlySpan<char> after, out string problem)
    {
        problem = string.Empty;
        if (_quote == '"')
        {
            problem = "A backslash stands before the reference.";
            return _skipsNext ? null : InDoubleQuotes(value);
        }

        if (_quote == '\'')
        {
            problem = "A value with line ends or control characters cannot stand in single quotation marks. Use double ones.";
            return value.Any(char.IsControl) || value.AsSpan().IndexOfAny('\u2028', '\u2029') >= 0 ? null : value.Replace("'", "''", StringComparison.Ordinal);
        }

        problem = "The reference is a part of a bare value. Put the value into double quotation marks.";
        bool isWhole = _last != '\0' && BeginsValue() && EndsValue(after);
        _last = '"';
        return isWhole ? $"\"{InDoubleQuotes(value)}\"" : null;
    }

    private void Read(char c)
    {
        bool isEscaped = _skipsNext;
        _skipsNext = false;
        if (_quote != '\0')
        {
            _skipsNext = _quote == '"' && c == '\\' && !isEscaped;
            _quote = c == _quote && !isEscaped ? '\0' : _quote;
        }
        else if (c is '"' or '\'' && (_last == '\0' || BeginsValue()))
        {
            _quote = c;
        }

        _afterBlank = c is ' ' or '\t';
        _last = _afterBlank ? _last : c;
    }

    // A colon or a hyphen without a blank is a part of a bare value.
    private bool BeginsValue() => BeforeValue.Contains(_last, StringComparison.Ordinal) && (_afterBlank || _last is '[' or '{' or ',');

    private static bool EndsValue(ReadOnlySpan<char> after)
    {
        ReadOnlySpan<char> rest = after.Trim();
        return rest.Length == 0 || rest[0] is ',' or ']' or '}' || (rest[0] == '#' && after[0] is ' ' or '\t');
    }
}
