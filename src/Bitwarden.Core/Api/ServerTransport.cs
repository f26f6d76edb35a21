using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace Bitwarden.Core.Api;

/// <summary>Makes the connection handler: the system's trust store and proxy, no cookies, no redirects that could carry a token elsewhere.</summary>
internal static class ServerTransport
{
    internal static HttpMessageHandler Create(ConnectionOptions options) => options.MessageHandler
        ?? new LoopbackBypass(CreateSockets(options, useProxy: true), CreateSockets(options, useProxy: false));

    /// <summary>Whom to trust instead of the system's authorities; null for those.</summary>
    internal static X509ChainPolicy? ChainPolicy(X509Certificate2Collection? authorities)
    {
        if (authorities is null)
        {
            return null;
        }

        // A private authority seldom publishes revocation lists that a build agent can reach.
        X509ChainPolicy policy = new() { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.AddRange(authorities);
        return policy;
    }

    private static SocketsHttpHandler CreateSockets(ConnectionOptions options, bool useProxy) => new()
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        UseProxy = useProxy,
        AutomaticDecompression = System.Net.DecompressionMethods.All,
        PooledConnectionLifetime = TimeSpan.FromMinutes(10),
        SslOptions = new SslClientAuthenticationOptions { CertificateChainPolicy = ChainPolicy(options.CertificateAuthorities) },
    };
}
