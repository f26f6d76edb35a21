namespace Bitwarden.TestServer;

/// <summary>What a parent process needs to know: the answer of GET /_test/info.</summary>
internal sealed record ServerInfo(Uri HttpUrl, Uri HttpsUrl, string CaPath)
{
    public required IReadOnlyList<TestAccountInfo> Accounts { get; init; }

    internal static ServerInfo Of(EmbeddedServer server) =>
        new(server.HttpUrl, server.HttpsUrl, server.CertificateAuthorityPath)
        {
            Accounts = [.. server.Accounts.Select(TestAccountInfo.Of)],
        };
}
