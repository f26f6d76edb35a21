using System.Diagnostics;
using System.Globalization;
using Bitwarden.Core.Api;
using Bitwarden.Core.Auth;
using Bitwarden.Core.Crypto;
using Bitwarden.Core.Errors;
using Bitwarden.Core.Sessions;
using Bitwarden.TestServer;

namespace Bitwarden.Benchmarks.Compare;

/// <summary>
/// A thousand agents behind one address start within the same minute, at a server that takes a few hundred token requests a minute. Takes as long as the
/// agents do: several minutes. The module waits when the server says for how long; that this is what lets agents through is shown by a time limit into which no
/// wait fits.
/// </summary>
internal static class AgentsComparison
{
    private const int Agents = 1_000;
    private const int PerMinute = 400;
    private static readonly TimeSpan s_arrival = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan s_impatient = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan s_patient = TimeSpan.FromMinutes(5);

    internal static async Task<IEnumerable<ResultRow>> MeasureAsync() =>
    [
        await StartAsync("within a minute, no time to wait", s_arrival, s_impatient),
        await StartAsync("within a minute, -TimeoutSec 300", s_arrival, s_patient),
        await StartAsync("-StartWithin 00:03:00, no time to wait", 3 * s_arrival, s_impatient),
        await StartAsync("-StartWithin 00:03:00, -TimeoutSec 300", 3 * s_arrival, s_patient),
    ];

    private static async Task<ResultRow> StartAsync(string what, TimeSpan within, TimeSpan limit)
    {
        await using EmbeddedServer server = await EmbeddedServer.StartAsync(new EmbeddedServerOptions { TokenRequestsPerMinute = PerMinute });
        Stopwatch watch = Stopwatch.StartNew();
        TimeSpan Moment() => within * Random.Shared.NextDouble();
        bool[] connected = await Task.WhenAll(Enumerable.Range(0, Agents).Select(_ => ConnectAsync(server, Moment(), limit)));
        string note = string.Create(CultureInfo.InvariantCulture,
            $"of {Agents:N0} at {PerMinute} a minute; {server.Requests.All.Count:N0} requests, the last agent after {watch.Elapsed.TotalSeconds:0} s");
        Series let = new("connected", [connected.Count(isConnected => isConnected)]) { IsRate = true };
        return new ResultRow($"agents: {what}") { Ours = let, Note = note };
    }

    private static async Task<bool> ConnectAsync(EmbeddedServer server, TimeSpan delay, TimeSpan limit)
    {
        await Task.Delay(delay);
        using SecretBytes secret = SecretBytes.FromCharacters(server.Pbkdf2.ClientSecret);
        try
        {
            using BitwardenSession session = await BitwardenSession.ConnectAsync(
                ApiKeyCredential.Create(server.Pbkdf2.ClientId, secret), ServerEnvironment.Resolve(server.HttpUrl.OriginalString),
                new ConnectionOptions { Timeout = limit }, new SessionOptions());
            return true;
        }
        catch (ServerException e) when (e.Code == ErrorCodes.RateLimited)
        {
            return false;
        }
    }
}
