using System.Globalization;
using System.Text.Json.Serialization.Metadata;

namespace Bitwarden.Core.Api;

/// <summary>
/// What both clients of a server share: the headers of every request, and the reading of answers. Failures are typed; see <see cref="ServerCall"/>.
/// </summary>
internal abstract class ApiClient : IDisposable
{
    private const int SlowestBytesPerSecond = 128 * 1024;
    private readonly HttpMessageInvoker _http;
    private readonly CancellationTokenSource _closing = new();
    private readonly CancellationToken _closed;

    private protected ApiClient(ServerEnvironment server, DeviceIdentity device, ConnectionOptions options, HttpMessageHandler handler)
    {
        Server = server;
        Device = device;
        Options = options;

        // No HttpClient: time limits and buffers are ours (ServerCall), and a request can be sent again.
        _http = new HttpMessageInvoker(handler, disposeHandler: false);
        _closed = _closing.Token;
    }

    internal ServerEnvironment Server { get; }

    internal DeviceIdentity Device { get; }

    internal ConnectionOptions Options { get; }

    /// <summary>Ends what is under way, which fails as disposed.</summary>
    public virtual void Dispose()
    {
        try
        {
            _closing.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // A second time.
        }

        _closing.Dispose();
        _http.Dispose();
    }

    /// <summary>Makes a call.</summary>
    /// <param name="refusals">Sees the errors of the services that our own tokens are for; null for the others.</param>
    private protected ServerCall NewCall(RefusalReader? refusals = null) => new(_http, Options, refusals, _closed);

    /// <summary>The same for a call that carries a file: the time limit is that of any call, and what a slow line needs for the file.</summary>
    /// <param name="size">The file's length.</param>
    /// <param name="refusals">See <see cref="NewCall"/>.</param>
    private protected ServerCall NewFileCall(long size, RefusalReader? refusals = null) =>
        new(_http, Options with { Timeout = Options.Timeout + TimeSpan.FromSeconds((double)size / SlowestBytesPerSecond) }, refusals, _closed);

    private protected static async Task<T> ReadAsync<T>(
        ServerCall call, HttpRequestMessage request, JsonTypeInfo<T> type, ErrorReader? errors, CancellationToken cancellationToken)
    {
        using (request)
        {
            return await call.SendJsonAsync(request, type, errors, AnswerLimit.Small, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>A request that says no more about us than our name and version.</summary>
    private protected static HttpRequestMessage BareRequest(HttpMethod method, Uri uri)
    {
        HttpRequestMessage request = new(method, uri);
        request.Headers.UserAgent.ParseAdd(UserAgent.Value);
        return request;
    }

    private protected HttpRequestMessage Request(HttpMethod method, Uri uri)
    {
        HttpRequestMessage request = BareRequest(method, uri);
        request.Headers.Add("Accept", "application/json");
        request.Headers.Add("Device-Type", Device.Type.ToString(CultureInfo.InvariantCulture));
        request.Headers.Add("Bitwarden-Client-Name", DeviceIdentity.ClientName);
        request.Headers.Add("Bitwarden-Client-Version", DeviceIdentity.ProtocolVersion);
        if (method == HttpMethod.Get)
        {
            request.Headers.Add("Cache-Control", "no-store");
            request.Headers.Add("Pragma", "no-cache");
        }

        return request;
    }
}
