using System.Net;
using System.Text.Json.Nodes;
using Bitwarden.Core.Errors;
using Bitwarden.Core.Sessions;
using Bitwarden.Core.Tests.Scripted;
using Xunit;

namespace Bitwarden.Core.Tests.Errors;

/// <summary>Errors that quote a server: bounded, and without what a terminal or a build agent would obey.</summary>
public sealed class ServerMessageTests : IDisposable
{
    private const string Hostile = "\u001b]52;c;aGk=\u0007\n##vso[task.setvariable variable=x]y\u202e";
    private readonly ScriptedServer _server = new();

    public void Dispose() => _server.Dispose();

    [Theory]
    [InlineData("message")]
    [InlineData("error_description")]
    public async Task MessageOfTheApiIsShownInertly(string member)
    {
        using BitwardenSession session = await _server.ConnectAsync();
        _server.Answer("sync", HttpStatusCode.BadRequest, new JsonObject { [member] = Hostile }.ToJsonString());
        AssertInert(await Assert.ThrowsAnyAsync<BitwardenException>(() => session.SyncAsync(force: true)));
    }

    [Fact]
    public async Task MessageOfTheTokenEndpointIsShownInertly()
    {
        JsonObject body = new() { ["error"] = "invalid_grant", ["ErrorModel"] = new JsonObject { ["Message"] = Hostile } };
        _server.Answer("connect/token", HttpStatusCode.BadRequest, body.ToJsonString());
        AssertInert(await Assert.ThrowsAnyAsync<BitwardenException>(() => _server.ConnectAsync()));
    }

    [Fact]
    public async Task LongMessageIsBounded()
    {
        using BitwardenSession session = await _server.ConnectAsync();
        string text = string.Join(' ', Enumerable.Repeat("word", 10_000));
        _server.Answer("sync", HttpStatusCode.BadRequest, new JsonObject { ["message"] = text }.ToJsonString());
        BitwardenException failure = await Assert.ThrowsAnyAsync<BitwardenException>(() => session.SyncAsync(force: true));
        Assert.InRange(failure.Message.Length, 100, 700);
    }

    [Fact]
    public async Task NameAndVersionOfAServerAreShownInertly()
    {
        _server.Routes["config"] = (_, _) => Task.FromResult(ScriptedServer.Json(
            new JsonObject { ["version"] = Hostile, ["server"] = new JsonObject { ["name"] = Hostile } }));
        using BitwardenSession session = await _server.ConnectAsync();
        AssertInert(session.ServerVersion!);
        AssertInert(session.ServerKind!);
    }

    private static void AssertInert(BitwardenException failure)
    {
        AssertInert(failure.Message);
        Assert.Contains(@"\u001B]52", failure.Message, StringComparison.Ordinal);
    }

    private static void AssertInert(string text)
    {
        Assert.DoesNotContain(text, c => char.IsControl(c) || c == '\u202e');
        Assert.DoesNotContain("##vso[", text, StringComparison.Ordinal);
    }
}
