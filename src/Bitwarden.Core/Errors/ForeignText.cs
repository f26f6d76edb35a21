using System.Globalization;
using System.Text;

namespace Bitwarden.Core.Errors;

/// <summary>
/// Text that others wrote, a server or the owner of an item, as it may stand in a message, a view or a log: bounded, and with everything that a terminal or a
/// build agent would obey made visible. The only way by which such text enters a message.
/// </summary>
public static class ForeignText
{
    /// <summary>The longest that a server's message is shown, in characters.</summary>
    public const int MessageLength = 500;

    /// <summary>The longest that a name is shown, in characters.</summary>
    public const int NameLength = 200;

    private const char Cut = '…';

    // What Azure's and GitHub's agents take for a command of theirs, wherever in a line it stands.
    private static readonly string[] s_agentCommands = ["##vso[", "##["];

    /// <summary>Gives the text for a message.</summary>
    /// <param name="text">What somebody else wrote; null for nothing.</param>
    /// <param name="longest">How many characters of it are shown at most.</param>
    public static string Show(string? text, int longest = MessageLength)
    {
        string given = text ?? string.Empty;
        StringBuilder shown = new(Math.Min(given.Length, longest) + 1);
        for (int i = 0; i < given.Length; i++)
        {
            if (i >= longest)
            {
                return shown.Append(Cut).ToString();
            }

            i += Append(shown, given, i);
        }

        return shown.ToString();
    }

    private static int Append(StringBuilder shown, string text, int at)
    {
        if (char.IsSurrogatePair(text, at) && !IsActive(char.ConvertToUtf32(text, at)))
        {
            shown.Append(text, at, 2);
            return 1;
        }

        char c = text[at];
        if (char.IsSurrogate(c) || IsActive(c) || StartsCommand(text, at))
        {
            shown.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:X4}");
        }
        else
        {
            shown.Append(c);
        }

        return 0;
    }

    private static bool StartsCommand(string text, int at) =>
        text[at] == '#' && Array.Exists(s_agentCommands, command => text.AsSpan(at).StartsWith(command, StringComparison.OrdinalIgnoreCase));

    // C0, DEL and C1; line separators; what changes the direction of text (Unicode, UAX 9, section 2); tag characters, which are never seen.
    private static bool IsActive(int c) => c
        is < 0x20 or (>= 0x7F and <= 0x9F) or 0x2028 or 0x2029
        or 0x061C or 0x200E or 0x200F or (>= 0x202A and <= 0x202E) or (>= 0x2066 and <= 0x2069)
        or 0xFEFF or (>= 0xE0000 and <= 0xE007F);
}
