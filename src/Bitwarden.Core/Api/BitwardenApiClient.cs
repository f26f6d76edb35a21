using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Bitwarden.Core.Api.Wire;
using Bitwarden.Core.Errors;

namespace Bitwarden.Core.Api;

/// <summary>The calls of the protocol that this engine makes, one method each. Failures are typed; see <see cref="ServerCall"/>.</summary>
internal sealed class BitwardenApiClient : IDisposable
{
    private readonly ServerEnvironment _server;
    private readonly DeviceIdentity _device;
    private readonly ConnectionOptions _options;
    private readonly HttpMessageHandler _transport;
    private readonly HttpClient _anonymous;
    private readonly HttpClient _authorized;

    internal BitwardenApiClient(ServerEnvironment server, DeviceIdentity device, ConnectionOptions options, IAccessTokenSource tokens)
    {
        _server = server;
        _device = device;
        _options = options;
        _transport = ServerTransport.Create(options);
        _anonymous = CreateClient(_transport);
        _authorized = CreateClient(new AuthorizationHandler(_transport, tokens));
    }

    internal string IdentityHost => _server.Identity.Authority;

    /// <summary>Asks for a token; never repeated by itself.</summary>
    internal async Task<TokenResponse> RequestTokenAsync(FormBody form, ErrorReader errors, CancellationToken cancellationToken)
    {
        using HttpRequestMessage request = Request(HttpMethod.Post, new Uri(_server.Identity, "connect/token"));
        request.Content = form.ToContent();
        TokenResponse response = await ReadAsync(_anonymous, request, WireJson.Default.TokenResponse, errors, cancellationToken).ConfigureAwait(false);
        return string.IsNullOrEmpty(response.AccessToken)
            ? throw ServerException.Unexpected(IdentityHost, HttpStatusCode.OK, "no access token.")
            : response;
    }

    /// <summary>Asks which KDF an account uses.</summary>
    internal async Task<PreloginResponse> PreloginAsync(string email, CancellationToken cancellationToken)
    {
        using HttpRequestMessage request = Request(HttpMethod.Post, new Uri(_server.Identity, "accounts/prelogin"));
        request.Options.Set(RetryHandler.Idempotent, true);
        request.Headers.Add("Device-Identifier", _device.Identifier.ToString());
        request.Content = JsonContent.Create(new PreloginRequest(email.Trim().ToLowerInvariant()), WireJson.Default.PreloginRequest);
        return await ReadAsync(_anonymous, request, WireJson.Default.PreloginResponse, null, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Asks what kind of server this is.</summary>
    internal async Task<ConfigResponse> GetConfigAsync(CancellationToken cancellationToken)
    {
        using HttpRequestMessage request = Request(HttpMethod.Get, new Uri(_server.Api, "config"));
        request.Headers.Add("Device-Identifier", _device.Identifier.ToString());
        return await ReadAsync(_anonymous, request, WireJson.Default.ConfigResponse, null, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Fetches the whole account.</summary>
    internal Task<SyncResponse> SyncAsync(CancellationToken cancellationToken) =>
        GetAuthorizedAsync("sync?excludeDomains=true", WireJson.Default.SyncResponse, cancellationToken);

    /// <summary>When the account was last changed: milliseconds since 1970 on the official server, a date on some others; null if unknown.</summary>
    internal async Task<DateTimeOffset?> GetRevisionDateAsync(CancellationToken cancellationToken)
    {
        JsonElement answer = await GetAuthorizedAsync("accounts/revision-date", WireJson.Default.JsonElement, cancellationToken).ConfigureAwait(false);
        return answer.ValueKind switch
        {
            JsonValueKind.Number when answer.TryGetInt64(out long milliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds),
            JsonValueKind.String when answer.TryGetDateTimeOffset(out DateTimeOffset date) => date,
            _ => null,
        };
    }

    /// <summary>Asks for a fresh address of an attachment.</summary>
    internal Task<AttachmentRecord> GetAttachmentAsync(Guid cipherId, string attachmentId, CancellationToken cancellationToken) =>
        GetAuthorizedAsync(
            string.Create(CultureInfo.InvariantCulture, $"ciphers/{cipherId}/attachment/{Uri.EscapeDataString(attachmentId)}"),
            WireJson.Default.AttachmentRecord,
            cancellationToken);

    /// <summary>Has a two-step code mailed.</summary>
    internal Task SendEmailCodeAsync(EmailCodeRequest body, CancellationToken cancellationToken) =>
        PostAnonymousAsync("two-factor/send-email-login", body, WireJson.Default.EmailCodeRequest, cancellationToken);

    /// <summary>Has a new-device code mailed again; the server answers success whatever it does.</summary>
    internal Task ResendNewDeviceCodeAsync(NewDeviceCodeRequest body, CancellationToken cancellationToken) =>
        PostAnonymousAsync("accounts/resend-new-device-otp", body, WireJson.Default.NewDeviceCodeRequest, cancellationToken);

    /// <summary>Shows the account's API key, or makes a new one.</summary>
    internal async Task<ApiKeyResponse> GetApiKeyAsync(bool rotate, string masterPasswordHash, ErrorReader errors, CancellationToken cancellationToken)
    {
        using HttpRequestMessage request = Request(HttpMethod.Post, new Uri(_server.Api, rotate ? "accounts/rotate-api-key" : "accounts/api-key"));
        request.Content = JsonContent.Create(new PasswordVerificationRequest(masterPasswordHash), WireJson.Default.PasswordVerificationRequest);
        return await ReadAsync(_authorized, request, WireJson.Default.ApiKeyResponse, errors, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Asks a Key Connector for the account's key. The address was confirmed by the user: it gets our token.</summary>
    internal async Task<KeyConnectorResponse> GetKeyConnectorKeyAsync(Uri connector, CancellationToken cancellationToken)
    {
        using HttpRequestMessage request = Request(HttpMethod.Get, new Uri(connector.AbsoluteUri.TrimEnd('/') + "/user-keys"));
        return await ReadAsync(_authorized, request, WireJson.Default.KeyConnectorResponse, null, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Downloads an encrypted file from the address that the server gave, without our token: it may be another company's storage.</summary>
    internal async Task<byte[]> DownloadAsync(Uri url, CancellationToken cancellationToken)
    {
        using HttpRequestMessage request = new(HttpMethod.Get, url);
        return await new ServerCall(_anonymous, _options).SendFileAsync(request, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _authorized.Dispose();
        _anonymous.Dispose();
        _transport.Dispose();
    }

    private async Task PostAnonymousAsync<T>(string path, T body, JsonTypeInfo<T> type, CancellationToken cancellationToken)
    {
        using HttpRequestMessage request = Request(HttpMethod.Post, new Uri(_server.Api, path));
        request.Headers.Add("Device-Identifier", _device.Identifier.ToString());
        request.Content = JsonContent.Create(body, type);
        await new ServerCall(_anonymous, _options).SendAsync(request, null, (_, _) => Task.FromResult(true), cancellationToken).ConfigureAwait(false);
    }

    private async Task<T> GetAuthorizedAsync<T>(string path, JsonTypeInfo<T> type, CancellationToken cancellationToken)
    {
        using HttpRequestMessage request = Request(HttpMethod.Get, new Uri(_server.Api, path));
        return await ReadAsync(_authorized, request, type, null, cancellationToken).ConfigureAwait(false);
    }

    private Task<T> ReadAsync<T>(
        HttpClient client, HttpRequestMessage request, JsonTypeInfo<T> type, ErrorReader? errors, CancellationToken cancellationToken) =>
        new ServerCall(client, _options).SendJsonAsync(request, type, errors, cancellationToken);

    private HttpRequestMessage Request(HttpMethod method, Uri uri)
    {
        HttpRequestMessage request = new(method, uri);
        request.Headers.Add("Accept", "application/json");
        request.Headers.Add("Device-Type", _device.Type.ToString(CultureInfo.InvariantCulture));
        request.Headers.Add("Bitwarden-Client-Name", DeviceIdentity.ClientName);
        request.Headers.Add("Bitwarden-Client-Version", DeviceIdentity.ProtocolVersion);
        if (method == HttpMethod.Get)
        {
            request.Headers.Add("Cache-Control", "no-store");
            request.Headers.Add("Pragma", "no-cache");
        }

        return request;
    }

    private static HttpClient CreateClient(HttpMessageHandler handler)
    {
        // Time limits are ours (ServerCall), so that they can be told from a cancellation.
        HttpClient client = new(handler, disposeHandler: false) { Timeout = Timeout.InfiniteTimeSpan };
        client.DefaultRequestHeaders.UserAgent.ParseAdd(UserAgent.Value);
        return client;
    }
}
