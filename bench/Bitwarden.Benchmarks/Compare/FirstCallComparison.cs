namespace Bitwarden.Benchmarks.Compare;

/// <summary>The first Argon2id derivation of a fresh PowerShell, which pays for compilation, beside later ones of the same process.</summary>
internal static class FirstCallComparison
{
    private const int Rounds = 10;
    private const double LimitMs = 50;

    internal static IEnumerable<ResultRow> Measure()
    {
        PowerShellProbe probe = new();
        List<double> first = [];
        List<double> warm = [];
        for (int round = 0; round < Rounds; round++)
        {
            double[] samples = [.. probe.Run("Derive")["derive"]];
            first.Add(samples[0]);
            warm.Add(new Series("ms", samples[1..]).Median);
        }

        yield return new ResultRow("Argon2id 64 MiB, first in a fresh pwsh")
        {
            Ours = new Series("ms", first),
            Baseline = new Series("ms", warm),
            Target = Target.Budget(1, LimitMs),
            Note = "later ones, same process",
        };
    }
}
