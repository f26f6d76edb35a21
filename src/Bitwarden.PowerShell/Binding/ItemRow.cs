using System.Management.Automation;

namespace Bitwarden.PowerShell.Binding;

/// <summary>
/// Reads a row of a table, such as one of Import-Csv, by the names of its columns: those of the parameters. What is secret may be text here, since in the table
/// it is text already. An empty cell is one that has nothing to say; what the command line gives counts for every row.
/// </summary>
internal static class ItemRow
{
    /// <summary>What the command line and the row give together.</summary>
    /// <param name="given">The parameters of the command line.</param>
    /// <param name="row">The row.</param>
    /// <param name="isKnown">Whether a column is meant to be one.</param>
    /// <param name="unknown">Is told the columns that have something to say, and are not meant.</param>
    internal static IReadOnlyDictionary<string, object?> Merge(
        IReadOnlyDictionary<string, object?> given, PSObject row, Func<string, bool> isKnown, Action<string> unknown)
    {
        Dictionary<string, object?> merged = new(given, StringComparer.OrdinalIgnoreCase);
        foreach (PSPropertyInfo column in row.Properties.Where(column => !IsEmpty(column.Value)))
        {
            if (!isKnown(column.Name))
            {
                unknown(column.Name);
            }
            else if (!given.ContainsKey(column.Name))
            {
                merged[column.Name] = Read(column);
            }
        }

        return merged;
    }

    private static bool IsEmpty(object? value) => value is null || (value is string text && string.IsNullOrWhiteSpace(text));

    // Every text that is not empty is true for PowerShell, "false" too.
    private static object? Read(PSPropertyInfo column) => column.Name.ToUpperInvariant() switch
    {
        "FAVORITE" or "REPROMPT" => $"{column.Value}".Trim().ToUpperInvariant() is "1" or "TRUE" or "YES",
        _ => column.Value,
    };
}
