using System.Globalization;
using Bitwarden.TestServer;

namespace Bitwarden.Benchmarks.Compare;

/// <summary>
/// What the size of a vault decides, in fresh PowerShells against a test server in this process: unlocking with the first sync, syncing, listing, finding,
/// reading, memory. Half of the items have keys of their own.
/// </summary>
internal static class SizeComparison
{
    private const double ListLimitMs = 60;
    private const double WildcardLimitMs = 30;
    private const double PipelineLimitMs = 0.06;
    private const double SingleLimitMs = 0.1;
    private const double PeakLimitMb = 60;
    private const int Judged = 5_000;

    /// <param name="items">How large the vault is.</param>
    /// <param name="processes">How many fresh processes measure it.</param>
    /// <param name="rounds">How often each of them unlocks and syncs.</param>
    internal static async Task<IEnumerable<ResultRow>> MeasureAsync(int items, int processes, int rounds)
    {
        await using EmbeddedServer server = await EmbeddedServer.StartAsync(new EmbeddedServerOptions { LargeVaultItems = items, MixedLargeVault = true });
        PowerShellProbe probe = new PowerShellProbe().For(server, server.Accounts[2]);
        probe.Set("BENCH_ROUNDS", rounds.ToString(CultureInfo.InvariantCulture));
        return await Task.Run(() => Measure(probe, items, processes));
    }

    private static ResultRow[] Measure(PowerShellProbe probe, int items, int processes)
    {
        List<ILookup<string, double>> runs = [];
        List<double> empty = [];
        for (int i = 0; i < processes; i++)
        {
            runs.Add(probe.Run("Size"));
            empty.AddRange(probe.Run("Empty")["peak"]);
        }

        SizeRows rows = new(items, runs);
        return [.. Fetching(rows, items), .. Listing(rows, items), .. Reading(rows), .. Memory(rows, items, new Series("MB", empty))];
    }

    private static ResultRow[] Fetching(SizeRows rows, int items)
    {
        Target? unlock = items >= Judged ? Target.Ratio(1.3) : null;
        Target? sync = items >= Judged ? Target.Ratio(1.5) : null;
        Series both = new("ms", rows.Samples("raw").Zip(rows.Samples("kdf"), (raw, kdf) => raw + kdf));
        return
        [
            rows.Row("Unlock-BwVault with its first sync", rows.All("unlock"), both, "raw GET + KDF, same process", unlock),
            rows.Row("the same, first of a fresh pwsh", rows.All("unlock-first"), rows.All("unlock"), "later ones; the rest is compilation"),
            rows.Row("Sync-BwVault -Force, nothing changed", rows.All("sync"), rows.All("raw"), "raw GET", sync),
            rows.Row("Sync-BwVault -Force, one item new", rows.All("sync-one"), rows.All("raw"), "raw GET", sync),
            rows.Row("Sync-BwVault, nothing changed", rows.All("sync-unforced"), rows.All("raw"), "raw GET"),
        ];
    }

    private static ResultRow[] Listing(SizeRows rows, int items)
    {
        Target? list = items == Judged ? Target.Below(ListLimitMs, "ms") : null;
        Target? wildcard = items == Judged ? Target.Below(WildcardLimitMs, "ms") : null;
        return
        [
            rows.Row("Get-BwItem, first", rows.All("list-first"), rows.All("list"), "later ones", list),
            rows.Row("Get-BwItem item-0001*, first", rows.All("wildcard-first"), rows.All("wildcard"), "later ones", wildcard),
            rows.Row("Get-BwItem by name", rows.All("by-name"), rows.All("single-floor"), "Write-Output"),
            rows.Row("Get-BwItem -Id", rows.All("by-id"), rows.All("single-floor"), "Write-Output"),
        ];
    }

    private static ResultRow[] Reading(SizeRows rows)
    {
        Target pipeline = Target.Below(PipelineLimitMs, "ms");
        Target single = Target.Below(SingleLimitMs, "ms");
        return
        [
            rows.Row("Get-BwSecret, 1,000 names in a pipeline, each", rows.All("pipeline"), rows.All("pipeline-floor"), "Write-Output", pipeline),
            rows.Row("Get-BwSecret, 1,000 names one by one, each", rows.All("single"), rows.All("single-floor"), "Write-Output", single),
        ];
    }

    private static ResultRow[] Memory(SizeRows rows, int items, Series empty)
    {
        Target heap = new("at most 1.5 x answer + 300 B an item", (ours, answer) => ours <= (1.5 * answer) + (300e-6 * items));
        Target peak = new($"at most {PeakLimitMb} MB more", (ours, without) => ours <= without + PeakLimitMb);
        return
        [
            rows.Row("heap after unlock over before connecting", rows.All("heap", "MB"), rows.All("bytes", "MB"), "the answer", items >= Judged ? heap : null),
            rows.Row("peak working set after unlock", rows.All("peak", "MB"), empty, "an empty pwsh", items == Judged ? peak : null),
        ];
    }
}
