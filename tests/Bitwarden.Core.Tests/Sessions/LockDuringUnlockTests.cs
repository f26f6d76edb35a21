using Bitwarden.Core.Crypto;
using Bitwarden.Core.Errors;
using Bitwarden.Core.Sessions;
using Bitwarden.Core.Tests.Scripted;
using Xunit;

namespace Bitwarden.Core.Tests.Sessions;

/// <summary>A lock while the vault is being unlocked is the last word, although there is nothing to lock yet.</summary>
public sealed class LockDuringUnlockTests : IDisposable
{
    private readonly ScriptedServer _server = new();
    private readonly ManualTimeProvider _time = new();
    private BitwardenSession _session = null!;

    [Fact]
    public async Task LockWinsOverAnUnlockThatIsAtWork()
    {
        using BitwardenSession session = _session = await _server.ConnectAsync(_time);
        OnSync(_session.Lock);
        await AssertLockedMeanwhileAsync(ScriptedServer.UnlockAsync(session));
        await ScriptedServer.UnlockAsync(session);
        Assert.Equal(BitwardenSessionState.Unlocked, session.State);
    }

    [Fact]
    public async Task LockWinsOverAnUnlockThatWaitsForItsTurn()
    {
        using BitwardenSession session = _session = await _server.ConnectAsync(_time);
        Task? unlock = null;
        OnSync(() =>
        {
            unlock = ScriptedServer.UnlockAsync(session);
            session.Lock();
        });
        await session.SyncAsync(force: true);
        await AssertLockedMeanwhileAsync(unlock!);
    }

    [Fact]
    public async Task LockWinsOverAnUnlockOfAnOpenVault()
    {
        using BitwardenSession session = _session = await _server.ConnectUnlockedAsync(_time);
        Task? unlock = null;
        OnSync(() =>
        {
            unlock = ScriptedServer.UnlockAsync(session);
            session.Lock();
        });
        await session.SyncAsync(force: true);
        await AssertLockedMeanwhileAsync(unlock!);
    }

    [Fact]
    public async Task IdleTimeDuringAnUnlockDoesNotLoseIt()
    {
        using BitwardenSession session = _session = await _server.ConnectAsync(_time, new SessionOptions { IdleTimeout = TimeSpan.FromSeconds(1) });
        OnSync(() => _time.Advance(TimeSpan.FromSeconds(2)));
        await ScriptedServer.UnlockAsync(session);
        Assert.Equal(BitwardenSessionState.Unlocked, session.State);
        _time.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(BitwardenSessionState.Locked, session.State);
    }

    public void Dispose() => _server.Dispose();

    private async Task AssertLockedMeanwhileAsync(Task unlock)
    {
        SessionException failure = await Assert.ThrowsAsync<SessionException>(() => unlock);
        Assert.Equal("VaultLocked", failure.Code);
        Assert.Contains("while it was being unlocked", failure.Message, StringComparison.Ordinal);
        Assert.Equal(BitwardenSessionState.Locked, _session.State);
        Assert.Equal("VaultLocked", Assert.Throws<SessionException>(_session.GetVault).Code);
    }

    // Once, in the middle of the answer.
    private void OnSync(Action action)
    {
        Func<ScriptedRequest, CancellationToken, Task<HttpResponseMessage>> works = _server.Routes["sync"];
        _server.Routes["sync"] = (request, cancellationToken) =>
        {
            _server.Routes["sync"] = works;
            action();
            return works(request, cancellationToken);
        };
    }
}
