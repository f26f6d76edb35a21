using System.Globalization;
using Bitwarden.Benchmarks.Fixtures;
using Bitwarden.Core.Vault;

namespace Bitwarden.Benchmarks.Compare;

/// <summary>How the costs of the engine grow with the vault, from 1,000 to 100,000 items, in process. Each size beside the smallest one.</summary>
internal static class CurveComparison
{
    private const int Rounds = 5;
    private const int LookedUp = 1_000;
    private const int Times = 20;
    private static readonly int[] s_sizes = [1_000, 3_000, 10_000, 30_000, 100_000];

    internal static async Task<IEnumerable<ResultRow>> MeasureAsync()
    {
        List<LargeVault> vaults = [];
        foreach (int size in s_sizes)
        {
            vaults.Add(await LargeVault.CreateAsync(size, isMixed: true));
        }

        Target linear = new("linear: at most 1.5 x", (ours, smallest) => ours <= 1.5 * smallest);
        Target flat = new("flat: at most 2 x", (ours, smallest) => ours <= 2 * smallest);
        return
        [
            .. Rows("read and index, per item", "us", vaults, Index, linear),
            .. Rows("heap beyond the bytes, per item", "B", vaults, Heap, linear),
            .. Rows("find by name", "ns", vaults, vault => FindByName(vault), flat),
            .. Rows("find by id", "ns", vaults, vault => FindById(vault), flat),
        ];
    }

    private static IEnumerable<ResultRow> Rows(string what, string unit, List<LargeVault> vaults, Func<LargeVault, Func<double>> contender, Target target)
    {
        List<double>[] samples = Interleaved.Run(Rounds, [.. vaults.Select(contender)]);
        return s_sizes.Select((size, i) => new ResultRow(string.Create(CultureInfo.InvariantCulture, $"{size:N0}: {what}"))
        {
            Ours = new Series(unit, samples[i]),
            Baseline = new Series(unit, samples[0]),
            Target = i == 0 ? null : target,
            Note = "1,000 items",
        });
    }

    private static Func<double> Index(LargeVault vault) => () =>
    {
        GC.Collect();
        return Interleaved.Time(() => vault.Open(vault.Parse())) * 1e3 / vault.Count;
    };

    private static Func<double> Heap(LargeVault vault) => () =>
    {
        long before = GC.GetTotalMemory(forceFullCollection: true);
        UnlockedVault open = vault.Open(vault.Parse());
        long after = GC.GetTotalMemory(forceFullCollection: true);
        return (double)(after - before - open.Snapshot.Bytes.Length) / vault.Count;
    };

    private static Func<double> FindByName(LargeVault vault)
    {
        UnlockedVault open = vault.Open(vault.Parse());
        string[] names = [.. Some(open).Select(item => item.UniqueName)];
        return () => TimeEach(() => Array.ForEach(names, name => open.Find(name)));
    }

    private static Func<double> FindById(LargeVault vault)
    {
        UnlockedVault open = vault.Open(vault.Parse());
        Guid[] ids = [.. Some(open).Select(item => item.Id)];
        return () => TimeEach(() => Array.ForEach(ids, id => open.TryFind(id)));
    }

    private static double TimeEach(Action lookUps) => Interleaved.Time(() =>
    {
        for (int i = 0; i < Times; i++)
        {
            lookUps();
        }
    }) * 1e6 / (LookedUp * Times);

    // As many of each vault, spread over it: what is measured is the index, and not how many items the processor's caches hold.
    private static IEnumerable<VaultItem> Some(UnlockedVault vault) =>
        Enumerable.Range(0, LookedUp).Select(i => vault.Items[(int)(i * 7919L % vault.Items.Count)]);
}
