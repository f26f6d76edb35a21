using System.Text;
using Bitwarden.Core.Errors;
using Bitwarden.PowerShell.Errors;

namespace Bitwarden.PowerShell.Injection;

/// <summary>
/// A text with references in two braces, <c>{{ bw://Work/prod-sql#password }}</c>. Braces with something else in them are somebody else's and stay. A value is
/// not looked into.
/// </summary>
internal sealed class Template
{
    private const string Open = "{{";
    private const string Close = "}}";
    private const string Scheme = "bw://";
    private readonly string _text;
    private readonly List<TemplatePlace> _places = [];
    private (int Start, int End) _line = (0, -1);

    private Template(string text) => _text = text;

    /// <summary>The references, in their order.</summary>
    internal IReadOnlyList<TemplatePlace> Places => _places;

    /// <param name="text">The text.</param>
    /// <param name="name">Of the file, for messages; null for none.</param>
    /// <exception cref="InvalidInputException">TemplateInvalid: a reference is not closed on its line.</exception>
    internal static Template Parse(string text, string? name)
    {
        Template template = new(text);
        LineCounter lines = new(text, name);
        int next = 0;
        while (text.IndexOf(Open, next, StringComparison.Ordinal) is int start and >= 0)
        {
            int inside = start + Open.Length;
            while (inside < text.Length && text[inside] is ' ' or '\t')
            {
                inside++;
            }

            bool isOurs = text.AsSpan(inside).StartsWith(Scheme, StringComparison.OrdinalIgnoreCase);
            next = isOurs ? template.Add(start, inside, lines.PlaceOf(start)) : start + 1;
        }

        return template;
    }

    /// <summary>The text with a value in each place.</summary>
    /// <param name="format">What the text is.</param>
    /// <param name="valueOf">Gives the value of a reference.</param>
    /// <exception cref="ReferencesException">Values cannot stand where their references do.</exception>
    internal string Fill(TemplateFormat format, Func<string, string> valueOf)
    {
        ValueEscaper escaper = TemplateFormats.EscaperOf(format);
        StringBuilder filled = new(_text.Length);
        List<ReferenceFailure> failures = [];
        int done = 0;
        foreach (TemplatePlace place in _places)
        {
            escaper.Read(_text.AsSpan(done, place.Start - done));
            filled.Append(_text, done, place.Start - done);
            string? escaped = escaper.Escape(valueOf(place.Reference), RestOfLine(place.End), out string problem);
            if (escaped is null)
            {
                failures.Add(new ReferenceFailure(place.Name, InputErrors.Template(problem)));
            }

            filled.Append(escaped);
            done = place.End;
        }

        return failures.Count > 0 ? throw new ReferencesException(failures) : filled.Append(_text, done, _text.Length - done).ToString();
    }

    private int Add(int start, int inside, string place)
    {
        int length = RestOfLine(inside).IndexOf(Close, StringComparison.Ordinal);
        if (length < 0)
        {
            throw InputErrors.Template($"{place}: The reference is not closed on its line.");
        }

        int end = inside + length + Close.Length;
        _places.Add(new TemplatePlace(start, end, place, _text.AsSpan(inside, length).TrimEnd(" \t").ToString()));
        return end;
    }

    // Known for all references of a line: there may be very many.
    private ReadOnlySpan<char> RestOfLine(int from)
    {
        if (from < _line.Start || from > _line.End)
        {
            int length = _text.AsSpan(from).IndexOfAny('\r', '\n');
            _line = (from, length < 0 ? _text.Length : from + length);
        }

        return _text.AsSpan(from, _line.End - from);
    }
}
