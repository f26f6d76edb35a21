using System.Globalization;
using System.Text;

namespace Bitwarden.PowerShell.Injection;

/// <summary>
/// Escapes values for where they stand in a text. It is shown the text piece by piece, without the references, so that nothing of a value decides how the
/// next one is read.
/// </summary>
internal abstract class ValueEscaper
{
    /// <summary>Takes the text up to the next reference.</summary>
    internal abstract void Read(ReadOnlySpan<char> text);

    /// <summary>Gives a value for the place behind what was read; null when it cannot stand there.</summary>
    /// <param name="value">The value.</param>
    /// <param name="after">The rest of the line.</param>
    /// <param name="problem">Why it cannot, as a sentence without the value.</param>
    internal abstract string? Escape(string value, ReadOnlySpan<char> after, out string problem);

    /// <summary>The inside of a string in double quotation marks, as JSON and YAML read it; with more characters behind a backslash for others.</summary>
    private protected static string InDoubleQuotes(string value)
    {
        StringBuilder text = new(value.Length + 8);
        foreach (char c in value)
        {
            switch (c)
            {
                case '"' or '\\':
                    text.Append('\\').Append(c);
                    break;
                case '\n':
                    text.Append("\\n");
                    break;
                case '\r':
                    text.Append("\\r");
                    break;
                case '\t':
                    text.Append("\\t");
                    break;
                case '\u2028' or '\u2029' or '\uFEFF':
                case var _ when char.IsControl(c):
                    text.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:X4}");
                    break;
                default:
                    text.Append(c);
                    break;
            }
        }

        return text.ToString();
    }
}
