using System.Net;
using Bitwarden.Core.Api;
using Bitwarden.Core.Errors;
using Bitwarden.Core.Sessions;
using Bitwarden.Core.Tests.Scripted;
using Microsoft.AspNetCore.WebUtilities;
using Xunit;

namespace Bitwarden.Core.Tests.Auth;

public sealed class TokenTests : IDisposable
{
    private const string Rejection = "{\"error\":\"invalid_client\",\"error_description\":\"Invalid client credentials\"}";
    private static readonly TimeSpan s_pastExpiry = TimeSpan.FromMinutes(56);
    private readonly ScriptedServer _server = new();
    private readonly ManualTimeProvider _time = new();

    [Fact]
    public async Task FormIsWhatTheOfficialClientSends()
    {
        using BitwardenSession session = await _server.ConnectAsync(_time, device: "80be957d-e3ec-4ada-9c32-b9c357cd7276");
        ScriptedRequest request = _server.Requests.Single(sent => sent.Path == "connect/token");
        Dictionary<string, string> form = Form(request);
        Assert.Equal("application/x-www-form-urlencoded; charset=utf-8", request.Headers["Content-Type"]);
        Assert.Equal(
            ["client_id", "client_secret", "deviceIdentifier", "deviceName", "deviceType", "grant_type", "scope"],
            form.Keys.Order(StringComparer.Ordinal));
        Assert.Equal("api", form["scope"]);
        Assert.Equal("client_credentials", form["grant_type"]);
        Assert.Equal($"user.{ScriptedServer.UserId}", form["client_id"]);
        Assert.Equal("80be957d-e3ec-4ada-9c32-b9c357cd7276", form["deviceIdentifier"]);
        (string type, string name) = OperatingSystem.IsWindows() ? ("23", "windows") : OperatingSystem.IsMacOS() ? ("24", "macos") : ("25", "linux");
        Assert.Equal((type, name), (form["deviceType"], form["deviceName"]));
    }

    [Theory]
    [InlineData("+ %&=ü")]
    [InlineData("a&grant_type=password")]
    [InlineData("100%25")]
    [InlineData("\u2028\U0001F511~-._*'()!")]
    [InlineData("b8d05deafe0947c9b149006da9444a79")]
    public async Task OddSecretArrivesUnchanged(string secret)
    {
        using BitwardenSession session = await _server.ConnectAsync(_time, secret: secret);
        ScriptedRequest request = _server.Requests.Single(sent => sent.Path == "connect/token");
        Assert.Equal(secret, Form(request)["client_secret"]);
        Assert.Equal(7, Form(request).Count);
        Assert.DoesNotContain(' ', request.Body);
    }

    [Fact]
    public async Task RequiredHeadersAreOnEveryCallAndNoTokenWhereItDoesNotBelong()
    {
        _server.MakeTokenMinimal();
        _server.Vault.Sync.Remove("userDecryption");
        using BitwardenSession session = await _server.ConnectUnlockedAsync(_time);
        await session.SyncAsync(force: true);
        Assert.Equal(
            ["accounts/prelogin", "accounts/revision-date", "config", "connect/token", "sync"],
            _server.Requests.Select(request => request.Path).Distinct().Order(StringComparer.Ordinal));
        Assert.All(_server.Requests, request =>
        {
            Assert.Equal("application/json", request.Headers["Accept"]);
            Assert.Equal("cli", request.Headers["Bitwarden-Client-Name"]);
            Assert.Equal("2026.2.0", request.Headers["Bitwarden-Client-Version"]);
            Assert.Matches("^2[345]$", request.Headers["Device-Type"]);
            Assert.StartsWith("Bitwarden-PowerShell/", request.Headers["User-Agent"]);
            Assert.Equal(request.Path is "sync" or "accounts/revision-date", request.Headers.ContainsKey("Authorization"));
            Assert.Equal(request.Path is "config" or "accounts/prelogin", request.Headers.ContainsKey("Device-Identifier"));
        });
    }

    [Fact]
    public async Task TokenIsReusedUntilItIsNearlyOver()
    {
        using BitwardenSession session = await _server.ConnectAsync(_time);
        _time.Advance(TimeSpan.FromMinutes(54));
        await session.SyncAsync(force: true);
        Assert.Equal(1, _server.Count("connect/token"));
        _time.Advance(TimeSpan.FromMinutes(2));
        await session.SyncAsync(force: true);
        Assert.Equal(2, _server.Count("connect/token"));
    }

    [Fact]
    public async Task ManyCallersWithAnExpiredTokenCauseOneTokenRequest()
    {
        using BitwardenSession session = await _server.ConnectUnlockedAsync(_time);
        Guid id = Guid.Parse((string)_server.Vault.AddLogin("with file")["id"]!);
        _server.Vault.Ciphers[0]!["attachments"] = new System.Text.Json.Nodes.JsonArray(
            new System.Text.Json.Nodes.JsonObject { ["id"] = "f", ["fileName"] = _server.Vault.Seal("f.txt") });
        await session.SyncAsync(force: true);
        _time.Advance(s_pastExpiry);
        int before = _server.Count("connect/token");
        Task[] calls = [.. Enumerable.Range(0, 64).Select(_ => Task.Run(() => session.ReadSecretAsync($"{id}#attachment:f.txt")))];
        await Assert.ThrowsAnyAsync<BitwardenException>(() => Task.WhenAll(calls));
        Assert.Equal(64, _server.Count($"ciphers/{id}/attachment/f"));
        Assert.Equal(before + 1, _server.Count("connect/token"));
    }

    [Fact]
    public async Task ManyCallersWithARejectedTokenCauseOneTokenRequest()
    {
        using BitwardenSession session = await _server.ConnectUnlockedAsync(_time);
        Guid id = Guid.Parse((string)_server.Vault.AddLogin("with file")["id"]!);
        _server.Vault.Ciphers[0]!["attachments"] = new System.Text.Json.Nodes.JsonArray(
            new System.Text.Json.Nodes.JsonObject { ["id"] = "f", ["fileName"] = _server.Vault.Seal("f.txt") });
        await session.SyncAsync(force: true);
        _server.Routes[$"ciphers/{id}/attachment/f"] = (request, _) => Task.FromResult(ScriptedServer.Text(
            request.Headers["Authorization"].EndsWith("token-1", StringComparison.Ordinal) ? HttpStatusCode.Unauthorized : HttpStatusCode.NotFound,
            "{}",
            "application/json"));
        Task[] calls = [.. Enumerable.Range(0, 64).Select(_ => Task.Run(() => session.ReadSecretAsync($"{id}#attachment:f.txt")))];
        await Assert.ThrowsAnyAsync<BitwardenException>(() => Task.WhenAll(calls));
        Assert.Equal(2, _server.Count("connect/token"));
    }

    [Fact]
    public async Task UnauthorizedLeadsToOneRenewalAndOneRetry()
    {
        using BitwardenSession session = await _server.ConnectAsync(_time);
        _server.Routes["sync"] = (request, _) => Task.FromResult(request.Headers["Authorization"].EndsWith("token-1", StringComparison.Ordinal)
            ? ScriptedServer.Text(HttpStatusCode.Unauthorized, string.Empty, "text/plain")
            : ScriptedServer.Json(_server.Vault.Sync));
        Assert.True(await session.SyncAsync(force: true));
        Assert.Equal(2, _server.Count("sync"));
        Assert.Equal(2, _server.Count("connect/token"));
    }

    [Fact]
    public async Task LastingUnauthorizedStopsAfterOneRetry()
    {
        using BitwardenSession session = await _server.ConnectAsync(_time);
        _server.Answer("sync", HttpStatusCode.Unauthorized);
        SessionException failure = await Assert.ThrowsAsync<SessionException>(() => session.SyncAsync(force: true));
        Assert.Equal("SessionExpired", failure.Code);
        Assert.Equal(BitwardenSessionState.Expired, session.State);
        Assert.Equal(2, _server.Count("sync"));
        Assert.Equal(2, _server.Count("connect/token"));
    }

    [Fact]
    public async Task DeviceIdentifierIsDerivedAndTheSameEachTime()
    {
        using BitwardenSession first = await _server.ConnectAsync(_time);
        using BitwardenSession second = await _server.ConnectAsync(_time);
        _time.Advance(s_pastExpiry);
        await second.SyncAsync(force: true);
        Guid nameSpace = new("6f1d0b6e-3d0a-4f0b-9a1b-6d5a0c1f7e52");
        Guid expected = DeviceIdentity.DeriveVersion5(nameSpace, $"https://vault.example.org/identity/|user.{ScriptedServer.UserId}");
        string[] sent = [.. _server.Requests.Where(request => request.Path == "connect/token").Select(request => Form(request)["deviceIdentifier"])];
        Assert.Equal(3, sent.Length);
        Assert.All(sent, identifier => Assert.Equal(expected.ToString(), identifier));
        Assert.Equal('5', expected.ToString()[14]);
    }

    [Fact]
    public void Version5GuidIsThatOfTheStandard()
    {
        // RFC 9562, appendix A.4.
        Guid dns = new("6ba7b810-9dad-11d1-80b4-00c04fd430c8");
        Assert.Equal(new Guid("2ed6657d-e927-568b-95e1-2665a8aea6a2"), DeviceIdentity.DeriveVersion5(dns, "www.example.com"));
    }

    [Fact]
    public async Task DeviceIdentifierDiffersByServer()
    {
        ServerEnvironment other = ServerEnvironment.Resolve("https://other.example.org");
        using BitwardenSession first = await _server.ConnectAsync(_time);
        using BitwardenSession second = await _server.ConnectAsync(other, _time, null, ScriptedServer.ClientSecret, null, default);
        string[] sent = [.. _server.Requests.Where(request => request.Path == "connect/token").Select(request => Form(request)["deviceIdentifier"])];
        Assert.NotEqual(sent[0], sent[1]);
    }

    [Fact]
    public async Task MalformedDeviceIdentifierIsRefusedBeforeAnyRequest()
    {
        InvalidInputException failure = await Assert.ThrowsAsync<InvalidInputException>(() => _server.ConnectAsync(_time, device: "my laptop"));
        Assert.Equal("InvalidDeviceIdentifier", failure.Code);
        Assert.Empty(_server.Requests);
    }

    [Fact]
    public async Task WrongSecretAtConnectIsRejectedWithAHintOfRotation()
    {
        _server.Answer("connect/token", HttpStatusCode.BadRequest, Rejection);
        AuthenticationFailedException failure = await Assert.ThrowsAsync<AuthenticationFailedException>(() => _server.ConnectAsync(_time));
        Assert.Equal("ApiKeyRejected", failure.Code);
        Assert.Contains("rotated", failure.Message);
        Assert.Contains("vault.example.org", failure.Message);
        Assert.DoesNotContain(ScriptedServer.ClientSecret, failure.ToString());
    }

    [Fact]
    public async Task RotatedKeyEndsTheSessionAtTheNextTokenRequest()
    {
        using BitwardenSession session = await _server.ConnectUnlockedAsync(_time);
        _server.Vault.AddLogin("web", "ada", "pw");
        await session.SyncAsync(force: true);
        Bitwarden.Core.Vault.VaultItem item = session.GetVault().Find("web");
        _server.Answer("connect/token", HttpStatusCode.BadRequest, Rejection);
        await session.SyncAsync(force: true);
        Assert.Equal(BitwardenSessionState.Unlocked, session.State);
        _time.Advance(s_pastExpiry);

        SessionException failure = await Assert.ThrowsAsync<SessionException>(() => session.SyncAsync(force: true));
        Assert.Equal("SessionExpired", failure.Code);
        Assert.Contains("rotated", failure.Message);
        Assert.Equal(BitwardenSessionState.Expired, session.State);
        Assert.Equal("VaultLocked", Assert.Throws<SessionException>(() => item.Password!.RevealText()).Code);
        Assert.Equal("SessionExpired", Assert.Throws<SessionException>(session.GetVault).Code);
        int before = _server.Count("connect/token");
        Assert.Equal("SessionExpired", (await Assert.ThrowsAsync<SessionException>(() => session.SyncAsync(force: false))).Code);
        Assert.Equal("SessionExpired", (await Assert.ThrowsAsync<SessionException>(() => ScriptedServer.UnlockAsync(session))).Code);
        Assert.Equal("SessionExpired", (await Assert.ThrowsAsync<SessionException>(() => session.ReadSecretAsync("web"))).Code);
        Assert.Equal(before, _server.Count("connect/token"));
    }

    [Theory]
    [InlineData("{\"error\":\"invalid_grant\"}", 400)]
    [InlineData("{\"error\":\"invalid_client\"}", 401)]
    [InlineData("{\"error\":\"unauthorized_client\"}", 403)]
    [InlineData("{\"ErrorModel\":{\"Message\":\"Account is disabled\"}}", 400)]
    public async Task RefusedRenewalEndsTheSession(string body, int status)
    {
        using BitwardenSession session = await _server.ConnectUnlockedAsync(_time);
        _server.Answer("connect/token", (HttpStatusCode)status, body);
        _time.Advance(s_pastExpiry);
        Assert.Equal("SessionExpired", (await Assert.ThrowsAsync<SessionException>(() => session.SyncAsync(force: true))).Code);
        Assert.Equal(BitwardenSessionState.Expired, session.State);
    }

    [Theory]
    [InlineData(429, "RateLimited")]
    [InlineData(500, "ServerError")]
    [InlineData(503, "ServerError")]
    [InlineData(404, "ApiError")]
    [InlineData(302, "UnexpectedResponse")]
    [InlineData(200, "UnexpectedResponse")]
    public async Task OtherFailureOfARenewalDoesNotEndTheSession(int status, string code)
    {
        using BitwardenSession session = await _server.ConnectUnlockedAsync(_time);
        Func<ScriptedRequest, CancellationToken, Task<HttpResponseMessage>> works = _server.Routes["connect/token"];
        _server.Answer("connect/token", (HttpStatusCode)status, "{}");
        _time.Advance(s_pastExpiry);
        Assert.Equal(code, (await Assert.ThrowsAsync<ServerException>(() => session.SyncAsync(force: true))).Code);
        Assert.Equal(BitwardenSessionState.Unlocked, session.State);
        _server.Routes["connect/token"] = works;
        Assert.True(await session.SyncAsync(force: true));
    }

    [Fact]
    public async Task WebPageOfAProxyAtARenewalDoesNotEndTheSession()
    {
        using BitwardenSession session = await _server.ConnectUnlockedAsync(_time);
        _server.Answer("connect/token", HttpStatusCode.Forbidden, "<html>Checking your browser</html>", "text/html");
        _time.Advance(s_pastExpiry);
        ServerException failure = await Assert.ThrowsAsync<ServerException>(() => session.SyncAsync(force: true));
        Assert.Equal("UnexpectedResponse", failure.Code);
        Assert.DoesNotContain("browser", failure.ToString());
        Assert.Equal(BitwardenSessionState.Unlocked, session.State);
    }

    [Fact]
    public async Task NetworkFailureOfARenewalDoesNotEndTheSession()
    {
        using BitwardenSession session = await _server.ConnectUnlockedAsync(_time);
        _server.Routes["connect/token"] = (_, _) => throw new HttpRequestException(HttpRequestError.NameResolutionError, "no such host");
        _time.Advance(s_pastExpiry);
        Assert.Equal("ServerUnreachable", (await Assert.ThrowsAsync<ServerException>(() => session.SyncAsync(force: true))).Code);
        Assert.Equal(BitwardenSessionState.Unlocked, session.State);
        Assert.Empty(session.GetVault().Items);
    }

    [Fact]
    public async Task OpaqueTokenIsCompletedFromSync()
    {
        _server.Token["access_token"] = "not-a-jwt";
        using BitwardenSession session = await _server.ConnectAsync(_time);
        Assert.Equal(ScriptedVault.Email, session.Account);
        Assert.Equal(1, _server.Count("sync"));
    }

    [Theory]
    [InlineData("a.b.c")]
    [InlineData("e30.bnVsbA.x")]
    [InlineData("e30.W10.x")]
    [InlineData("e30.%%%.x")]
    [InlineData("..")]
    public async Task OddTokenIsNoObstacle(string token)
    {
        _server.Token["access_token"] = token;
        using BitwardenSession session = await _server.ConnectAsync(_time);
        Assert.Equal(ScriptedVault.Email, session.Account);
    }

    [Theory]
    [InlineData("{\"error\":\"invalid_grant\",\"HCaptcha_SiteKey\":\"x\"}", "AdditionalAuthenticationRequired")]
    [InlineData("{\"error\":\"invalid_grant\",\"error_description\":\"Captcha required.\",\"HCaptcha_SiteKey\":\"x\"}", "AdditionalAuthenticationRequired")]
    [InlineData("{\"error\":\"invalid_grant\",\"error_description\":\"Captcha is invalid. Please refresh\",\"HCaptcha_SiteKey\":\"x\"}", "ChallengeRejected")]
    [InlineData("{\"error\":\"version_header_missing\"}", "ClientVersionRejected")]
    [InlineData("{\"error\":\"invalid_client_version\"}", "ClientVersionRejected")]
    [InlineData("{\"error\":\"\",\"error_description\":\"\",\"ErrorModel\":{\"Message\":\"Incorrect client_secret\"}}", "ApiKeyRejected")]
    [InlineData("{\"error\":\"invalid_scope\"}", "AuthenticationFailed")]
    public async Task TokenErrorIsTranslated(string body, string code)
    {
        _server.Answer("connect/token", HttpStatusCode.BadRequest, body);
        Assert.Equal(code, (await Assert.ThrowsAsync<AuthenticationFailedException>(() => _server.ConnectAsync(_time))).Code);
    }

    [Fact]
    public async Task CancelledConnectEndsAtOnce()
    {
        using CancellationTokenSource cancel = new();
        _server.Routes["connect/token"] = async (_, token) =>
        {
            await cancel.CancelAsync();
            await Task.Delay(Timeout.Infinite, token);
            return null!;
        };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => _server.ConnectAsync(_time, cancellation: cancel.Token).WaitAsync(TimeSpan.FromSeconds(30)));
    }

    public void Dispose() => _server.Dispose();

    private static Dictionary<string, string> Form(ScriptedRequest request)
    {
        using FormReader reader = new(request.Body);
        return reader.ReadForm().ToDictionary(field => field.Key, field => field.Value.ToString());
    }
}
