using System.Globalization;
using System.Text.Json.Serialization.Metadata;

namespace Bitwarden.Core.Api;

/// <summary>
/// What both clients of a server share: the headers of every request, and the reading of answers. Failures are typed; see <see cref="ServerCall"/>.
/// </summary>
internal abstract class ApiClient : IDisposable
{
    private readonly HttpClient _http;

    private protected ApiClient(ServerEnvironment server, DeviceIdentity device, ConnectionOptions options, HttpMessageHandler handler)
    {
        Server = server;
        Device = device;
        Options = options;

        // Time limits are ours (ServerCall), so that they can be told from a cancellation.
        _http = new HttpClient(handler, disposeHandler: false) { Timeout = Timeout.InfiniteTimeSpan };
        _http.DefaultRequestHeaders.UserAgent.ParseAdd(UserAgent.Value);
    }

    internal ServerEnvironment Server { get; }

    internal DeviceIdentity Device { get; }

    internal ConnectionOptions Options { get; }

    /// <inheritdoc/>
    public virtual void Dispose() => _http.Dispose();

    private protected ServerCall NewCall() => new(_http, Options);

    private protected async Task<T> ReadAsync<T>(
        HttpRequestMessage request, JsonTypeInfo<T> type, ErrorReader? errors, CancellationToken cancellationToken)
    {
        using (request)
        {
            return await NewCall().SendJsonAsync(request, type, errors, cancellationToken).ConfigureAwait(false);
        }
    }

    private protected HttpRequestMessage Request(HttpMethod method, Uri uri)
    {
        HttpRequestMessage request = new(method, uri);
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
