using System.Net;
using System.Net.Http.Headers;
using Bitwarden.Core.Api;
using Bitwarden.Core.Crypto;
using Bitwarden.Core.Errors;
using Bitwarden.Core.Sessions;
using Bitwarden.Core.Tests.Scripted;
using Xunit;

namespace Bitwarden.Core.Tests.Api;

public sealed class RetryTests : IDisposable
{
    private readonly ScriptedServer _server = new();
    private readonly ManualTimeProvider _time = new() { SkipsUpTo = TimeSpan.FromSeconds(20) };

    [Theory]
    [InlineData(HttpStatusCode.RequestTimeout)]
    [InlineData(HttpStatusCode.TooManyRequests)]
    [InlineData(HttpStatusCode.BadGateway)]
    [InlineData(HttpStatusCode.ServiceUnavailable)]
    [InlineData(HttpStatusCode.GatewayTimeout)]
    public async Task TransientStatusOfAGetIsRetriedWithGrowingDelays(HttpStatusCode status)
    {
        using BitwardenSession session = await _server.ConnectAsync(_time);
        _server.Answer("sync", status);
        await Assert.ThrowsAsync<ServerException>(() => session.SyncAsync(force: true));
        Assert.Equal(4, _server.Count("sync"));
        Assert.Equal(3, _time.Skipped.Length);
        Assert.InRange(_time.Skipped[0].TotalMilliseconds, 375, 625);
        Assert.InRange(_time.Skipped[1].TotalMilliseconds, 750, 1250);
        Assert.InRange(_time.Skipped[2].TotalMilliseconds, 1500, 2500);
    }

    [Theory]
    [InlineData(HttpStatusCode.BadRequest)]
    [InlineData(HttpStatusCode.Forbidden)]
    [InlineData(HttpStatusCode.NotFound)]
    [InlineData(HttpStatusCode.InternalServerError)]
    public async Task LastingStatusIsNotRetried(HttpStatusCode status)
    {
        using BitwardenSession session = await _server.ConnectAsync(_time);
        _server.Answer("sync", status);
        await Assert.ThrowsAsync<ServerException>(() => session.SyncAsync(force: true));
        Assert.Equal(1, _server.Count("sync"));
    }

    [Theory]
    [InlineData(HttpStatusCode.TooManyRequests)]
    [InlineData(HttpStatusCode.ServiceUnavailable)]
    [InlineData(HttpStatusCode.InternalServerError)]
    public async Task TokenRequestIsNeverRepeated(HttpStatusCode status)
    {
        _server.Answer("connect/token", status);
        await Assert.ThrowsAsync<ServerException>(() => _server.ConnectAsync(_time));
        Assert.Equal(1, _server.Count("connect/token"));
    }

    [Fact]
    public async Task TokenRequestThatNobodyLookedAtIsRepeatedWhenTheServerSays()
    {
        ManualTimeProvider patient = new() { SkipsUpTo = TimeSpan.FromSeconds(30) };
        AnswerLogin429(TimeSpan.FromSeconds(7), times: 2);
        using BitwardenSession session = await _server.ConnectAsync(patient);
        Assert.Equal(3, _server.Count("connect/token"));
        Assert.Equal(2, patient.Skipped.Length);
        Assert.All(patient.Skipped, wait => Assert.InRange(wait.TotalSeconds, 7, 27));
    }

    [Fact]
    public async Task TokenRequestIsNotRepeatedWhenItsTurnDoesNotFitTheTimeLimit()
    {
        AnswerLogin429(TimeSpan.FromSeconds(60), times: 9);
        ServerException failure = await Assert.ThrowsAsync<ServerException>(() => _server.ConnectAsync(_time));
        Assert.Equal("RateLimited", failure.Code);
        Assert.Equal(TimeSpan.FromSeconds(60), failure.RetryAfter);
        Assert.Equal(1, _server.Count("connect/token"));
    }

    [Fact]
    public async Task TurnAtOnceIsStillAWait()
    {
        ManualTimeProvider patient = new() { SkipsUpTo = TimeSpan.FromSeconds(30) };
        AnswerLogin429(TimeSpan.Zero, times: 1);
        using BitwardenSession session = await _server.ConnectAsync(patient);
        Assert.InRange(Assert.Single(patient.Skipped).TotalSeconds, 1, 21);
    }

    [Fact]
    public async Task LoginWithAPasswordIsNotRepeatedWhateverTheServerSays()
    {
        ManualTimeProvider patient = new() { SkipsUpTo = TimeSpan.FromSeconds(30) };
        AnswerLogin429(TimeSpan.FromSeconds(1), times: 1);
        using SecretBytes password = SecretBytes.FromCharacters(ScriptedVault.Password);
        ConnectionOptions options = new() { MessageHandler = _server, TimeProvider = patient };
        using PasswordLogin login = await PasswordLogin.BeginAsync(ScriptedVault.Email, password, _server.Environment, options);
        ServerException failure = await Assert.ThrowsAsync<ServerException>(() => login.SubmitAsync(new SessionOptions()));
        Assert.Equal("RateLimited", failure.Code);
        Assert.Equal(1, _server.Count("connect/token"));
    }

    [Fact]
    public async Task TokenRequestIsNotRepeatedWhenTheConnectionFails()
    {
        _server.Routes["connect/token"] = (_, _) => throw new HttpRequestException(HttpRequestError.ConnectionError, "refused");
        ServerException failure = await Assert.ThrowsAsync<ServerException>(() => _server.ConnectAsync(_time));
        Assert.Equal("ServerUnreachable", failure.Code);
        Assert.Equal(1, _server.Count("connect/token"));
    }

    [Fact]
    public async Task FailedConnectionOfAGetIsRetried()
    {
        using BitwardenSession session = await _server.ConnectAsync(_time);
        _server.Routes["sync"] = (_, _) => _server.Count("sync") < 3
            ? throw new HttpRequestException(HttpRequestError.ConnectionError, "refused")
            : Task.FromResult(ScriptedServer.Json(_server.Vault.Sync));
        Assert.True(await session.SyncAsync(force: true));
        Assert.Equal(3, _server.Count("sync"));
    }

    [Fact]
    public async Task PreloginIsRetriedAlthoughItIsAPost()
    {
        _server.MakeTokenMinimal();
        _server.Vault.Sync.Remove("userDecryption");
        using BitwardenSession session = await _server.ConnectAsync(_time);
        _server.Routes["accounts/prelogin"] = (request, _) => Task.FromResult(_server.Count("accounts/prelogin") < 2
            ? ScriptedServer.Text(HttpStatusCode.ServiceUnavailable, string.Empty, "text/plain")
            : ScriptedServer.Json(_server.Prelogin));
        await ScriptedServer.UnlockAsync(session);
        string[] bodies = [.. _server.Requests.Where(request => request.Path == "accounts/prelogin").Select(request => request.Body)];
        Assert.Equal(["{\"email\":\"ada@example.org\"}", "{\"email\":\"ada@example.org\"}"], bodies);
    }

    [Fact]
    public async Task RetryAfterIsHonoured()
    {
        using BitwardenSession session = await _server.ConnectAsync(_time);
        AnswerSync429(new RetryConditionHeaderValue(TimeSpan.FromSeconds(7)), times: 1);
        await session.SyncAsync(force: true);
        Assert.Equal([TimeSpan.FromSeconds(7)], _time.Skipped);
    }

    [Fact]
    public async Task RetryAfterAsADateIsHonoured()
    {
        using BitwardenSession session = await _server.ConnectAsync(_time);
        AnswerSync429(new RetryConditionHeaderValue(ManualTimeProvider.Start.AddSeconds(9)), times: 1);
        await session.SyncAsync(force: true);
        Assert.Equal([TimeSpan.FromSeconds(9)], _time.Skipped);
    }

    [Fact]
    public async Task RetryAfterInThePastRetriesAtOnce()
    {
        using BitwardenSession session = await _server.ConnectAsync(_time);
        AnswerSync429(new RetryConditionHeaderValue(ManualTimeProvider.Start.AddHours(-1)), times: 1);
        Assert.True(await session.SyncAsync(force: true));
    }

    [Fact]
    public async Task RetryAfterBeyondTheCeilingIsToldNotWaitedFor()
    {
        using BitwardenSession session = await _server.ConnectAsync(_time);
        AnswerSync429(new RetryConditionHeaderValue(TimeSpan.FromSeconds(3600)), times: 9);
        ServerException failure = await Assert.ThrowsAsync<ServerException>(() => session.SyncAsync(force: true));
        Assert.Equal("RateLimited", failure.Code);
        Assert.Equal(TimeSpan.FromSeconds(3600), failure.RetryAfter);
        Assert.Equal(1, _server.Count("sync"));
        Assert.Empty(_time.Skipped);
    }

    [Fact]
    public async Task RateLimitWithoutRetryAfterSaysLater()
    {
        using BitwardenSession session = await _server.ConnectAsync(_time);
        AnswerSync429(null, times: 9);
        ServerException failure = await Assert.ThrowsAsync<ServerException>(() => session.SyncAsync(force: true));
        Assert.Equal("RateLimited", failure.Code);
        Assert.Null(failure.RetryAfter);
        Assert.EndsWith("Try again later.", failure.Message);
    }

    [Fact]
    public async Task CancellationEndsAWaitBetweenAttempts()
    {
        ManualTimeProvider standing = new();
        using BitwardenSession session = await _server.ConnectAsync(standing);
        AnswerSync429(new RetryConditionHeaderValue(TimeSpan.FromSeconds(15)), times: 9);
        using CancellationTokenSource cancel = new();
        Task<bool> sync = session.SyncAsync(force: true, cancel.Token);
        await Poll.UntilAsync("a sync", () => _server.Count("sync") > 0 || sync.IsCompleted);

        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sync.WaitAsync(TimeSpan.FromSeconds(30)));
        Assert.Equal(1, _server.Count("sync"));
        Assert.Equal(BitwardenSessionState.Locked, session.State);
    }

    [Fact]
    public async Task TimeLimitCoversAllAttempts()
    {
        ManualTimeProvider standing = new();
        using BitwardenSession session = await _server.ConnectAsync(standing);
        AnswerSync429(new RetryConditionHeaderValue(TimeSpan.FromSeconds(20)), times: 9);
        Task<bool> sync = session.SyncAsync(force: true);
        await Poll.UntilAsync("the end of a sync whose time is up", () =>
        {
            standing.Advance(TimeSpan.FromMilliseconds(250));
            return sync.IsCompleted;
        });

        Assert.Equal("RateLimited", (await Assert.ThrowsAsync<ServerException>(() => sync)).Code);
        Assert.InRange(_server.Count("sync"), 2, 3);
    }

    [Fact]
    public async Task BrokenCompressionIsABrokenAnswer()
    {
        using BitwardenSession session = await _server.ConnectAsync(_time);
        _server.Routes["sync"] = (_, _) => throw new InvalidDataException("The archive entry was compressed using an unsupported compression method.");
        ServerException failure = await Assert.ThrowsAsync<ServerException>(() => session.SyncAsync(force: true));
        Assert.Equal("ServerUnreachable", failure.Code);
    }

    public void Dispose() => _server.Dispose();

    private void AnswerLogin429(TimeSpan retryAfter, int times)
    {
        Func<ScriptedRequest, CancellationToken, Task<HttpResponseMessage>> works = _server.Routes["connect/token"];
        _server.Routes["connect/token"] = (request, token) =>
        {
            if (_server.Count("connect/token") > times)
            {
                return works(request, token);
            }

            HttpResponseMessage response = ScriptedServer.Text(HttpStatusCode.TooManyRequests, "{}", "application/json");
            response.Headers.RetryAfter = new RetryConditionHeaderValue(retryAfter);
            return Task.FromResult(response);
        };
    }

    private void AnswerSync429(RetryConditionHeaderValue? retryAfter, int times) => _server.Routes["sync"] = (_, _) =>
    {
        if (_server.Count("sync") > times)
        {
            return Task.FromResult(ScriptedServer.Json(_server.Vault.Sync));
        }

        HttpResponseMessage response = ScriptedServer.Text(HttpStatusCode.TooManyRequests, "{\"message\":\"Slow down!\"}", "application/json");
        response.Headers.RetryAfter = retryAfter;
        return Task.FromResult(response);
    };
}
