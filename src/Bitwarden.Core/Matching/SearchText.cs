using System.Text;

namespace Bitwarden.Core.Matching;

/// <summary>Text as it is compared in a search: neither case nor accents matter.</summary>
internal static class SearchText
{
    // The combining marks that official clients take away.
    private const char FirstMark = '\u0300';
    private const char LastMark = '\u036F';

    internal static string Normalize(string text)
    {
        string lower = text.ToLowerInvariant();
        return Ascii.IsValid(lower) ? lower : WithoutMarks(lower);
    }

    private static string WithoutMarks(string text)
    {
        try
        {
            return string.Concat(text.Normalize(NormalizationForm.FormD).Where(c => c is < FirstMark or > LastMark));
        }
        catch (ArgumentException)
        {
            // Not valid Unicode.
            return text;
        }
    }
}
