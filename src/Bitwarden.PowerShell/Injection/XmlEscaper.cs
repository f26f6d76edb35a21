using System.Text;
using System.Xml;

namespace Bitwarden.PowerShell.Injection;

/// <summary>XML 1.0: text and attributes, where the same characters are escaped, and CDATA sections. A value that ends up in a comment helps nobody.</summary>
internal sealed class XmlEscaper : ValueEscaper
{
    private const string Section = "<![CDATA[";
    private const string SectionEnd = "]]>";

    // What ends the comment, section or instruction that is open; null in text and tags.
    private string? _end;

    /// <inheritdoc/>
    internal override void Read(ReadOnlySpan<char> text)
    {
        while (true)
        {
            int at = _end is null ? text.IndexOf('<') : text.IndexOf(_end, StringComparison.Ordinal);
            if (at < 0)
            {
                return;
            }

            int length = _end?.Length ?? 1;
            text = text[at..];
            _end = _end is null ? EndOf(text) : null;
            text = text[length..];
        }
    }

    /// <inheritdoc/>
    internal override string? Escape(string value, ReadOnlySpan<char> after, out string problem)
    {
        problem = "The reference stands in a comment or a processing instruction.";
        if (_end is not (null or SectionEnd))
        {
            return null;
        }

        problem = "The value has a character that XML does not have.";
        bool isWhole = value.EnumerateRunes().All(rune => rune.Value > char.MaxValue || XmlConvert.IsXmlChar((char)rune.Value));
        return !isWhole ? null : _end is null ? EscapeText(value) : value.Replace(SectionEnd, $"]]{SectionEnd}{Section}>", StringComparison.Ordinal);
    }

    private static string? EndOf(ReadOnlySpan<char> text) =>
        text.StartsWith("<!--") ? "-->" : text.StartsWith(Section) ? SectionEnd : text.StartsWith("<?") ? "?>" : null;

    // Line ends and tabs of an attribute would be read as blanks.
    private static string EscapeText(string value)
    {
        StringBuilder text = new(value.Length + 8);
        foreach (char c in value)
        {
            string? escaped = c switch
            {
                '&' => "&amp;",
                '<' => "&lt;",
                '>' => "&gt;",
                '"' => "&quot;",
                '\'' => "&#39;",
                '\r' => "&#13;",
                '\n' => "&#10;",
                '\t' => "&#9;",
                _ => null,
            };
            text.Append(escaped ?? c.ToString());
        }

        return text.ToString();
    }
}
