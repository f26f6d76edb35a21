using System.Management.Automation;
using System.Management.Automation.Internal;
using System.Text;
using Bitwarden.PowerShell.Errors;
using Bitwarden.PowerShell.Formatting;
using Bitwarden.PowerShell.Masking;

namespace Bitwarden.PowerShell.Injection;

/// <summary>
/// Replaces values by stars in what programs print. PowerShell gives that line by line, whatever the pieces were in which it came, so that a value of several
/// lines is looked for line by line.
/// </summary>
internal sealed class OutputMask
{
    private const string Stars = "***";
    private readonly HashSet<string> _texts = new(StringComparer.Ordinal);
    private readonly List<string> _short = [];
    private readonly Action<ErrorRecord> _writeError;

    /// <param name="writeError">Takes what programs print to standard error, once it has no value in it.</param>
    internal OutputMask(Action<ErrorRecord> writeError) => _writeError = writeError;

    /// <summary>Whether an object may be a line of a program.</summary>
    internal static bool IsPrinted(object? item) => Plain(item) is string or ErrorRecord;

    /// <summary>Gives a line without values; an error is written as one.</summary>
    internal object? Apply(object? item)
    {
        if (Plain(item) is not ErrorRecord record)
        {
            string line = (string)Plain(item)!;
            string masked = Apply(line);
            return ReferenceEquals(masked, line) ? item : masked;
        }

        _writeError(ErrorRecords.IsPrinted(record) ? ErrorRecords.Printed(record, Apply(record.Exception.Message)) : record);
        return AutomationNull.Value;
    }

    /// <summary>Takes a value. Of one with several lines each is looked for.</summary>
    internal void Add(string name, string value)
    {
        MaskedTexts masked = MaskedTexts.Of(value);
        _texts.UnionWith(masked.Texts);
        if (masked.LeftOut > 0)
        {
            _short.Add(name);
        }
    }

    /// <summary>Tells of the values that are not looked for.</summary>
    internal void WarnOfShort(Action<string> warn)
    {
        foreach (string name in _short)
        {
            warn($"'{name.Shown()}' is not hidden, or not all of its lines: fewer than {MaskedTexts.Shortest} characters are part of other words too.");
        }
    }

    /// <summary>The text without values: where several overlap, nothing of any is left.</summary>
    internal string Apply(string line)
    {
        bool[]? hidden = null;
        foreach (string text in _texts)
        {
            for (int at = line.IndexOf(text, StringComparison.Ordinal); at >= 0; at = line.IndexOf(text, at + 1, StringComparison.Ordinal))
            {
                Array.Fill(hidden ??= new bool[line.Length], true, at, text.Length);
            }
        }

        return hidden is null ? line : Replace(line, hidden);
    }

    private static string Replace(string line, bool[] hidden)
    {
        StringBuilder shown = new(line.Length);
        for (int i = 0; i < line.Length; i++)
        {
            if (!hidden[i])
            {
                shown.Append(line[i]);
            }
            else if (i == 0 || !hidden[i - 1])
            {
                shown.Append(Stars);
            }
        }

        return shown.ToString();
    }

    private static object? Plain(object? item) => item is PSObject wrapped ? wrapped.BaseObject : item;
}
