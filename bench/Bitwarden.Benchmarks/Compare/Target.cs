using System.Globalization;

namespace Bitwarden.Benchmarks.Compare;

/// <summary>What is aimed at.</summary>
/// <param name="Text">In words.</param>
/// <param name="IsMet">Judges our figure beside the baseline's; the latter is not a number when there is none.</param>
internal sealed record Target(string Text, Func<double, double, bool> IsMet)
{
    internal static Target Below(double limit, string unit) => new(Format($"below {limit} {unit}"), (ours, _) => ours < limit);

    internal static Target Ratio(double limit) => new(Format($"ratio at most {limit}"), (ours, baseline) => ours <= limit * baseline);

    /// <summary>A share of the baseline and an amount on top.</summary>
    internal static Target Budget(double factor, double extra) =>
        new(Format($"at most {factor} x baseline + {extra} ms"), (ours, baseline) => ours <= (factor * baseline) + extra);

    private static string Format(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
