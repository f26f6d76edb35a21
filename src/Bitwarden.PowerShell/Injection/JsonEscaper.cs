namespace Bitwarden.PowerShell.Injection;

/// <summary>JSON (RFC 8259): a value in a string, or a string of its own. No string has two lines, so that each line begins anew.</summary>
internal sealed class JsonEscaper : ValueEscaper
{
    private bool _inString;
    private bool _skipsNext;

    /// <inheritdoc/>
    internal override void Read(ReadOnlySpan<char> text)
    {
        foreach (char c in text)
        {
            bool isEscaped = _skipsNext;
            _skipsNext = false;
            if (c is '\r' or '\n')
            {
                _inString = false;
            }
            else if (!isEscaped && c == '"')
            {
                _inString = !_inString;
            }
            else
            {
                _skipsNext = !isEscaped && _inString && c == '\\';
            }
        }
    }

    /// <inheritdoc/>
    internal override string? Escape(string value, ReadOnlySpan<char> after, out string problem)
    {
        problem = "A backslash stands before the reference.";
        return _skipsNext ? null : _inString ? InDoubleQuotes(value) : $"\"{InDoubleQuotes(value)}\"";
    }
}
