using Bitwarden.TestServer.Api;
using Bitwarden.TestServer.Control;
using Bitwarden.TestServer.Identity;

namespace Bitwarden.TestServer;

/// <summary>What the endpoints of one server share.</summary>
internal sealed class ServerContext(EmbeddedServerOptions options, ServerClock clock, AccountDirectory accounts, AccessTokenSigner signer)
{
    internal EmbeddedServerOptions Options => options;

    internal ServerClock Clock => clock;

    internal AccountDirectory Accounts => accounts;

    internal FaultPlan Faults { get; } = new();

    internal RequestLog Requests { get; } = new();

    internal ApiJson Json { get; } = new(options.PascalCaseApi);

    internal WrittenCiphers WrittenCiphers { get; } = new();

    internal TokenStore Tokens { get; } = new(signer, options.TokenLifetime, clock);

    internal TokenRateLimit TokenRate { get; } = new(options.TokenRequestsPerMinute, clock);

    internal DownloadTickets Downloads { get; } = new(clock);

    internal FurtherServers Further { get; } = new();

    /// <summary>Set once the ports are known.</summary>
    internal Func<ServerInfo> Describe { get; set; } = () => throw new InvalidOperationException("The server has not started.");

    /// <summary>Set once the ports are known.</summary>
    internal string KeyConnectorUrl { get; set; } = "";
}
