using Bitwarden.TestServer;

namespace Bitwarden.Benchmarks.Compare;

/// <summary>
/// Get-Secret and Get-SecretInfo of SecretManagement with our vault and with SecretStore, in one process with a throwaway home directory. SecretStore lists the
/// 50 secrets that it is given: it writes all of them anew with each one, so that filling it with 5,000 takes an hour.
/// </summary>
internal static class SecretManagementComparison
{
    private const int Rounds = 3;
    private const string StoreListing = "SecretStore's listing of 50, same process";
    private const string What = "Get-Secret through SecretManagement, 5,000 items";

    internal static async Task<IEnumerable<ResultRow>> MeasureAsync()
    {
        if (OperatingSystem.IsWindows())
        {
            return [ResultRow.Skipped(What, "SecretManagement would use the user's own registry")];
        }

        DirectoryInfo home = Directory.CreateTempSubdirectory("bw-bench-");
        try
        {
            await using EmbeddedServer server = await EmbeddedServer.StartAsync(new EmbeddedServerOptions { LargeVaultItems = 5_000, MixedLargeVault = true });
            PowerShellProbe probe = new PowerShellProbe().For(server, server.Accounts[2]);
            probe.Set("HOME", home.FullName);
            return await Task.Run(() => Measure(probe));
        }
        finally
        {
            home.Delete(recursive: true);
        }
    }

    private static ResultRow[] Measure(PowerShellProbe probe)
    {
        ILookup<string, double>[] runs = [.. Enumerable.Range(0, Rounds).Select(_ => probe.Run("SecretManagement"))];
        Series Of(string name) => new("ms", runs.SelectMany(run => run[name]));
        ResultRow List(string name, string ours, string store, double limit) =>
            new(name) { Ours = Of(ours), Baseline = Of(store), Target = Target.Below(limit, "ms"), Note = StoreListing };
        return
        [
            new ResultRow(What) { Ours = Of("ours"), Baseline = Of("store"), Target = Target.Ratio(1), Note = "SecretStore, same process" },
            List("Get-SecretInfo, 5,000 items, first of the process", "list-first", "list-store-first", 150),
            List("Get-SecretInfo, 5,000 items, later", "list", "list-store", 50),
            new ResultRow("completion of a name, 5,000 items, later")
            {
                Ours = Of("complete"),
                Baseline = Of("complete-ready"),
                Target = Target.Below(60, "ms"),
                Note = "a vault that has 5,000 rows ready",
            },
        ];
    }
}
