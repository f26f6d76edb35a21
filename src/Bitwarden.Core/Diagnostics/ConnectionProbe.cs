using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Bitwarden.Core.Api;
using Bitwarden.Core.Api.Wire;
using Bitwarden.Core.Errors;
using Bitwarden.Core.Sessions;

namespace Bitwarden.Core.Diagnostics;

/// <summary>
/// Tries, step by step, what a login needs: address resolution, proxy, TLS, the server's kind and version, clocks, the identity service. Sends no credential
/// and reports nothing secret.
/// </summary>
public sealed class ConnectionProbe
{
    private static readonly TimeSpan s_tolerableSkew = TimeSpan.FromSeconds(30);
    private readonly ServerEnvironment _server;
    private readonly ConnectionOptions _options;

    /// <summary>Prepares a test.</summary>
    /// <param name="server">The server.</param>
    /// <param name="options">How to reach it.</param>
    public ConnectionProbe(ServerEnvironment server, ConnectionOptions options)
    {
        ArgumentNullException.ThrowIfNull(server);
        ArgumentNullException.ThrowIfNull(options);
        _server = server;
        _options = options;
    }

    /// <summary>How a failed step is put into words; the failure's message unless the caller has more to say.</summary>
    public Func<BitwardenException, string> DescribeFailure { get; set; } = failure => failure.Message;

    /// <summary>Prepares a test of the server of a session, with the certificate authorities that the session trusts.</summary>
    /// <param name="session">The session; nothing of it is sent.</param>
    /// <param name="options">How to reach the server; certificate authorities that are given win.</param>
    public static ConnectionProbe For(BitwardenSession session, ConnectionOptions options)
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(options);
        return new ConnectionProbe(
            session.Server, options with { CertificateAuthorities = options.CertificateAuthorities ?? session.Connection?.CertificateAuthorities });
    }

    /// <summary>Takes the steps in order. After a step that fails, those that need it are reported as skipped.</summary>
    /// <param name="cancellationToken">Ends the wait at once.</param>
    public async Task<IReadOnlyList<ProbeStep>> RunAsync(CancellationToken cancellationToken = default)
    {
        List<ProbeStep> steps = [await StepAsync("Proxy", ReachProxyAsync, cancellationToken).ConfigureAwait(false)];
        bool direct = SystemProxy.Of(_server.Api) is null;
        (string Name, Func<CancellationToken, Task<(ProbeStatus, string)>> Try)[] rest =
        [
            ("Address", direct ? ResolveAsync : _ => Task.FromResult((ProbeStatus.Skipped, "The proxy resolves it."))),
            ("TLS", direct ? HandshakeAsync : HandshakeThroughProxyAsync),
            ("Server", ReadConfigAsync),
            ("Clock", CompareClocksAsync),
            ("Identity", ReachIdentityAsync),
        ];
        foreach ((string name, Func<CancellationToken, Task<(ProbeStatus, string)>> attempt) in rest)
        {
            steps.Add(steps.Exists(step => step.Status == ProbeStatus.Failed)
                ? new ProbeStep(name, ProbeStatus.Skipped, "An earlier step failed.", TimeSpan.Zero)
                : await StepAsync(name, attempt, cancellationToken).ConfigureAwait(false));
        }

        return steps;
    }

    private async Task<ProbeStep> StepAsync(
        string name, Func<CancellationToken, Task<(ProbeStatus Status, string Detail)>> attempt, CancellationToken cancellationToken)
    {
        Stopwatch watch = Stopwatch.StartNew();
        try
        {
            (ProbeStatus status, string detail) = await attempt(cancellationToken).ConfigureAwait(false);
            return new ProbeStep(name, status, detail, watch.Elapsed);
        }
        catch (BitwardenException e)
        {
            return new ProbeStep(name, ProbeStatus.Failed, DescribeFailure(e), watch.Elapsed);
        }
        catch (Exception e) when (e is SocketException or AuthenticationException or IOException)
        {
            return new ProbeStep(name, ProbeStatus.Failed, e.Message, watch.Elapsed);
        }
    }

    private async Task<(ProbeStatus, string)> ReachProxyAsync(CancellationToken cancellationToken)
    {
        if (SystemProxy.Of(_server.Api) is not Uri proxy)
        {
            return (ProbeStatus.Passed, "None; direct connection.");
        }

        return await WithinTimeoutAsync(proxy.Authority, token => ConnectAsync(proxy, token), cancellationToken).ConfigureAwait(false);
    }

    private async Task<(ProbeStatus, string)> ConnectAsync(Uri proxy, CancellationToken cancellationToken)
    {
        try
        {
            using TcpClient tcp = new();
            await tcp.ConnectAsync(proxy.DnsSafeHost, proxy.Port, cancellationToken).ConfigureAwait(false);
            return (ProbeStatus.Passed, $"{SystemProxy.Describe(proxy)} accepts connections.");
        }
        catch (SocketException e)
        {
            throw ServerException.Proxy(_server.Api.Authority, SystemProxy.Describe(proxy), NetworkErrors.Sentence(e.Message));
        }
    }

    private async Task<(ProbeStatus, string)> ResolveAsync(CancellationToken cancellationToken)
    {
        IPAddress[] addresses = await Dns.GetHostAddressesAsync(_server.Api.DnsSafeHost, cancellationToken).ConfigureAwait(false);
        return (ProbeStatus.Passed, $"{_server.Api.DnsSafeHost} is {string.Join(", ", addresses.Select(address => address.ToString()))}.");
    }

    private async Task<(ProbeStatus, string)> HandshakeAsync(CancellationToken cancellationToken)
    {
        if (_server.Api.Scheme != Uri.UriSchemeHttps)
        {
            return (ProbeStatus.Warning, "http, which is accepted only for this machine itself.");
        }

        return await WithinTimeoutAsync(_server.Api.Authority, HandshakeOnceAsync, cancellationToken).ConfigureAwait(false);
    }

    // Any answer has come through TLS that was trusted; what it says is the next step's.
    private async Task<(ProbeStatus, string)> HandshakeThroughProxyAsync(CancellationToken cancellationToken)
    {
        try
        {
            await ReadConfigAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (ServerException e) when (e.Status is not null)
        {
            // An answer.
        }

        return (ProbeStatus.Passed, "Trusted, through the proxy.");
    }

    private async Task<T> WithinTimeoutAsync<T>(string host, Func<CancellationToken, Task<T>> work, CancellationToken cancellationToken)
    {
        using Deadline deadline = new(_options, cancellationToken);
        try
        {
            return await work(deadline.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (deadline.IsOver)
        {
            throw ServerException.Timeout(host, _options.Timeout);
        }
    }

    private async Task<(ProbeStatus, string)> HandshakeOnceAsync(CancellationToken cancellationToken)
    {
        using TcpClient tcp = new();
        await tcp.ConnectAsync(_server.Api.DnsSafeHost, _server.Api.Port, cancellationToken).ConfigureAwait(false);
        SslPolicyErrors errors = SslPolicyErrors.None;
        string chainStatus = string.Empty;
        SslStream tls = new(tcp.GetStream());
        await using (tls.ConfigureAwait(false))
        {
            SslClientAuthenticationOptions options = new()
            {
                TargetHost = _server.Api.DnsSafeHost,
                CertificateChainPolicy = ServerTransport.ChainPolicy(_options.CertificateAuthorities),
                RemoteCertificateValidationCallback = (_, _, chain, found) =>
                {
                    // Only to be reported: nothing is sent over this connection.
                    errors = found;
                    chainStatus = string.Join(", ", (chain?.ChainStatus ?? []).Select(status => status.Status).Distinct());
                    return true;
                },
            };
            await tls.AuthenticateAsClientAsync(options, cancellationToken).ConfigureAwait(false);
            return Describe(tls, errors, chainStatus);
        }
    }

    private (ProbeStatus, string) Describe(SslStream tls, SslPolicyErrors errors, string chainStatus)
    {
        using X509Certificate2 certificate = new(tls.RemoteCertificate!);
        string end = certificate.NotAfter.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        string subject = $"{tls.SslProtocol}, {ForeignText.Show(certificate.Subject)}, issued by {ForeignText.Show(certificate.Issuer)}, until {end}";
        return errors == SslPolicyErrors.None
            ? (ProbeStatus.Passed, subject + ".")
            : throw ServerException.Tls(_server.Api.Authority, $"{errors}{(chainStatus.Length > 0 ? $" ({chainStatus})" : string.Empty)}, {subject}.");
    }

    private async Task<(ProbeStatus, string)> ReadConfigAsync(CancellationToken cancellationToken)
    {
        using AnonymousApiClient client = CreateClient();
        ConfigResponse config = await client.GetConfigAsync(cancellationToken).ConfigureAwait(false);
        return (ProbeStatus.Passed, $"{Shown(config.Server?.Name, "Official server")} {Shown(config.Version, "of unknown version")} at {_server.Api}.");
    }

    private static string Shown(string? text, string otherwise) => text is null ? otherwise : ForeignText.Show(text, ForeignText.NameLength);

    private async Task<(ProbeStatus, string)> CompareClocksAsync(CancellationToken cancellationToken)
    {
        using HttpMessageHandler transport = ServerTransport.Create(_options);
        using HttpMessageInvoker client = new(transport, disposeHandler: false);
        using HttpRequestMessage request = new(HttpMethod.Get, new Uri(_server.Api, "config"));
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        DateTimeOffset? date = await new ServerCall(client, _options)
            .SendAsync(request, null, AnswerLimit.Small, (answer, _) => Task.FromResult(answer.Response.Headers.Date), cancellationToken).ConfigureAwait(false);
        if (date is null)
        {
            return (ProbeStatus.Warning, "The server does not send its time.");
        }

        TimeSpan skew = _options.TimeProvider.GetUtcNow() - date.Value;
        string seconds = Math.Abs(skew.TotalSeconds).ToString("0", CultureInfo.InvariantCulture);
        return skew.Duration() <= s_tolerableSkew
            ? (ProbeStatus.Passed, $"Within {seconds} seconds of the server.")
            : (ProbeStatus.Warning, $"{seconds} seconds {(skew > TimeSpan.Zero ? "ahead of" : "behind")} the server: one-time codes (#totp) will be wrong.");
    }

    // An account that does not exist gets an answer like any other, so that the test reveals nothing about anybody.
    private async Task<(ProbeStatus, string)> ReachIdentityAsync(CancellationToken cancellationToken)
    {
        using AnonymousApiClient client = CreateClient();
        await client.PreloginAsync("connection-test@example.org", cancellationToken).ConfigureAwait(false);
        return (ProbeStatus.Passed, $"{_server.Identity} answers.");
    }

    private AnonymousApiClient CreateClient() => AnonymousApiClient.Create(
        _server, DeviceIdentity.Create(_options.DeviceIdentifier, _server, "connection-test"), _options);
}
