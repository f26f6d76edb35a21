using Bitwarden.Benchmarks.Fixtures;
using Bitwarden.TestServer;

namespace Bitwarden.Benchmarks.Compare;

/// <summary>The cmdlets against a test server in this process: connecting, unlocking 5,000 items, reading secrets one by one and in 16 runspaces.</summary>
internal static class VaultComparison
{
    private const int Rounds = 6;
    private const int WideRounds = 3;

    internal static async Task<IEnumerable<ResultRow>> MeasureAsync()
    {
        await using EmbeddedServer server = await EmbeddedServer.StartAsync(new EmbeddedServerOptions { LargeVaultItems = LargeVault.ItemCount });
        PowerShellProbe large = new PowerShellProbe().For(server, server.Accounts[2]);
        PowerShellProbe argon2 = new PowerShellProbe().For(server, server.Argon2id);
        return [.. await Task.Run(() => Unlocks(large, argon2)), .. await Task.Run(() => Reads(large))];
    }

    private static List<ResultRow> Unlocks(PowerShellProbe large, PowerShellProbe argon2)
    {
        ILookup<string, double>[] big = [.. Enumerable.Range(0, Rounds).Select(_ => large.Run("Unlock"))];
        ILookup<string, double>[] small = [.. Enumerable.Range(0, Rounds).Select(_ => argon2.Run("Unlock"))];
        Series kdf = All(big, "kdf");
        const string Later = "later ones, same process";
        return
        [
            new("Connect-BwApiKey, first in a fresh pwsh") { Ours = All(big, "connect-first"), Baseline = All(big, "connect"), Note = Later },
            Unlock("Unlock-BwVault, 5,000 items, first with sync", big, "unlock-first", kdf),
            Unlock("Unlock-BwVault, 5,000 items, warm", big, "unlock", kdf),
            new("Unlock-BwVault, Argon2id account, first") { Ours = All(small, "unlock-first"), Baseline = All(small, "unlock"), Note = Later },
        ];
    }

    private static ResultRow Unlock(string what, ILookup<string, double>[] runs, string name, Series kdf) =>
        new(what) { Ours = All(runs, name), Baseline = kdf, Target = Target.Budget(1.5, 250), Note = "its PBKDF2 alone, same process" };

    private static List<ResultRow> Reads(PowerShellProbe large)
    {
        ILookup<string, double>[] one = [.. Enumerable.Range(0, WideRounds).Select(_ => large.Run("Read"))];
        ILookup<string, double>[] wide = [.. Enumerable.Range(0, WideRounds).Select(_ => large.Run("ReadParallel"))];
        return
        [
            new("Get-BwSecret, median of 10,000 calls") { Ours = All(one, "median"), Target = Target.Below(1, "ms") },
            new("Get-BwSecret, 99th percentile") { Ours = All(one, "p99") },
            new("Get-BwSecret, first of its process") { Ours = All(one, "first") },
            new("Reads per ms, 16 runspaces (higher is better)") { Ours = Rate(wide, "wide"), Baseline = Rate(wide, "single"), Note = "one runspace" },
        ];
    }

    private static Series All(IEnumerable<ILookup<string, double>> runs, string name) => new("ms", runs.SelectMany(run => run[name]));

    private static Series Rate(IEnumerable<ILookup<string, double>> runs, string name) => new("/ms", runs.SelectMany(run => run[name])) { IsRate = true };
}
