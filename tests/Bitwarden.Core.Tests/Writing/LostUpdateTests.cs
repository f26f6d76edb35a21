using Bitwarden.Core.Errors;
using Bitwarden.Core.Sessions;
using Bitwarden.Core.Vault;
using Bitwarden.TestServer;
using Xunit;

namespace Bitwarden.Core.Tests.Writing;

/// <summary>
/// Two writers, and broken connections: no update is lost without an error, and no item is made twice. BW_TEST_RACES says how many races and cuts are tried,
/// BW_TEST_SEED makes them others.
/// </summary>
public sealed class LostUpdateTests(ITestOutputHelper output)
{
    private const int FewRaces = 40;
    private const int LongestAnswer = 3000;
    private static readonly int s_count = TestSetting.Read("BW_TEST_RACES", FewRaces);
    private static readonly Random s_random = new(TestSetting.Read("BW_TEST_SEED", 1));

    [Fact]
    public async Task OfTwoWritersAtOnceOneIsRefused()
    {
        await using WritingHarness harness = await WritingHarness.StartAsync();
        for (int i = 0; i < s_count; i++)
        {
            harness.Server.AddItem(harness.Account, $"race-{i}", "u", "p");
        }

        harness.Server.Clock.Advance(TimeSpan.FromMinutes(1));
        BitwardenSession first = await harness.UnlockAsync();
        BitwardenSession second = await harness.UnlockAsync();
        int refused = 0;
        for (int i = 0; i < s_count; i++)
        {
            string name = $"race-{i}";
            Task<bool> one = WriteAsync(first, name, "username", "first", s_random.Next(4));
            Task<bool> two = WriteAsync(second, name, "notes", "second", s_random.Next(4));
            bool[] written = await Task.WhenAll(one, two);
            VaultItem now = (await first.SyncAsync(force: true)) ? first.GetVault().Find(name) : throw new InvalidOperationException();
            Assert.Contains(true, written);
            Assert.Equal(written[0], now.Username == "first");
            Assert.Equal(written[1], now.Notes?.RevealText() == "second");
            refused += written.Count(done => !done);
        }

        output.WriteLine($"{s_count} races: {refused} writes refused, none lost.");
        Assert.True(refused > 0, "The writers never met.");
    }

    [Fact]
    public async Task TwoWritersWithinTheServersToleranceCannotBothPass()
    {
        await using WritingHarness harness = await WritingHarness.StartAsync();
        BitwardenSession first = await harness.UnlockAsync();
        BitwardenSession second = await harness.UnlockAsync();
        for (int i = 0; i < 3; i++)
        {
            // Both know the version that was written this moment: the server would take any write over it for a second.
            await first.GetWriter().Items.UpdateAsync(first.GetVault().Find("prod-sql"), WritingHarness.Edit(null, ("username", $"base-{i}")), force: true);
            await Task.WhenAll(first.SyncAsync(force: true), second.SyncAsync(force: true));
            bool[] written = await Task.WhenAll(
                WriteAsync(first, "prod-sql", "notes", $"first-{i}", 0), WriteAsync(second, "prod-sql", "totp", $"second-{i}", 0));
            await first.SyncAsync(force: true);
            VaultItem now = first.GetVault().Find("prod-sql");
            Assert.Equal(written[0], now.Notes?.RevealText() == $"first-{i}");
            Assert.Equal(written[1], now.Totp?.RevealText() == $"second-{i}");
        }
    }

    [Fact]
    public async Task CutConnectionNeverMakesTwoItems()
    {
        await using WritingHarness harness = await WritingHarness.StartAsync();
        BitwardenSession session = await harness.UnlockAsync();
        int uncertain = 0;
        for (int i = 0; i < s_count; i++)
        {
            harness.Server.Faults.Clear();
            harness.Server.Faults.Add(s_random.Next(4) == 0
                ? new Fault("/api/ciphers", FaultKind.RequestLost, Times: 1, Method: "POST")
                : new Fault("/api/ciphers", FaultKind.AnswerCut, Times: 1, Method: "POST", Bytes: s_random.Next(LongestAnswer)));
            if (s_random.Next(4) == 0)
            {
                harness.Server.Faults.Add(new Fault("/api/sync", FaultKind.ServerError, Times: 1));
            }

            uncertain += await CreateAsync(session, $"cut-{i}") ? 0 : 1;
            Assert.InRange(harness.Account.Vault.Ciphers.Count(item => harness.NameOf(item) == $"cut-{i}"), 0, 1);
        }

        output.WriteLine($"{s_count} creates: {uncertain} uncertain, none twice.");
        Assert.InRange(uncertain, 1, s_count - 1);
    }

    // True for an item that is there, false for an error that says that it may be.
    private static async Task<bool> CreateAsync(BitwardenSession session, string name)
    {
        try
        {
            VaultItem made = await session.GetWriter().Items.CreateAsync(ItemType.SecureNote, WritingHarness.Edit(name, ("notes", "n")));
            return Assert.IsType<VaultItem>(made).Name == name;
        }
        catch (ItemWriteException e)
        {
            Assert.Equal("WriteUncertain", e.Code);
            return false;
        }
    }

    private static async Task<bool> WriteAsync(BitwardenSession session, string name, string selector, string value, int delay)
    {
        await Task.Delay(delay);
        try
        {
            await session.GetWriter().Items.UpdateAsync(session.GetVault().Find(name), WritingHarness.Edit(null, (selector, value)));
            return true;
        }
        catch (ItemWriteException e)
        {
            Assert.Equal("ItemChanged", e.Code);
            return false;
        }
    }
}
