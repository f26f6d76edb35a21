using System.Text;
using System.Text.Json.Nodes;
using Bitwarden.Core.Errors;
using Bitwarden.Core.Sessions;
using Bitwarden.Core.Tests.Scripted;
using Xunit;

namespace Bitwarden.Core.Tests.Auth;

/// <summary>What a token answer may leave out, and what it must not change.</summary>
public sealed class TokenAnswerTests : IDisposable
{
    private readonly ScriptedServer _server = new();
    private readonly ManualTimeProvider _time = new();

    [Theory]
    [InlineData(null)]
    [InlineData("null")]
    public async Task TokenWithoutALifetimeIsNotRenewedAtEachCall(string? lifetime)
    {
        _server.Token.Remove("expires_in");
        if (lifetime is not null)
        {
            _server.Token["expires_in"] = null;
        }

        using BitwardenSession session = await _server.ConnectAsync(_time);
        _time.Advance(TimeSpan.FromMinutes(5));
        await session.SyncAsync(force: true);
        await session.SyncAsync(force: true);
        Assert.Equal(1, _server.Count("connect/token"));
        _time.Advance(TimeSpan.FromMinutes(56));
        await session.SyncAsync(force: true);
        Assert.Equal(2, _server.Count("connect/token"));
    }

    [Fact]
    public async Task LifetimeThatIsLeftOutIsThatOfTheTokenItself()
    {
        _server.Token.Remove("expires_in");
        _server.Token["access_token"] = Token(ScriptedServer.UserId, ",\"iat\":1000,\"exp\":1600");
        using BitwardenSession session = await _server.ConnectAsync(_time);
        _time.Advance(TimeSpan.FromMinutes(7));
        await session.SyncAsync(force: true);
        Assert.Equal(1, _server.Count("connect/token"));
        _time.Advance(TimeSpan.FromMinutes(1));
        await session.SyncAsync(force: true);
        Assert.Equal(2, _server.Count("connect/token"));
    }

    [Fact]
    public async Task TokenOfAnotherAccountIsNotTaken()
    {
        using BitwardenSession session = await _server.ConnectUnlockedAsync(_time);
        _server.Token["access_token"] = Token(Guid.NewGuid());
        _time.Advance(TimeSpan.FromMinutes(56));
        int before = _server.Count("sync");
        ServerException failure = await Assert.ThrowsAsync<ServerException>(() => session.SyncAsync(force: true));
        Assert.Equal("AccountChanged", failure.Code);
        Assert.Equal(before, _server.Count("sync"));
        Assert.Equal((BitwardenSessionState.Unlocked, ScriptedVault.Email), (session.State, session.Account));
        _server.Token["access_token"] = Token(ScriptedServer.UserId);
        Assert.True(await session.SyncAsync(force: true));
    }

    [Fact]
    public async Task TokenOfAnotherAccountThanTheKeysIsNotTaken()
    {
        _server.Token["access_token"] = Token(Guid.NewGuid());
        Assert.Equal("AccountChanged", (await Assert.ThrowsAsync<ServerException>(() => _server.ConnectAsync(_time))).Code);
    }

    private static string Token(Guid user, string more = "")
    {
        JsonNode claims = JsonNode.Parse($"{{\"sub\":\"{user}\",\"email\":\"{ScriptedVault.Email}\"{more}}}")!;
        return $"e30.{Convert.ToBase64String(Encoding.UTF8.GetBytes(claims.ToJsonString())).TrimEnd('=')}.x";
    }

    public void Dispose() => _server.Dispose();
}
