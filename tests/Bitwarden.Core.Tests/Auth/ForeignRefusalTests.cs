using System.Net;
using System.Text;
using Bitwarden.Core.Crypto;
using Bitwarden.Core.Errors;
using Bitwarden.Core.Sessions;
using Bitwarden.Core.Tests.Scripted;
using Xunit;

namespace Bitwarden.Core.Tests.Auth;

/// <summary>Only the words of our own API and token endpoint end a session: not a proxy's, a gateway's or a Key Connector's.</summary>
public sealed class ForeignRefusalTests : IDisposable
{
    private const string Page = "<html>Sign in to the network</html>";
    private const string OwnRefusal = "{\"message\":\"Unauthorized.\",\"validationErrors\":null,\"object\":\"error\"}";
    private const string OtherOwnRefusal =
        "{\"error\":{\"code\":401,\"reason\":\"Unauthorized\",\"description\":\"The request requires user authentication.\"}}";
    private static readonly TimeSpan s_pastExpiry = TimeSpan.FromMinutes(56);
    private readonly ScriptedServer _server = new();
    private readonly ManualTimeProvider _time = new();

    [Theory]
    [InlineData(Page, "text/html", "UnexpectedResponse")]
    [InlineData("go away", "text/plain", "ApiError")]
    [InlineData("{\"message\":\"Unauthorized\"}", "application/json", "ApiError")]
    [InlineData("{\"message\":\"Missing Authentication Token\",\"code\":16}", "application/json", "ApiError")]
    [InlineData("{\"error\":\"access_denied\"}", "application/json", "ApiError")]
    public async Task RefusalOfAnotherAtTheApiDoesNotEndTheSession(string body, string type, string code)
    {
        using BitwardenSession session = await _server.ConnectUnlockedAsync(_time);
        _server.Answer("sync", HttpStatusCode.Unauthorized, body, type);
        ServerException failure = await Assert.ThrowsAsync<ServerException>(() => session.SyncAsync(force: true));
        Assert.Equal((code, HttpStatusCode.Unauthorized), (failure.Code, failure.Status));
        Assert.Equal(BitwardenSessionState.Unlocked, session.State);
        Assert.DoesNotContain("Sign in", failure.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task PageOfAProxyCostsNoLogin()
    {
        using BitwardenSession session = await _server.ConnectUnlockedAsync(_time);
        _server.Answer("sync", HttpStatusCode.Unauthorized, Page, "text/html");
        await Assert.ThrowsAsync<ServerException>(() => session.SyncAsync(force: true));
        Assert.Equal(1, _server.Count("connect/token"));
    }

    [Fact]
    public async Task RefusalWithAnotherSchemeIsNotOurs()
    {
        using BitwardenSession session = await _server.ConnectUnlockedAsync(_time);
        _server.Routes["sync"] = (_, _) =>
        {
            HttpResponseMessage response = ScriptedServer.Text(HttpStatusCode.Unauthorized, string.Empty, "text/plain");
            response.Headers.WwwAuthenticate.ParseAdd("Negotiate");
            return Task.FromResult(response);
        };
        Assert.Equal("ApiError", (await Assert.ThrowsAsync<ServerException>(() => session.SyncAsync(force: true))).Code);
        Assert.Equal(BitwardenSessionState.Unlocked, session.State);
    }

    [Theory]
    [InlineData("", null)]
    [InlineData("", "Bearer error=\"invalid_token\"")]
    [InlineData(OwnRefusal, null)]
    [InlineData(OtherOwnRefusal, null)]
    [InlineData("{}", "Bearer")]
    public async Task RefusalOfTheApiItselfEndsTheSession(string body, string? scheme)
    {
        using BitwardenSession session = await _server.ConnectUnlockedAsync(_time);
        _server.Routes["sync"] = (_, _) =>
        {
            HttpResponseMessage response = ScriptedServer.Text(HttpStatusCode.Unauthorized, body, "application/json");
            if (scheme is not null)
            {
                response.Headers.WwwAuthenticate.ParseAdd(scheme);
            }

            return Task.FromResult(response);
        };
        Assert.Equal("SessionExpired", (await Assert.ThrowsAsync<SessionException>(() => session.SyncAsync(force: true))).Code);
        Assert.Equal(BitwardenSessionState.Expired, session.State);
    }

    [Theory]
    [InlineData("{}", 401)]
    [InlineData("{}", 403)]
    [InlineData("{\"message\":\"Forbidden\"}", 403)]
    [InlineData("{\"error\":\"Forbidden\"}", 403)]
    [InlineData("{\"error\":\"rate_limited\",\"error_description\":\"Blocked by policy\"}", 400)]
    [InlineData("{\"message\":\"client_secret blocked\"}", 403)]
    public async Task RefusalOfAGatewayAtTheTokenEndpointDoesNotEndTheSession(string body, int status)
    {
        using BitwardenSession session = await _server.ConnectUnlockedAsync(_time);
        Func<ScriptedRequest, CancellationToken, Task<HttpResponseMessage>> works = _server.Routes["connect/token"];
        _server.Answer("connect/token", (HttpStatusCode)status, body);
        _time.Advance(s_pastExpiry);
        Assert.Equal("ApiError", (await Assert.ThrowsAsync<ServerException>(() => session.SyncAsync(force: true))).Code);
        Assert.Equal(BitwardenSessionState.Unlocked, session.State);
        _server.Routes["connect/token"] = works;
        Assert.True(await session.SyncAsync(force: true));
    }

    [Fact]
    public async Task RefusalOfAKeyConnectorDoesNotEndTheSession()
    {
        _server.Vault.Profile["usesKeyConnector"] = true;
        using BitwardenSession session = await _server.ConnectAsync(_time);
        _server.Answer("user-keys", HttpStatusCode.Unauthorized);
        ServerException failure = await Assert.ThrowsAsync<ServerException>(
            () => session.UnlockWithKeyConnectorAsync(new Uri("https://keys.example.org/")));
        Assert.Equal(("ApiError", "keys.example.org"), (failure.Code, failure.Host));
        Assert.Equal(BitwardenSessionState.Locked, session.State);
        Assert.Equal(1, _server.Count("connect/token"));
        Assert.Equal(1, _server.Count("user-keys"));
    }

    [Theory]
    [InlineData("{\"message\":\"The model state is invalid.\",\"validationErrors\":{\"Device\":[\"Too many devices.\"]},\"object\":\"error\"}", "ApiError")]
    [InlineData(
        "{\"message\":\"The model state is invalid.\",\"validationErrors\":{\"\":[\"User verification failed.\"]},\"object\":\"error\"}",
        "InvalidMasterPassword")]
    [InlineData("{\"message\":\"x\",\"validationErrors\":{\"MasterPasswordHash\":[\"Invalid password.\"]},\"object\":\"error\"}", "InvalidMasterPassword")]
    [InlineData("{\"message\":\"Invalid password\",\"validationErrors\":{\"\":[\"Invalid password\"]},\"object\":\"error\"}", "InvalidMasterPassword")]
    [InlineData("{\"message\":\"x\",\"validationErrors\":{\"\":[\"MasterPasswordHash or OTP must be supplied.\"]},\"object\":\"error\"}", "ApiError")]
    public async Task OnlyARefusedPasswordIsAWrongPassword(string body, string code)
    {
        using BitwardenSession session = await _server.ConnectUnlockedAsync(_time);
        _server.Answer("accounts/api-key", HttpStatusCode.BadRequest, body);
        using SecretBytes password = new(Encoding.UTF8.GetBytes(ScriptedVault.Password));
        Assert.Equal(code, (await Assert.ThrowsAnyAsync<BitwardenException>(() => session.GetApiKeyAsync(rotate: false, password))).Code);
        Assert.Equal(BitwardenSessionState.Unlocked, session.State);
    }

    public void Dispose() => _server.Dispose();
}
