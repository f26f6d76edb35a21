using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Bitwarden.Core.Api;
using Bitwarden.Core.Diagnostics;
using Bitwarden.Core.Sessions;
using Bitwarden.Core.Tests.Raw;
using Bitwarden.TestServer;
using Xunit;

namespace Bitwarden.Core.Tests.Api;

/// <summary>Proxies: never for this machine itself. One after another, because the system's proxy is one for the process.</summary>
[Collection(Alone.Name)]
public sealed class ProxyTests
{
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
