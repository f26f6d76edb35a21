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
    public Func<BitwardenException, string> DescribeFailure { get; init; } = failure => failure.Message;

    /// <summary>Takes the steps in order. After a step that fails, the rest are reported as skipped.</summary>
    /// <param name="cancellationToken">Ends the wait at once.</param>
    public async Task<IReadOnlyList<ProbeStep>> RunAsync(CancellationToken cancellationToken = default)
    {
        List<ProbeStep> steps = [await StepAsync("Proxy", FindProxyAsync, cancellationToken).ConfigureAwait(false)];
        bool direct = SystemProxy.Of(_server.Api) is null;
        (string Name, Func<CancellationToken, Task<(ProbeStatus, string)>> Try)[] rest =
        [
            ("Address", direct ? ResolveAsync : _ => Task.FromResult((ProbeStatus.Passed, "The proxy resolves it."))),
            ("TLS", direct ? HandshakeAsync : _ => Task.FromResult((ProbeStatus.Passed, "The connection goes through the proxy; see the next step."))),
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

    private Task<(ProbeStatus, string)> FindProxyAsync(CancellationToken cancellationToken)
    {
        string detail = SystemProxy.Of(_server.Api) is Uri proxy ? $"{proxy.Scheme}://{proxy.Authority}" : "None; direct connection.";
        return Task.FromResult((ProbeStatus.Passed, detail));
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

        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(_options.Timeout);
        try
        {
            return await HandshakeOnceAsync(limit.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw ServerException.Timeout(_server.Api.Authority, _options.Timeout);
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
