using System.Text.Json.Nodes;
using Bitwarden.Core.Errors;
using Bitwarden.Core.Sessions;
using Bitwarden.Core.Vault;
using Bitwarden.TestServer;
using Bitwarden.TestServer.Vault;
using Xunit;

namespace Bitwarden.Core.Tests.Transfer;

/// <summary>Imports that break off: what arrived is told, nothing is sent twice, and what is missing comes when it is resumed.</summary>
public sealed class InterruptedImportTests
{
    private const string Import = "/api/ciphers/import";
    private const int Count = 1203;

    private static IEnumerable<(string Name, string? Folder)> Rows =>
        Enumerable.Range(0, Count).Select(i => ($"item {i / 2 % 550}", i % 7 == 0 ? null : $"folder {i % 5}"));

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task AnImportThatBreaksAnywhereIsResumedWithoutLossOrDoubles(int seed)
    {
        Random random = new(seed);
        await using TransferHarness harness = await TransferHarness.StartAsync();
        Dictionary<string, int> wanted = await harness.CountAsync();
        string path = harness.Write("many.json", TransferHarness.PlainFile(Rows));
        int total = harness.Account.Vault.Ciphers.Count + Count;
        bool isDone = false;
        for (int run = 0; !isDone; run++)
        {
            harness.Server.Faults.Clear();
            if (run < 3)
            {
                BreakSomewhere(harness, random);
            }

            isDone = await TryAsync(harness, path, resume: run > 0);
            Assert.True(run < 4);
        }

        Assert.Equal(total, harness.Account.Vault.Ciphers.Count);
        Assert.Equal(3 + 5, harness.Account.Vault.Folders.Count);
        Dictionary<string, int> found = await harness.CountAsync();
        Assert.Equal(Count, found.Values.Sum() - wanted.Values.Sum());
        IEnumerable<VaultItem> imported = harness.Session.GetVault().Items.Where(item => item.Name?.StartsWith("item ", StringComparison.Ordinal) == true);
        Assert.Equal(Counts(Rows), Counts(imported.Select(item => (item.Name!, item.Folder))));
    }

    [Fact]
    public async Task ALostRequestLeavesNothingAndSaysSo()
    {
        await using TransferHarness harness = await TransferHarness.StartAsync();
        int before = harness.Account.Vault.Ciphers.Count;
        harness.Server.Faults.Add(new Fault(Import, FaultKind.RequestLost));
        string path = harness.Write("two.json", TransferHarness.PlainFile([("a", "New"), ("b", null)]));
        TransferException broken = await Assert.ThrowsAsync<TransferException>(() => harness.ImportAsync(path));
        Assert.Equal(("ImportIncomplete", 0, 2), (broken.Code, broken.Arrived, broken.Total));
        Assert.Equal(before, harness.Account.Vault.Ciphers.Count);
        Assert.Single(harness.Server.Requests.All, request => request.Path.StartsWith(Import, StringComparison.Ordinal));
    }

    [Fact]
    public async Task ALostAnswerIsNoLoss()
    {
        await using TransferHarness harness = await TransferHarness.StartAsync();
        harness.Server.Faults.Add(new Fault(Import, FaultKind.AnswerCut, Bytes: 5));
        string path = harness.Write("two.json", TransferHarness.PlainFile([("a", "New"), ("b", null)]));
        Assert.Equal(2, (await harness.ImportAsync(path)).ItemCount);
        Assert.Equal("New", harness.Session.GetVault().Find("a").Folder);
        Assert.Single(harness.Server.Requests.All, request => request.Path.StartsWith(Import, StringComparison.Ordinal));
    }

    [Fact]
    public async Task WhereNobodyCanLookNobodyKnows()
    {
        await using TransferHarness harness = await TransferHarness.StartAsync();
        string path = harness.Write("one.json", TransferHarness.PlainFile([("a", null)]));
        harness.Server.Faults.Add(new Fault(Import, FaultKind.AnswerCut, Bytes: 5));
        harness.Server.Faults.Add(new Fault("/api/sync", FaultKind.RequestLost));
        TransferException broken = await Assert.ThrowsAsync<TransferException>(() => harness.ImportAsync(path));
        Assert.Equal(("ImportIncomplete", null, 1), (broken.Code, broken.Arrived, broken.Total));
        harness.Server.Faults.Clear();
        ImportSummary resumed = await harness.ImportAsync(path, resume: true);
        Assert.Equal((0, 1), (resumed.ItemCount, resumed.SkippedCount));
    }

    [Fact]
    public async Task ARefusalOfTheFirstPieceIsTheServersOwnError()
    {
        await using TransferHarness harness = await TransferHarness.StartAsync();
        StoredOrganization organization = harness.Account.Vault.Organizations[0];
        harness.Account.Vault.Put(organization with { LimitCollectionCreation = true });
        string path = harness.Write(
            "one.json",
            "{\"collections\":[{\"id\":\"1\",\"name\":\"New\"}],\"items\":[{\"type\":1,\"name\":\"a\",\"login\":{},\"collectionIds\":[\"1\"]}]}");
        ServerException refused = await Assert.ThrowsAsync<ServerException>(() => harness.ImportAsync(path, organization: organization.Id));
        Assert.Equal("ApiError", refused.Code);
    }

    [Fact]
    public async Task ManyItemsArrive()
    {
        // BITWARDEN_IMPORT_ITEMS=10000 is the long form.
        int count = TestSetting.Read("BITWARDEN_IMPORT_ITEMS", 1100);
        await using TransferHarness harness = await TransferHarness.StartAsync();
        JsonObject file = TransferHarness.PlainFile(Enumerable.Range(0, count).Select(i => ($"item {i}", (string?)$"folder {i % 20}")));
        string path = harness.Write("many.json", file);
        Assert.Equal(count, (await harness.ImportAsync(path)).ItemCount);
        Assert.Equal(count, harness.Session.GetVault().Items.Count(item => item.Folder?.StartsWith("folder ", StringComparison.Ordinal) == true));
        Assert.Equal(count, (await harness.ImportAsync(path, resume: true)).SkippedCount);
    }

    private static Dictionary<(string Name, string? Folder), int> Counts(IEnumerable<(string Name, string? Folder)> rows) => rows
        .GroupBy(row => row)
        .ToDictionary(same => same.Key, same => same.Count());

    private static void BreakSomewhere(TransferHarness harness, Random random)
    {
        for (int after = random.Next(3); after > 0; after--)
        {
            // Passes, a little late.
            harness.Server.Faults.Add(new Fault(Import, FaultKind.SlowHeaders, Times: 1, DelayMilliseconds: 1));
        }

        FaultKind kind = random.Next(2) == 0 ? FaultKind.RequestLost : FaultKind.AnswerCut;
        harness.Server.Faults.Add(new Fault(Import, kind, Times: 1, Bytes: random.Next(40)));
        if (random.Next(2) == 0)
        {
            harness.Server.Faults.Add(new Fault("/api/sync", FaultKind.RequestLost, Method: "GET"));
        }
    }

    private static async Task<bool> TryAsync(TransferHarness harness, string path, bool resume)
    {
        try
        {
            await harness.ImportAsync(path, resume: resume);
            return true;
        }
        catch (BitwardenException e) when (e is TransferException or ServerException)
        {
            return false;
        }
    }
}
