namespace Bitwarden.PowerShell.Injection;

/// <summary>A file of variables in the grammar of <see cref="EnvFile"/>: a value in quotation marks, or the whole of one, which gets double ones.</summary>
internal sealed class EnvEscaper : ValueEscaper
{
    private char _quote;
    private bool _skipsNext;

    // Whether the sign before the value was read, and nothing after it but blanks.
    private bool _atValue;
    private bool _hasName;

    /// <inheritdoc/>
    internal override void Read(ReadOnlySpan<char> text)
    {
        foreach (char c in text)
        {
            if (c is '\r' or '\n')
            {
                (_quote, _skipsNext, _atValue, _hasName) = ('\0', false, false, false);
            }
            else if (_quote != '\0')
            {
                bool isEscaped = _skipsNext;
                _skipsNext = _quote == '"' && c == '\\' && !isEscaped;
                _quote = c == _quote && !isEscaped ? '\0' : _quote;
            }
            else
            {
                ReadBare(c);
            }
        }
    }

    /// <inheritdoc/>
    internal override string? Escape(string value, ReadOnlySpan<char> after, out string problem)
    {
        problem = "A backslash stands before the reference, or the value has a character that cannot stand in a file of variables.";
        if (_skipsNext || value.Contains('\0', StringComparison.Ordinal))
        {
            return null;
        }

        if (_quote == '\'')
        {
            problem = "The value cannot stand in single quotation marks. Use double ones.";
            return value.AsSpan().IndexOfAny('\'', '\r', '\n') >= 0 ? null : value;
        }

        problem = "The reference is a part of a bare value, or of none. Put the value into double quotation marks.";
        ReadOnlySpan<char> rest = after.Trim();
        bool isWhole = _atValue && (rest.Length == 0 || (rest[0] == '#' && rest.Length < after.TrimEnd().Length));
        _atValue = false;
        string inside = Escape(value);
        return _quote == '"' ? inside : isWhole ? $"\"{inside}\"" : null;
    }

    private void ReadBare(char c)
    {
        if (c == '=' && !_hasName)
        {
            (_hasName, _atValue) = (true, true);
        }
        else if (c is '"' or '\'' && _atValue)
        {
            (_quote, _atValue) = (c, false);
        }
        else
        {
            _atValue = _atValue && c is ' ' or '\t';
        }
    }

    private static string Escape(string value) => value
        .Replace("\\", "\\\\", StringComparison.Ordinal)
        .Replace("\"", "\\\"", StringComparison.Ordinal)
        .Replace("$", "\\$", StringComparison.Ordinal)
        .Replace("\r", "\\r", StringComparison.Ordinal)
        .Replace("\n", "\\n", StringComparison.Ordinal);
}
