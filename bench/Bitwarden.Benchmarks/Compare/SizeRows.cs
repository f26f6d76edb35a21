using System.Globalization;

namespace Bitwarden.Benchmarks.Compare;

/// <summary>Makes rows out of what several processes measured with a vault of one size.</summary>
internal sealed class SizeRows(int items, IReadOnlyList<ILookup<string, double>> runs)
{
    internal IEnumerable<double> Samples(string name) => runs.SelectMany(run => run[name]);

    internal Series All(string name, string unit = "ms") => new(unit, Samples(name));

    internal ResultRow Row(string what, Series ours, Series baseline, string note, Target? target = null) =>
        new(string.Create(CultureInfo.InvariantCulture, $"{items:N0}: {what}")) { Ours = ours, Baseline = baseline, Note = note, Target = target };
}
