using System.Globalization;
using System.Text;

namespace Bitwarden.PowerShell.Formatting;

/// <summary>
/// A name for a file here, of the name that somebody gave it elsewhere: one that every system takes, and that stays in its folder. Names that need no change
/// stay as they are.
/// </summary>
internal static class SafeFileName
{
    // In bytes, the least that the usual file systems allow.
    private const int Longest = 255;
    private const string Separators = "/\\:*?\"<>|";

    private static readonly string[] s_devices =
    [
        "CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$", .. Enumerable.Range(0, 10).SelectMany(i => new[] { $"COM{i}", $"LPT{i}" }),
    ];

    internal static string Of(string name)
    {
        string safe = string.Concat(name.EnumerateRunes().Select(rune => IsSafe(rune) ? rune.ToString() : "_")).TrimEnd(' ', '.').TrimStart(' ');
        bool isTaken = safe.Length == 0 || s_devices.Contains(safe.Split('.')[0].TrimEnd(), StringComparer.OrdinalIgnoreCase);
        return Shorten(isTaken ? "_" + safe : safe);
    }

    // Half of a character pair is read as the replacement character.
    private static bool IsSafe(Rune rune) =>
        rune != Rune.ReplacementChar
        && !(rune.IsAscii && Separators.Contains((char)rune.Value, StringComparison.Ordinal))
        && Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator
            or UnicodeCategory.ParagraphSeparator or UnicodeCategory.OtherNotAssigned or UnicodeCategory.PrivateUse);

    // The extension says what the file is, and stays.
    private static string Shorten(string name)
    {
        string extension = Path.GetExtension(name) is { Length: < 20 } usual ? usual : string.Empty;
        StringBuilder stem = new();
        int left = Longest - Encoding.UTF8.GetByteCount(extension);
        foreach (Rune rune in name[..^extension.Length].EnumerateRunes())
        {
            left -= rune.Utf8SequenceLength;
            if (left < 0)
            {
                break;
            }

            stem.Append(rune);
        }

        return stem + extension;
    }
}
