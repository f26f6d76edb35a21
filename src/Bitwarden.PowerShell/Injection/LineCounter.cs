namespace Bitwarden.PowerShell.Injection;

/// <summary>Tells lines and columns of places in a text, from the first to the last: all of them at the cost of reading it once.</summary>
/// <param name="text">The text.</param>
/// <param name="name">Of the file, for messages; null for none.</param>
internal sealed class LineCounter(string text, string? name)
{
    private int _line = 1;
    private int _lineStart;
    private int _counted;

    /// <param name="at">Not before the place that was asked for last.</param>
    internal string PlaceOf(int at)
    {
        for (; _counted < at; _counted++)
        {
            char c = text[_counted];
            if (c == '\n' || (c == '\r' && (_counted + 1 == text.Length || text[_counted + 1] != '\n')))
            {
                _line++;
                _lineStart = _counted + 1;
            }
        }

        string place = $"line {_line}, column {at - _lineStart + 1}";
        return name is null ? place : $"{name}, {place}";
    }
}
