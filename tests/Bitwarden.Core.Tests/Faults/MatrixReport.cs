using System.Globalization;
using System.Text;

namespace Bitwarden.Core.Tests.Faults;

/// <summary>Writes the fault matrix as the table of docs/reliability.md, between two marks.</summary>
internal static class MatrixReport
{
    private const string Begin = "<!-- fault matrix: written by a command, see above -->";
    private const string End = "<!-- end of the fault matrix -->";

    internal static string Summarize(IReadOnlyList<MatrixResult> results, long peakBytes) => string.Create(
        CultureInfo.InvariantCulture,
        $"{results.Count} cells: {MatrixEndpoint.All.Length} endpoints, {results.Select(result => result.Fault).Distinct().Count()} faults. "
        + $"{results.Count(result => result.Code != MatrixFault.Fine)} typed failures, "
        + $"{results.Count(result => result.Code == MatrixFault.Fine)} answers that were still usable, "
        + $"{results.Count(result => result.Complaints.Count > 0)} complaints. Managed memory at its peak: {peakBytes / 1024 / 1024} MiB. "
        + $"Slowest stop: {results.Max(result => result.Stopped ?? TimeSpan.Zero).TotalMilliseconds:0} ms.");

    internal static void Write(string path, IReadOnlyList<MatrixResult> results, long peakBytes)
    {
        string page = File.ReadAllText(path);
        int begin = page.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length;
        int end = page.IndexOf(End, StringComparison.Ordinal);
        File.WriteAllText(path, $"{page[..begin]}\n{Table(results, peakBytes)}{page[end..]}");
    }

    private static string Table(IReadOnlyList<MatrixResult> results, long peakBytes)
    {
        StringBuilder table = new();
        table.Append(Summarize(results, peakBytes)).Append("\n\n| Fault | ErrorIds, and how many endpoints told it | Longest, in seconds |\n|---|---|---|\n");
        foreach (IGrouping<MatrixFault, MatrixResult> fault in results.GroupBy(result => result.Fault))
        {
            IEnumerable<string> codes = fault.GroupBy(result => result.Code)
                .OrderByDescending(group => group.Count())
                .ThenBy(group => group.Key, StringComparer.Ordinal)
                .Select(group => $"{(group.Key == MatrixFault.Fine ? "no failure" : $"`{group.Key}`")} {group.Count()}");
            table.Append(
                CultureInfo.InvariantCulture,
                $"| {fault.Key} | {string.Join(", ", codes)} | {fault.Max(result => result.Elapsed).TotalSeconds:0} |\n");
        }

        return table.ToString();
    }
}
