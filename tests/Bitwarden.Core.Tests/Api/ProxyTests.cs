using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Bitwarden.Core.Api;
using Bitwarden.Core.Auth;
using Bitwarden.Core.Crypto;
using Bitwarden.Core.Diagnostics;
using Bitwarden.Core.Errors;
using Bitwarden.Core.Sessions;
using Bitwarden.Core.Tests.Raw;
using Bitwarden.Core.Tests.Scripted;
using Bitwarden.TestServer;
using Xunit;

namespace Bitwarden.Core.Tests.Api;

/// <summary>
/// Proxies: never for this machine itself, and told apart from the server. One after another, because the system's proxy is one for the process.
/// </summary>
[Collection(Alone.Name)]
public sealed class ProxyTests
{
    private const string Elsewhere = "https://vault.example.invalid";
    private static readonly ConnectionOptions s_swift = new() { TimeProvider = new SwiftTimeProvider(20) };

    [Fact]
    public async Task LoopbackBypassesTheProxy()
    {
        await using EmbeddedServer server = await EmbeddedServer.StartAsync();
        using FakeProxy proxy = new("HTTP/1.1 502 X\r\nContent-Length: 0\r\n\r\n");
        using ProxyOverride active = new(proxy.Url, server.HttpUrl);
        using BitwardenSession session = await FaultFixture.ConnectAsync(server, new ConnectionOptions());
        await session.SyncAsync(force: true);
        Assert.Empty(proxy.Heard);
    }

    [Fact]
    public async Task ProbeOfLoopbackBypassesTheProxy()
    {
        await using EmbeddedServer server = await EmbeddedServer.StartAsync();
        using FakeProxy proxy = new("HTTP/1.1 502 X\r\nContent-Length: 0\r\n\r\n");
        using ProxyOverride active = new(proxy.Url, server.HttpUrl);
        IReadOnlyList<ProbeStep> steps = await new ConnectionProbe(ServerEnvironment.Resolve(server.HttpUrl.AbsoluteUri), new ConnectionOptions()).RunAsync();
        Assert.DoesNotContain(steps, step => step.Status is ProbeStatus.Failed or ProbeStatus.Skipped);
        Assert.DoesNotContain(steps, step => step.Detail.Contains(proxy.Url.Authority, StringComparison.Ordinal));
        Assert.Empty(proxy.Heard);
    }

    [Fact]
    public async Task DeadProxyIsNotTheServersFault()
    {
        using ProxyOverride active = new(new Uri($"http://user:pass-word@127.0.0.1:{ClosedPort()}"), new Uri(Elsewhere));
        ServerException failure = await Assert.ThrowsAsync<ServerException>(ConnectAsync);
        Assert.Equal("ProxyFailed", failure.Code);
        Assert.Contains("proxy http://127.0.0.1:", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("pass-word", failure.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("407 Proxy Authentication Required", "user name and password")]
    [InlineData("403 Forbidden", "403")]
    [InlineData("502 Bad Gateway", "502")]
    public async Task RefusalOfTheProxyIsTold(string status, string told)
    {
        using FakeProxy proxy = new($"HTTP/1.1 {status}\r\nProxy-Authenticate: Basic realm=x\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
        using ProxyOverride active = new(proxy.Url, new Uri(Elsewhere));
        ServerException failure = await Assert.ThrowsAsync<ServerException>(ConnectAsync);
        Assert.Equal("ProxyFailed", failure.Code);
        Assert.Contains(told, failure.Message, StringComparison.Ordinal);
        Assert.All(proxy.Heard, head => Assert.StartsWith("CONNECT vault.example.invalid:443 ", head, StringComparison.Ordinal));
    }

    [Fact]
    public async Task ProbePassesNoStepThatWasNotTried()
    {
        using FakeProxy proxy = new("HTTP/1.1 407 X\r\nProxy-Authenticate: Basic realm=x\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
        using ProxyOverride active = new(proxy.Url, new Uri(Elsewhere));
        IReadOnlyList<ProbeStep> steps = await ProbeAsync();
        Assert.Equal(
            [
                ("Proxy", ProbeStatus.Passed), ("Address", ProbeStatus.Skipped), ("TLS", ProbeStatus.Failed),
                ("Server", ProbeStatus.Skipped), ("Clock", ProbeStatus.Skipped), ("Identity", ProbeStatus.Skipped),
            ],
            steps.Select(step => (step.Name, step.Status)));
        Assert.Contains("user name and password", steps[2].Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ProbeTellsADeadProxy()
    {
        using ProxyOverride active = new(new Uri($"http://127.0.0.1:{ClosedPort()}"), new Uri(Elsewhere));
        IReadOnlyList<ProbeStep> steps = await ProbeAsync();
        Assert.Equal(ProbeStatus.Failed, steps[0].Status);
        Assert.Contains("proxy", steps[0].Detail, StringComparison.Ordinal);
        Assert.All(steps.Skip(1), step => Assert.Equal(ProbeStatus.Skipped, step.Status));
    }

    private static Task<IReadOnlyList<ProbeStep>> ProbeAsync() => new ConnectionProbe(ServerEnvironment.Resolve(Elsewhere), s_swift).RunAsync();

    private static async Task ConnectAsync()
    {
        using SecretBytes secret = SecretBytes.FromCharacters(ScriptedServer.ClientSecret);
        using BitwardenSession session = await BitwardenSession.ConnectAsync(
            ApiKeyCredential.Create($"user.{ScriptedServer.UserId}", secret), ServerEnvironment.Resolve(Elsewhere), s_swift, new SessionOptions());
    }

    private static int ClosedPort()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>Says the same to everybody and keeps what it heard.</summary>
    private sealed class FakeProxy : IDisposable
    {
        private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
        private readonly byte[] _answer;

        internal FakeProxy(string answer)
        {
            _answer = Encoding.ASCII.GetBytes(answer);
            _listener.Start();
            _ = AcceptAsync();
        }

        internal Uri Url => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");

        internal ConcurrentQueue<string> Heard { get; } = [];

        public void Dispose() => _listener.Stop();

        private async Task AcceptAsync()
        {
            try
            {
                while (true)
                {
                    using TcpClient client = await _listener.AcceptTcpClientAsync();
                    byte[] buffer = new byte[4096];
                    int read = await client.GetStream().ReadAsync(buffer);
                    if (read > 0)
                    {
                        Heard.Enqueue(Encoding.Latin1.GetString(buffer, 0, read));
                        await client.GetStream().WriteAsync(_answer);
                    }
                }
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException or IOException)
            {
                // Stopped.
            }
        }
    }
}
