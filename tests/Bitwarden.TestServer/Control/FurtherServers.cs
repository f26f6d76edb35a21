using System.Collections.Concurrent;

namespace Bitwarden.TestServer.Control;

/// <summary>
/// Servers that tests in other processes start beside the one they talk to: with accounts, ports and faults of their own, but without a process each, whose
/// start costs more than many a test.
/// </summary>
internal sealed class FurtherServers : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, EmbeddedServer> _byPort = new();

    /// <summary>Starts one with the options of the command line.</summary>
    /// <exception cref="ArgumentException">An argument is unknown, or its value is missing or wrong.</exception>
    internal async Task<ServerAddress> StartAsync(IEnumerable<string> arguments)
    {
        EmbeddedServer server = await EmbeddedServer.StartAsync(CommandLine.Parse(arguments).Server);
        _byPort[$"{server.HttpUrl.Port}"] = server;
        return new ServerAddress(server.HttpUrl, server.HttpsUrl, server.CertificateAuthorityPath);
    }

    /// <summary>Stops the one at a port; false when there is none.</summary>
    internal async Task<bool> StopAsync(string port)
    {
        if (!_byPort.TryRemove(port, out EmbeddedServer? server))
        {
            return false;
        }

        await server.DisposeAsync();
        return true;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync() => await Task.WhenAll(_byPort.Keys.Select(StopAsync));

    /// <summary>Where a server is. Its accounts are not listed: that would make those that nobody asks for.</summary>
    internal sealed record ServerAddress(Uri HttpUrl, Uri HttpsUrl, string CaPath);
}
