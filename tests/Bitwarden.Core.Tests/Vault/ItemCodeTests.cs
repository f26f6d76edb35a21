using Bitwarden.Core.Errors;
using Bitwarden.Core.Generators;
using Bitwarden.Core.Sessions;
using Bitwarden.Core.Tests.Scripted;
using Bitwarden.Core.Tests.Writing;
using Bitwarden.Core.Vault;
using Xunit;

namespace Bitwarden.Core.Tests.Vault;

public sealed class ItemCodeTests
{
    private const string Seed = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

    // The clock of these tests begins five seconds into a window of thirty.
    [Fact]
    public async Task WaitingEndsWithTheWindowAndGivesTheCodeOfTheNext()
    {
        await using WritingHarness harness = await WritingHarness.StartAsync();
        ResolvedReference reference = await ReferenceAsync(harness);
        ManualTimeProvider time = new();
        Task<OneTimeCode> waiting = ItemCode.WaitForNextAsync(reference, time.GetUtcNow(), time);
        for (int second = 0; second < 25; second++)
        {
            await Poll.UntilAsync("the wait for the next second", () => time.Waiting == 1 || waiting.IsFaulted);
            Assert.False(waiting.IsCompleted);
            time.Advance(TimeSpan.FromSeconds(1));
        }

        using OneTimeCode code = await waiting;
        using OneTimeCode expected = Totp.ComputeCode(Seed, ManualTimeProvider.Start.AddSeconds(25));
        Assert.Equal(expected.Value.RevealText(), code.Value.RevealText());
        Assert.Equal(30, code.SecondsLeft);
    }

    [Fact]
    public async Task NoTimeIsSpentForAWindowThatIsOver()
    {
        await using WritingHarness harness = await WritingHarness.StartAsync();
        ResolvedReference reference = await ReferenceAsync(harness);
        ManualTimeProvider time = new();
        using OneTimeCode code = await ItemCode.WaitForNextAsync(reference, time.GetUtcNow().AddSeconds(-10), time);
        Assert.Equal(25, code.SecondsLeft);
    }

    [Fact]
    public async Task WaitingCanBeStopped()
    {
        await using WritingHarness harness = await WritingHarness.StartAsync();
        ResolvedReference reference = await ReferenceAsync(harness);
        using CancellationTokenSource stop = new();
        ManualTimeProvider time = new();
        Task<OneTimeCode> waiting = ItemCode.WaitForNextAsync(reference, time.GetUtcNow(), time, stop.Token);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
    }

    [Fact]
    public async Task ALockDuringTheWaitKeepsTheCodeBack()
    {
        await using WritingHarness harness = await WritingHarness.StartAsync();
        (BitwardenSession session, ResolvedReference reference) = await OpenAsync(harness);
        ManualTimeProvider time = new() { Asleep = TimeSpan.FromSeconds(24) };
        Task<OneTimeCode> waiting = ItemCode.WaitForNextAsync(reference, time.GetUtcNow(), time);
        session.Lock();
        await Poll.UntilAsync("the wait", () => time.Waiting == 1);
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("VaultLocked", (await Assert.ThrowsAsync<SessionException>(() => waiting)).Code);
    }

    private static async Task<ResolvedReference> ReferenceAsync(WritingHarness harness) => (await OpenAsync(harness)).Reference;

    private static async Task<(BitwardenSession Session, ResolvedReference Reference)> OpenAsync(WritingHarness harness)
    {
        BitwardenSession session = await harness.UnlockAsync();
        VaultItem item = await session.GetWriter().Items.CreateAsync(ItemType.Login, WritingHarness.Edit("code", ("totp", Seed)));
        return (session, ResolvedReference.To(item, null));
    }
}
