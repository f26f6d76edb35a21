using System.Text;
using Bitwarden.Core.Api;
using Bitwarden.Core.Errors;
using Bitwarden.Core.Sessions;
using Bitwarden.Core.Tests.Raw;
using Bitwarden.Core.Tests.Scripted;
using Xunit;

namespace Bitwarden.Core.Tests.Api;

/// <summary>Answers that readers of compression, JSON and headers trip over: a typed failure, or none.</summary>
public sealed class OddAnswerTests : IDisposable
{
    private readonly RawSession _raw = new();
    private readonly ConnectionOptions _swift = new() { TimeProvider = new SwiftTimeProvider(20) };

    public void Dispose() => _raw.Dispose();

    [Theory]
    [InlineData("br", 200)]
    [InlineData("br", 400)]
    [InlineData("gzip", 200)]
    [InlineData("gzip", 400)]
    [InlineData("deflate", 200)]
    public async Task CorruptCompressionIsTyped(string encoding, int status)
    {
        using BitwardenSession session = await _raw.ConnectAsync(_swift);
        _raw.Server.Faults["sync"] = (answer, _) =>
            answer.SendAsync(status, [.. Enumerable.Repeat((byte)0xA7, 300)], more: $"Content-Encoding: {encoding}\r\n");
        ServerException failure = await Assert.ThrowsAsync<ServerException>(() => session.SyncAsync(force: true));
        Assert.Contains(failure.Code, new[] { "ServerUnreachable", "ApiError" });
    }

    [Fact]
    public async Task CorruptCompressionOfTheConfigIsNoObstacle()
    {
        _raw.Server.Faults["config"] = (answer, _) => answer.SendAsync(200, [.. Enumerable.Repeat((byte)0xA7, 300)], more: "Content-Encoding: br\r\n");
        using BitwardenSession session = await _raw.ConnectAsync(_swift);
        Assert.Null(session.ServerVersion);
    }

    [Theory]
    [InlineData("{\"message\":\"\\ud800\"}")]
    [InlineData("{\"validationErrors\":{\"x\":[\"\\ud800\"]}}")]
    [InlineData("{\"validationErrors\":{\"\\ud800\":[\"x\"]}}")]
    [InlineData("{\"error\":\"invalid_grant\",\"TwoFactorProviders2\":{\"1\":{\"Email\":\"\\ud800\"}}}")]
    [InlineData("{\"error\":\"\\udc00\",\"error_description\":\"\\udc00\"}")]
    public async Task LoneSurrogateInAnErrorIsTyped(string body)
    {
        _raw.Server.Faults["connect/token"] = (answer, _) => answer.SendAsync(400, body);
        await Assert.ThrowsAnyAsync<BitwardenException>(() => _raw.ConnectAsync(_swift));
        await Assert.ThrowsAnyAsync<BitwardenException>(LoginAsync);
    }

    [Fact]
    public async Task LoneSurrogateInTheEmailOfATokenIsNoObstacle()
    {
        string claims = Convert.ToBase64String(Encoding.UTF8.GetBytes("{\"sub\":\"\\udfff\",\"email\":\"a\\ud800@example.org\"}")).TrimEnd('=');
        _raw.Scripted.Token["access_token"] = $"e30.{claims}.x";
        using BitwardenSession session = await _raw.ConnectAsync(_swift);
        Assert.Equal(ScriptedVault.Email, session.Account);
    }

    [Theory]
    [InlineData("a\nb")]
    [InlineData("a\r\nX-Evil: 1")]
    [InlineData("a\0b")]
    [InlineData("ä")]
    [InlineData("a b")]
    [InlineData("\u001b")]
    public async Task AccessTokenThatIsNoneIsAnUnexpectedResponse(string token)
    {
        _raw.Scripted.Token["access_token"] = token;
        ServerException failure = await Assert.ThrowsAsync<ServerException>(() => _raw.ConnectAsync(_swift));
        Assert.Equal("UnexpectedResponse", failure.Code);
        Assert.DoesNotContain("Evil", failure.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"2026-13-45\"")]
    [InlineData("\"\\ud800\"")]
    [InlineData("1e400")]
    [InlineData("{\"a\":1}")]
    public async Task OddRevisionDateIsNoObstacle(string revision)
    {
        using BitwardenSession session = await _raw.ConnectAsync(_swift);
        _raw.Server.Faults["accounts/revision-date"] = (answer, _) => answer.SendAsync(200, revision);
        Assert.True(await session.SyncAsync(force: false));
    }

    private async Task LoginAsync()
    {
        using Core.Crypto.SecretBytes password = Core.Crypto.SecretBytes.FromCharacters(ScriptedVault.Password);
        using PasswordLogin login = await PasswordLogin.BeginAsync(ScriptedVault.Email, password, _raw.Server.Environment, _swift);
        using BitwardenSession session = await login.SubmitAsync(new SessionOptions());
    }
}
