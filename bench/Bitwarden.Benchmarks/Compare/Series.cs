using System.Globalization;

namespace Bitwarden.Benchmarks.Compare;

/// <summary>Samples of one thing. The median is what to expect on this machine now; the best is what it can do when nothing disturbs.</summary>
internal sealed class Series(string unit, IEnumerable<double> samples)
{
    private readonly double[] _sorted = [.. samples.Order()];

    /// <summary>Whether a higher figure is the better one.</summary>
    internal bool IsRate { get; init; }

    internal double Best => _sorted[IsRate ? ^1 : 0];

    internal double Median => (_sorted[(_sorted.Length - 1) / 2] + _sorted[_sorted.Length / 2]) / 2;

    internal Series Scaled(double factor, string newUnit) => new(newUnit, _sorted.Select(sample => sample * factor));

    public override string ToString() => $"{Text(Median)} ({Text(Best)}) {unit}";

    private static string Text(double value) => value.ToString(Math.Abs(value) < 10 ? "0.###" : "0.0", CultureInfo.InvariantCulture);
}
