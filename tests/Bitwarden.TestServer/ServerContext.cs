using Bitwarden.TestServer.Api;
using Bitwarden.TestServer.Identity;

namespace Bitwarden.TestServer;

/// <summary>What the endpoints of one server share.</summary>
internal sealed class ServerContext(EmbeddedServerOptions options, IReadOnlyList<TestAccount> accounts, AccessTokenSigner signer)
{
    internal EmbeddedServerOptions Options => options;

    internal IReadOnlyList<TestAccount> Accounts => accounts;

    internal FaultPlan Faults { get; } = new();

    internal RequestLog Requests { get; } = new();

    internal ApiJson Json { get; } = new(options.PascalCaseApi);

    internal TokenStore Tokens { get; } = new(signer, options.TokenLifetime);

    internal DownloadTickets Downloads { get; } = new();

    /// <summary>Set once the ports are known.</summary>
    internal Func<ServerInfo> Describe { get; set; } = () => throw new InvalidOperationException("The server has not started.");

    internal TestAccount? FindAccount(string? email) => accounts.FirstOrDefault(account => account.Email == email);
}
