using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Serialization.Metadata;
using System.Text.RegularExpressions;
using Bitwarden.Core.Api.Wire;
using Bitwarden.Core.Errors;
using Bitwarden.Core.Reporting;

namespace Bitwarden.Core.Api;

/// <summary>The calls that need no access token: logging in, what comes before it, and files. Owns the connection that an authorized client shares.</summary>
internal sealed partial class AnonymousApiClient : ApiClient
{
    private AnonymousApiClient(ServerEnvironment server, DeviceIdentity device, ConnectionOptions options, HttpMessageHandler transport)
        : base(server, device, options, transport)
    {
        Transport = transport;
    }

    /// <summary>The connection, which ends with this client.</summary>
    internal HttpMessageHandler Transport { get; }

    internal static AnonymousApiClient Create(ServerEnvironment server, DeviceIdentity device, ConnectionOptions options) =>
        new(server, device, options, ServerTransport.Create(options));

    /// <summary>Asks for a token. Not repeated by itself, but where the server was too busy to look at it; with a password not even then.</summary>
    /// <param name="form">The grant.</param>
    /// <param name="errors">What the endpoint's errors mean.</param>
    /// <param name="email">The account of a password grant, for servers that check it in a header first (protocol 3.3); null for other grants.</param>
    /// <param name="cancellationToken">Ends the wait at once.</param>
    internal async Task<TokenResponse> RequestTokenAsync(FormBody form, ErrorReader errors, string? email, CancellationToken cancellationToken)
    {
        WorkListener.Report(WorkStage.LoggingIn);
        HttpRequestMessage request = Request(HttpMethod.Post, new Uri(Server.Identity, "connect/token"));
        request.Content = form.ToContent();
        request.Options.Set(RetryPolicy.UntilTaken, email is null);
        if (email is not null)
        {
            request.Headers.Add("Auth-Email", Base64Url(email));
        }

        TokenResponse response = await ReadAsync(NewCall(), request, WireJson.Default.TokenResponse, errors, cancellationToken).ConfigureAwait(false);
        if (response.HasUsableToken)
        {
            return response;
        }

        response.Forget();
        throw ServerException.Unexpected(Server.Identity.Authority, HttpStatusCode.OK, "no access token that could be used.");
    }

    /// <summary>Asks which KDF an account uses.</summary>
    internal Task<PreloginResponse> PreloginAsync(string email, CancellationToken cancellationToken)
    {
        WorkListener.Report(WorkStage.LoggingIn);
        HttpRequestMessage request = DeviceRequest(HttpMethod.Post, new Uri(Server.Identity, "accounts/prelogin"));
        request.Options.Set(RetryPolicy.Idempotent, true);
        request.Content = JsonContent.Create(new PreloginRequest(email.Trim().ToLowerInvariant()), WireJson.Default.PreloginRequest);
        return ReadAsync(NewCall(), request, WireJson.Default.PreloginResponse, null, cancellationToken);
    }

    /// <summary>Asks what kind of server this is.</summary>
    internal Task<ConfigResponse> GetConfigAsync(CancellationToken cancellationToken) => ReadAsync(
        NewCall(), DeviceRequest(HttpMethod.Get, new Uri(Server.Api, "config")), WireJson.Default.ConfigResponse, null, cancellationToken);

    /// <summary>Has a two-step code mailed.</summary>
    internal Task SendEmailCodeAsync(EmailCodeRequest body, CancellationToken cancellationToken) =>
        PostAsync("two-factor/send-email-login", body, WireJson.Default.EmailCodeRequest, cancellationToken);

    /// <summary>Has a new-device code mailed again; the server answers success whatever it does.</summary>
    internal Task ResendNewDeviceCodeAsync(NewDeviceCodeRequest body, CancellationToken cancellationToken) =>
        PostAsync("accounts/resend-new-device-otp", body, WireJson.Default.NewDeviceCodeRequest, cancellationToken);

    /// <summary>Downloads an encrypted file from the address that the server gave, without our token: it may be another company's storage.</summary>
    /// <param name="url">The address.</param>
    /// <param name="announced">The size that the server announced; null when it did not.</param>
    /// <param name="read">Reads the file, which may have any type but a web page's.</param>
    /// <param name="cancellationToken">Ends the download at once.</param>
    internal async Task<T> DownloadAsync<T>(Uri url, long? announced, AnswerReader<T> read, CancellationToken cancellationToken)
    {
        using HttpRequestMessage request = BareRequest(HttpMethod.Get, url);
        return await NewFileCall(Math.Clamp(announced ?? 0, 0, Options.LargestAnswer))
            .SendAsync(
                request,
                null,
                AnswerLimit.OfFile(announced, Options.LargestAnswer),
                (answer, token) => read(EnsureFile(answer), token),
                cancellationToken)
            .ConfigureAwait(false);
    }

    /// <summary>Sends an encrypted file to the storage that the server named, without our token (protocol 7.6).</summary>
    internal async Task SendToStorageAsync(Uri url, Stream file, CancellationToken cancellationToken)
    {
        using HttpRequestMessage request = BareRequest(HttpMethod.Put, url);
        request.Content = new FileContent(file);
        request.Headers.Add("x-ms-blob-type", "BlockBlob");
        request.Headers.Date = Options.TimeProvider.GetUtcNow();
        if (StorageVersion().Match(url.Query) is { Success: true } version)
        {
            request.Headers.Add("x-ms-version", version.Groups[1].Value);
        }

        await NewFileCall(file.Length)
            .SendAsync(request, null, AnswerLimit.Small, (_, _) => Task.FromResult(true), cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        base.Dispose();
        Transport.Dispose();
    }

    private async Task PostAsync<T>(string path, T body, JsonTypeInfo<T> type, CancellationToken cancellationToken)
    {
        using HttpRequestMessage request = DeviceRequest(HttpMethod.Post, new Uri(Server.Api, path));
        request.Content = SecretJsonContent.Create(body, type);
        await NewCall().SendAsync(request, null, AnswerLimit.Small, (_, _) => Task.FromResult(true), cancellationToken).ConfigureAwait(false);
    }

    private static ServerAnswer EnsureFile(ServerAnswer answer)
    {
        if (answer.IsWebPage)
        {
            throw answer.Unexpected("a web page instead of a file. There may be a proxy or a login page in front of the server.");
        }

        answer.Body.ReportAs(WorkStage.DownloadingFile, answer.Length);
        return answer;
    }

    // A signed address names the version of the storage's protocol that it was made for.
    [GeneratedRegex("[?&]sv=([0-9-]{1,20})(?:&|$)")]
    private static partial Regex StorageVersion();

    private static string Base64Url(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text)).TrimEnd('=').Replace('+', '-').Replace('/', '_');

    private HttpRequestMessage DeviceRequest(HttpMethod method, Uri uri)
    {
        HttpRequestMessage request = Request(method, uri);
        request.Headers.Add("Device-Identifier", Device.Identifier.ToString());
        return request;
    }
}
