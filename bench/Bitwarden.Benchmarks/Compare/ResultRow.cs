using System.Globalization;

namespace Bitwarden.Benchmarks.Compare;

/// <summary>One line of the table.</summary>
/// <param name="What">What was measured.</param>
internal sealed record ResultRow(string What)
{
    internal Series? Ours { get; init; }

    internal Series? Baseline { get; init; }

    /// <summary>What the baseline is, or why there is no figure.</summary>
    internal string Note { get; init; } = string.Empty;

    internal Target? Target { get; init; }

    internal static ResultRow Skipped(string what, string reason) => new(what) { Note = "skipped: " + reason };

    internal string[] Cells() =>
    [
        What,
        Ours?.ToString() ?? "-",
        Baseline?.ToString() ?? "-",
        Ratio(),
        Ours is null ? "-" : Target?.Text ?? "-",
        Verdict(),
        Note,
    ];

    private string Ratio() => Ours is null || Baseline is null
        ? "-"
        : string.Create(CultureInfo.InvariantCulture, $"{Ours.Median / Baseline.Median:0.00} ({Ours.Best / Baseline.Best:0.00})");

    private string Verdict()
    {
        if (Ours is null || Target is null)
        {
            return "-";
        }

        bool median = Target.IsMet(Ours.Median, Baseline?.Median ?? double.NaN);
        bool best = Target.IsMet(Ours.Best, Baseline?.Best ?? double.NaN);
        return (median, best) switch
        {
            (true, true) => "met",
            (true, false) => "met by median only",
            (false, true) => "met by best only",
            _ => "MISSED",
        };
    }
}
