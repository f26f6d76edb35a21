namespace Bitwarden.Benchmarks.Compare;

/// <summary>What Import-Module costs in a fresh process: the whole process beside an empty one, and the command alone.</summary>
internal static class ImportComparison
{
    private const int Rounds = 12;
    private const double LimitMs = 60;

    internal static IEnumerable<ResultRow> Measure()
    {
        PowerShellProbe probe = new();
        List<double>[] samples = Interleaved.Run(
            Rounds,
            () => Interleaved.Time(() => probe.RunCommand("Import-Module $env:BENCH_MODULE")),
            () => Interleaved.Time(() => probe.RunCommand("1")),
            () => probe.Run("Import")["import"].Single());
        yield return new ResultRow("pwsh -c Import-Module, whole process")
        {
            Ours = new Series("ms", samples[0]),
            Baseline = new Series("ms", samples[1]),
            Target = Target.Budget(1, LimitMs),
            Note = "pwsh -c 1",
        };
        yield return new ResultRow("Import-Module inside a fresh process") { Ours = new Series("ms", samples[2]), Target = Target.Below(LimitMs, "ms") };
    }
}
