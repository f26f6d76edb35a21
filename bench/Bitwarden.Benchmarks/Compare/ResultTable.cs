namespace Bitwarden.Benchmarks.Compare;

/// <summary>Prints the rows as one Markdown table.</summary>
internal static class ResultTable
{
    private static readonly string[] s_headings = ["what", "this module", "baseline", "ratio", "target", "verdict", "baseline is"];

    internal static void Print(IEnumerable<ResultRow> rows)
    {
        string[][] lines = [s_headings, [.. s_headings.Select(_ => "-")], .. rows.Select(row => row.Cells())];
        int[] widths = [.. s_headings.Select((_, column) => lines.Max(line => line[column].Length))];
        Console.WriteLine();
        Console.WriteLine("Median of all samples, best in brackets; the same for the ratio.");
        Console.WriteLine();
        foreach (string[] line in lines)
        {
            Console.WriteLine($"| {string.Join(" | ", line.Select((cell, column) => cell.PadRight(widths[column])))} |");
        }
    }

}
