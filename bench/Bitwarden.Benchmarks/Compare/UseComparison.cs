using Bitwarden.TestServer;

namespace Bitwarden.Benchmarks.Compare;

/// <summary>Use-BwSecret with ten references in an unlocked session, beside the block by itself.</summary>
internal static class UseComparison
{
    private const double LimitMs = 5;
    private const string Note = "the block alone";

    internal static async Task<IEnumerable<ResultRow>> MeasureAsync()
    {
        await using EmbeddedServer server = await EmbeddedServer.StartAsync();
        PowerShellProbe probe = new PowerShellProbe().For(server, server.Argon2id, "prod-sql");
        ILookup<string, double> samples = await Task.Run(() => probe.Run("Use"));
        Series alone = new("ms", samples["alone"]);
        return
        [
            new("Use-BwSecret, ten references, first of the process") { Ours = new Series("ms", samples["first"]), Baseline = alone, Note = Note },
            new("Use-BwSecret, ten references, later")
            {
                Ours = new Series("ms", samples["used"]),
                Baseline = alone,
                Target = Target.Budget(1, LimitMs),
                Note = Note,
            },
        ];
    }
}
