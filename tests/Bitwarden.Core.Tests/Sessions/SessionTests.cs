using System.Net;
using Bitwarden.Core.Errors;
using Bitwarden.Core.Sessions;
using Bitwarden.Core.Tests.Scripted;
using Bitwarden.Core.Vault;
using Xunit;

namespace Bitwarden.Core.Tests.Sessions;

public sealed class SessionTests : IDisposable
{
    private readonly ScriptedServer _server = new();
    private readonly ManualTimeProvider _time = new();

    public SessionTests()
    {
        _server.Vault.AddLogin("web", "ada", "pw-1");
    }

    [Fact]
    public async Task LockMakesEverythingThatWasHandedOutUnreadable()
    {
        using BitwardenSession session = await _server.ConnectUnlockedAsync(_time);
        UnlockedVault vault = session.GetVault();
        VaultItem item = vault.Find("web");
        ItemValue password = item.Password!;
        VaultItem untouched = vault.Items[0];
        session.Lock();
        Assert.Equal(BitwardenSessionState.Locked, session.State);
        AssertLocked(() => password.RevealText());
        AssertLocked(() => item.Password!.RevealText());
        AssertLocked(() => untouched.Password!.Decrypt());
        AssertLocked(() => session.GetVault());
        Assert.Equal("VaultLocked", (await Assert.ThrowsAsync<SessionException>(() => session.ReadSecretAsync("web"))).Code);
        Assert.Equal("VaultLocked", (await Assert.ThrowsAsync<SessionException>(() => session.ReadSecretAsync(ResolvedReference.To(item, null)))).Code);
    }

    [Fact]
    public async Task ItemThatWasNotLookedIntoAnswersLocked()
    {
        using BitwardenSession session = await _server.ConnectUnlockedAsync(_time);
        VaultItem item = session.GetVault().Find("web");
        session.Lock();
        AssertLocked(() => item.Username);
        AssertLocked(() => item.Values);
    }

    [Fact]
    public async Task LockZeroesTheKeys()
    {
        using Bitwarden.Core.Crypto.KeyRing ring = _server.Vault.Ring();
        using Bitwarden.Core.Crypto.SecretBytes before = ring.UserKey.CopyBytes();
        ring.Dispose();
        Assert.Throws<ObjectDisposedException>(() => ring.UserKey.CopyBytes());
        using BitwardenSession session = await _server.ConnectUnlockedAsync(_time);
        session.Lock();
        session.Lock();
        Assert.Equal(BitwardenSessionState.Locked, session.State);
    }

    [Fact]
    public async Task ItemsFromBeforeASyncStayReadableAfterIt()
    {
        using BitwardenSession session = await _server.ConnectUnlockedAsync(_time);
        VaultItem item = session.GetVault().Find("web");
        ItemValue password = item.Password!;
        _server.Vault.AddLogin("newer", "ada", "pw-2");
        Assert.True(await session.SyncAsync(force: true));
        Assert.Equal("pw-1", password.RevealText());
        Assert.Equal("ada", item.Username);
        Assert.Equal("pw-2", session.GetVault().Find("newer").Password!.RevealText());
        session.Lock();
        AssertLocked(() => password.RevealText());
    }

    [Fact]
    public async Task SecondUnlockKeepsItemsReadable()
    {
        using BitwardenSession session = await _server.ConnectUnlockedAsync(_time);
        ItemValue password = session.GetVault().Find("web").Password!;
        await ScriptedServer.UnlockAsync(session);
        Assert.Equal("pw-1", password.RevealText());
        session.Lock();
        AssertLocked(() => password.RevealText());
    }

    [Fact]
    public async Task UnchangedVaultIsNotFetchedAgain()
    {
        using BitwardenSession session = await _server.ConnectUnlockedAsync(_time);
        Assert.False(await session.SyncAsync(force: false));
        Assert.Equal(1, _server.Count("sync"));
        Assert.True(await session.SyncAsync(force: true));
        _server.Revision = 1_700_000_000_001;
        Assert.True(await session.SyncAsync(force: false));
    }

    [Theory]
    [InlineData("1700000000000", false)]
    [InlineData("\"2026-01-02T03:04:05.678Z\"", false)]
    [InlineData("null", true)]
    [InlineData("\"soon\"", true)]
    [InlineData("1.5", true)]
    [InlineData("{}", true)]
    public async Task RevisionDateMayHaveAnyForm(string json, bool alwaysFetches)
    {
        _server.Answer("accounts/revision-date", HttpStatusCode.OK, json);
        using BitwardenSession session = await _server.ConnectUnlockedAsync(_time);
        await session.SyncAsync(force: false);
        Assert.Equal(alwaysFetches, await session.SyncAsync(force: false));
    }

    [Theory]
    [InlineData("9223372036854775807")]
    [InlineData("-9223372036854775808")]
    public async Task AbsurdRevisionDateIsUnknown(string json)
    {
        _server.Answer("accounts/revision-date", HttpStatusCode.OK, json);
        using BitwardenSession session = await _server.ConnectUnlockedAsync(_time);
        Assert.True(await session.SyncAsync(force: false));
    }

    [Fact]
    public async Task ChangedSecurityStampLocks()
    {
        using BitwardenSession session = await _server.ConnectUnlockedAsync(_time);
        ItemValue password = session.GetVault().Find("web").Password!;
        _server.Vault.Profile["securityStamp"] = "stamp-2";
        Assert.True(await session.SyncAsync(force: true));
        Assert.Equal(BitwardenSessionState.Locked, session.State);
        AssertLocked(() => password.RevealText());
        await ScriptedServer.UnlockAsync(session);
        Assert.Equal(BitwardenSessionState.Unlocked, session.State);
    }

    [Fact]
    public async Task FailedSyncLeavesTheVaultAsItWas()
    {
        using BitwardenSession session = await _server.ConnectUnlockedAsync(_time);
        _server.Answer("sync", HttpStatusCode.InternalServerError);
        await Assert.ThrowsAsync<ServerException>(() => session.SyncAsync(force: true));
        Assert.Equal("pw-1", session.GetVault().Find("web").Password!.RevealText());
    }

    [Fact]
    public async Task IdleSessionLocks()
    {
        using BitwardenSession session = await _server.ConnectUnlockedAsync(_time, Idle(10));
        _time.Advance(TimeSpan.FromMinutes(9));
        Assert.Equal(BitwardenSessionState.Unlocked, session.State);
        _time.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal(BitwardenSessionState.Locked, session.State);
    }

    [Fact]
    public async Task UseStartsTheIdleTimeAnew()
    {
        using BitwardenSession session = await _server.ConnectUnlockedAsync(_time, Idle(10));
        _time.Advance(TimeSpan.FromMinutes(9));
        session.GetVault();
        _time.Advance(TimeSpan.FromMinutes(9));
        Assert.Equal(BitwardenSessionState.Unlocked, session.State);
        _time.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal(BitwardenSessionState.Locked, session.State);
    }

    [Fact]
    public async Task ReadingAHeldValueIsAUse()
    {
        using BitwardenSession session = await _server.ConnectUnlockedAsync(_time, Idle(10));
        ItemValue held = session.GetVault().Find("web").Password!;
        for (int i = 0; i < 3; i++)
        {
            _time.Advance(TimeSpan.FromMinutes(9));
            held.RevealText();
        }

        _time.Advance(TimeSpan.FromMinutes(11));
        Assert.Equal(BitwardenSessionState.Locked, session.State);
        AssertLocked(() => held.RevealText());
    }

    [Fact]
    public async Task ListingForOthersIsNoUse()
    {
        using BitwardenSession session = await _server.ConnectUnlockedAsync(_time, Idle(10));
        _time.Advance(TimeSpan.FromMinutes(9));
        session.PeekVault();
        _time.Advance(TimeSpan.FromMinutes(2));
        AssertLocked(() => session.PeekVault());
    }

    [Fact]
    public async Task MachineThatSleptPastTheLimitWakesUpLocked()
    {
        using BitwardenSession session = await _server.ConnectUnlockedAsync(_time, Idle(10));
        ItemValue held = session.GetVault().Find("web").Password!;
        _time.Asleep = TimeSpan.FromHours(8);
        AssertLocked(() => held.RevealText());
        AssertLocked(() => session.GetVault());
        Assert.Equal(BitwardenSessionState.Locked, session.State);
        await ScriptedServer.UnlockAsync(session);
        Assert.Equal(BitwardenSessionState.Unlocked, session.State);
    }

    [Fact]
    public async Task WakingUpIsNoticedWithoutAnybodyAsking()
    {
        using BitwardenSession session = await _server.ConnectUnlockedAsync(_time, Idle(10));
        Core.Crypto.KeyRing keys = session.GetVault().Access.Keys;
        _time.Asleep = TimeSpan.FromHours(8);
        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.Throws<ObjectDisposedException>(() => keys.UserKey.CopyBytes());
    }

    [Theory]
    [InlineData(60)]
    [InlineData(10_000_000)]
    public async Task IdleTimeLongerThanAnyTimerIsHeld(int days)
    {
        using BitwardenSession session = await _server.ConnectUnlockedAsync(new SystemClock(), new SessionOptions { IdleTimeout = TimeSpan.FromDays(days) });
        Assert.Equal(BitwardenSessionState.Unlocked, session.State);
    }

    [Fact]
    public async Task IdleTimeOfTicksFiresNoStormOfTimers()
    {
        SystemClock time = new();
        using BitwardenSession session = await _server.ConnectAsync(time, new SessionOptions { IdleTimeout = TimeSpan.FromTicks(15) });
        Assert.All(time.Waits, wait => Assert.True(wait >= TimeSpan.FromMilliseconds(100), $"{wait}"));
    }

    [Fact]
    public async Task IdleSessionLocksEachTimeItWasUnlocked()
    {
        using BitwardenSession session = await _server.ConnectAsync(_time, Idle(10));
        for (int i = 0; i < 3; i++)
        {
            _time.Advance(TimeSpan.FromMinutes(25));
            await ScriptedServer.UnlockAsync(session);
            _time.Advance(TimeSpan.FromMinutes(9));
            Assert.Equal(BitwardenSessionState.Unlocked, session.State);
            _time.Advance(TimeSpan.FromMinutes(2));
            Assert.Equal(BitwardenSessionState.Locked, session.State);
        }
    }

    [Fact]
    public async Task NegativeIdleTimeoutMeansNever()
    {
        using BitwardenSession session = await _server.ConnectUnlockedAsync(_time, new SessionOptions { IdleTimeout = TimeSpan.FromMinutes(-1) });
        _time.Advance(TimeSpan.FromDays(30));
        Assert.Equal(BitwardenSessionState.Unlocked, session.State);
    }

    [Fact]
    public async Task DisposeForgetsEverything()
    {
        BitwardenSession session = await _server.ConnectUnlockedAsync(_time);
        ItemValue password = session.GetVault().Find("web").Password!;
        session.Dispose();
        session.Dispose();
        Assert.Equal(BitwardenSessionState.Disconnected, session.State);
        AssertLocked(() => password.RevealText());
        Assert.Equal("SessionDisconnected", Assert.Throws<SessionException>(session.GetVault).Code);
        Assert.Equal("SessionDisconnected", (await Assert.ThrowsAsync<SessionException>(() => session.SyncAsync(force: true))).Code);
        Assert.Equal("SessionDisconnected", (await Assert.ThrowsAsync<SessionException>(() => ScriptedServer.UnlockAsync(session))).Code);
        Assert.Equal("SessionDisconnected", (await Assert.ThrowsAsync<SessionException>(() => session.ReadSecretAsync("web"))).Code);
        Assert.Null(session.LastSync);
    }

    [Theory]
    [InlineData("accounts/revision-date")]
    [InlineData("sync")]
    public async Task DisposeDuringASyncEndsIt(string path)
    {
        BitwardenSession session = await _server.ConnectUnlockedAsync(_time);
        TaskCompletionSource reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
        _server.Routes[path] = async (_, token) =>
        {
            reached.SetResult();
            await Task.Delay(Timeout.Infinite, token);
            return null!;
        };
        Task<bool> sync = session.SyncAsync(force: true);
        await reached.Task;
        session.Dispose();
        SessionException failure = await Assert.ThrowsAsync<SessionException>(() => sync.WaitAsync(TimeSpan.FromSeconds(30)));
        Assert.Equal("SessionDisconnected", failure.Code);
        Assert.Equal(BitwardenSessionState.Disconnected, session.State);
    }

    [Fact]
    public async Task AnswerThatArrivesAfterDisposeOpensNothing()
    {
        BitwardenSession session = await _server.ConnectUnlockedAsync(_time);
        _server.Routes["sync"] = (_, _) =>
        {
            session.Dispose();
            return Task.FromResult(ScriptedServer.Json(_server.Vault.Sync));
        };
        Assert.Equal("SessionDisconnected", (await Assert.ThrowsAsync<SessionException>(() => session.SyncAsync(force: true))).Code);
        Assert.Equal("SessionDisconnected", Assert.Throws<SessionException>(session.GetVault).Code);
    }

    [Fact]
    public async Task LockDuringASyncStaysLocked()
    {
        using BitwardenSession session = await _server.ConnectUnlockedAsync(_time);
        _server.Routes["sync"] = (_, _) =>
        {
            session.Lock();
            return Task.FromResult(ScriptedServer.Json(_server.Vault.Sync));
        };
        Assert.True(await session.SyncAsync(force: true));
        Assert.Equal(BitwardenSessionState.Locked, session.State);
    }

    [Fact]
    public async Task DisposeDuringADownloadEndsIt()
    {
        Guid id = Guid.Parse((string)_server.Vault.Ciphers[0]!["id"]!);
        _server.Vault.Ciphers[0]!["attachments"] = System.Text.Json.Nodes.JsonNode.Parse("[{\"id\":\"f\"}]");
        BitwardenSession session = await _server.ConnectUnlockedAsync(_time);
        _server.Routes[$"ciphers/{id}/attachment/f"] = async (_, token) =>
        {
            session.Dispose();
            await Task.Delay(Timeout.Infinite, token);
            return null!;
        };
        SessionException failure = await Assert.ThrowsAsync<SessionException>(
            () => session.ReadSecretAsync("web#attachment:f").WaitAsync(TimeSpan.FromSeconds(30)));
        Assert.Equal("SessionDisconnected", failure.Code);
    }

    [Fact]
    public async Task NothingSecretIsInTheTextOfASession()
    {
        using BitwardenSession session = await _server.ConnectUnlockedAsync(_time);
        Assert.Equal($"ada@example.org on {_server.Environment.Name} (Unlocked)", session.ToString());
        Assert.DoesNotContain("pw-1", session.GetVault().Find("web").Password!.ToString());
    }

    public void Dispose() => _server.Dispose();

    // The real clock and its timers, which refuse what is longer than 49 days.
    private sealed class SystemClock : TimeProvider
    {
        internal System.Collections.Concurrent.ConcurrentQueue<TimeSpan> Waits { get; } = [];

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            Waits.Enqueue(dueTime);
            return base.CreateTimer(callback, state, dueTime, period);
        }
    }

    private static SessionOptions Idle(int minutes) => new() { IdleTimeout = TimeSpan.FromMinutes(minutes) };

    private static void AssertLocked(Func<object?> read) => Assert.Equal("VaultLocked", Assert.Throws<SessionException>(read).Code);
}
