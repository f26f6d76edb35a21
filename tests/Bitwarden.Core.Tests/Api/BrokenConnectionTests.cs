using Bitwarden.Core.Api;
using Bitwarden.Core.Errors;
using Bitwarden.Core.Sessions;
using Bitwarden.Core.Tests.Raw;
using Bitwarden.Core.Tests.Scripted;
using Xunit;

namespace Bitwarden.Core.Tests.Api;

/// <summary>What is repeated, and what is told in the end, when connections break on a real socket.</summary>
public sealed class BrokenConnectionTests : IDisposable
{
    private const string Sync = "sync";
    private const string Token = "connect/token";
    private readonly RawSession _raw = new();
    private readonly ConnectionOptions _swift = new() { TimeProvider = new SwiftTimeProvider(20) };

    public void Dispose() => _raw.Dispose();

    [Fact]
    public async Task ResetConnectionOfAGetIsRepeated()
    {
        using BitwardenSession session = await _raw.ConnectAsync(_swift);
        _raw.Server.Faults[Sync] = (answer, count) => count > 2 ? answer.AsScriptedAsync() : ResetAsync(answer);
        Assert.True(await session.SyncAsync(force: true));
        Assert.Equal(3, _raw.Server.Count(Sync));
    }

    [Fact]
    public async Task BodyThatBreaksOffIsRepeated()
    {
        using BitwardenSession session = await _raw.ConnectAsync(_swift);
        _raw.Server.Faults[Sync] = (answer, count) => count > 2 ? answer.AsScriptedAsync() : BreakOffAsync(answer, reset: count == 1);
        Assert.True(await session.SyncAsync(force: true));
        Assert.Equal(3, _raw.Server.Count(Sync));
    }

    [Fact]
    public async Task FileThatBreaksOffIsRepeated()
    {
        using BitwardenSession session = await _raw.ConnectUnlockedAsync(_swift);
        _raw.Server.Faults[RawSession.FilePath] = (answer, count) => count > 1 ? answer.AsScriptedAsync() : BreakOffAsync(answer, reset: true);
        using Core.Vault.DecryptedSecret file = await session.ReadSecretAsync(RawSession.File);
        Assert.Equal(_raw.Content, file.Value.Span.ToArray());
    }

    [Fact]
    public async Task LastingBreakIsToldAfterFourAttempts()
    {
        using BitwardenSession session = await _raw.ConnectAsync(_swift);
        _raw.Server.Faults[Sync] = (answer, _) => BreakOffAsync(answer, reset: true);
        ServerException failure = await Assert.ThrowsAsync<ServerException>(() => session.SyncAsync(force: true));
        Assert.Equal("ServerUnreachable", failure.Code);
        Assert.Equal(4, _raw.Server.Count(Sync));
    }

    [Fact]
    public async Task LoginIsNotRepeatedWhateverBreaks()
    {
        _raw.Server.Faults[Token] = (answer, count) => count == 1 ? BreakOffAsync(answer, reset: false) : ResetAsync(answer);
        Assert.Equal("ServerUnreachable", (await Assert.ThrowsAsync<ServerException>(() => _raw.ConnectAsync(_swift))).Code);
        Assert.Equal("ServerUnreachable", (await Assert.ThrowsAsync<ServerException>(() => _raw.ConnectAsync(_swift))).Code);
        Assert.Equal(2, _raw.Server.Count(Token));
    }

    [Fact]
    public async Task TokenThatCannotBeRenewedIsNotAskedForAgainByTheCallThatNeedsIt()
    {
        SwiftTimeProvider time = new(20_000);
        using BitwardenSession session = await _raw.ConnectAsync(_swift with { TimeProvider = time, Timeout = TimeSpan.FromDays(1) });
        await Task.Delay(TimeSpan.FromHours(1) / 20_000);
        int before = _raw.Server.Count(Token);
        _raw.Server.Faults[Token] = (answer, _) => ResetAsync(answer);
        Assert.Equal("ServerUnreachable", (await Assert.ThrowsAsync<ServerException>(() => session.SyncAsync(force: true))).Code);
        Assert.Equal(before + 1, _raw.Server.Count(Token));
    }

    [Theory]
    [InlineData(429, "RateLimited")]
    [InlineData(502, "ServerError")]
    public async Task FailureIsToldWhenTheNextWaitWouldNotFit(int status, string code)
    {
        ManualTimeProvider standing = new();
        using BitwardenSession session = await _raw.ConnectAsync(new ConnectionOptions { TimeProvider = standing, Timeout = TimeSpan.FromSeconds(5) });
        _raw.Server.Faults[Sync] = (answer, _) => answer.SendAsync(status, "{}", more: "Retry-After: 15\r\n");
        ServerException failure = await Assert.ThrowsAsync<ServerException>(() => session.SyncAsync(force: true).WaitAsync(TimeSpan.FromSeconds(20)));
        Assert.Equal(code, failure.Code);
        Assert.Equal(1, _raw.Server.Count(Sync));
    }

    [Fact]
    public async Task FailureBeforeTheSilenceIsTold()
    {
        using BitwardenSession session = await _raw.ConnectAsync(_swift);
        _raw.Server.Faults[Sync] = (answer, count) => count == 1 ? answer.SendAsync(503, "{}") : answer.SilenceAsync();
        ServerException failure = await Assert.ThrowsAsync<ServerException>(() => session.SyncAsync(force: true));
        Assert.Equal(("ServerError", System.Net.HttpStatusCode.ServiceUnavailable), (failure.Code, failure.Status));
    }

    [Fact]
    public async Task NoAnswerIsToldWhenNothingAnswered()
    {
        using BitwardenSession session = await _raw.ConnectAsync(_swift);
        _raw.Server.Faults[Sync] = (answer, _) => answer.SilenceAsync();
        ServerException failure = await Assert.ThrowsAsync<ServerException>(() => session.SyncAsync(force: true));
        Assert.Equal("ServerTimeout", failure.Code);
        Assert.Contains("did not answer within 60 seconds", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AnswerThatDripsIsNotCalledNoAnswer()
    {
        using BitwardenSession session = await _raw.ConnectAsync(_swift);
        _raw.Server.Faults[Sync] = async (answer, _) =>
        {
            await answer.HeadAsync(200);
            await answer.WriteAsync("{");
            await answer.SilenceAsync();
        };
        ServerException failure = await Assert.ThrowsAsync<ServerException>(() => session.SyncAsync(force: true));
        Assert.Equal("ServerTimeout", failure.Code);
        Assert.Contains("did not finish its answer within 60 seconds", failure.Message, StringComparison.Ordinal);
    }

    private static Task ResetAsync(RawAnswer answer)
    {
        answer.Reset();
        return Task.CompletedTask;
    }

    private static async Task BreakOffAsync(RawAnswer answer, bool reset)
    {
        await answer.HeadAsync(200, more: "Content-Length: 1000\r\n");
        await answer.WriteAsync("{\"profile\":");
        if (reset)
        {
            await Task.Delay(20);
            answer.Reset();
        }
    }
}
