using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Bitwarden.Core.Api.Wire;
using Bitwarden.Core.Errors;

namespace Bitwarden.Core.Api;

/// <summary>Makes a failure out of an error body when an endpoint has errors of its own; null leaves it to the general rules.</summary>
/// <param name="host">The host that answered.</param>
/// <param name="status">The status.</param>
/// <param name="body">The body, as far as it is JSON.</param>
internal delegate BitwardenException? ErrorReader(string host, HttpStatusCode status, TokenErrorResponse body);

/// <summary>
/// One request with its time limit, and the translation of everything that can go wrong into typed failures.
/// Bodies of error pages, which may echo what was sent, are never shown: only the server's own JSON message is.
/// </summary>
internal sealed class ServerCall
{
    private const int LongestErrorBody = 64 * 1024;
    private readonly HttpClient _client;
    private readonly ConnectionOptions _options;

    internal ServerCall(HttpClient client, ConnectionOptions options)
    {
        _client = client;
        _options = options;
    }

    /// <summary>Sends and reads a JSON answer.</summary>
    internal Task<T> SendJsonAsync<T>(HttpRequestMessage request, JsonTypeInfo<T> type, ErrorReader? errors, CancellationToken cancellationToken) =>
        SendAsync(request, errors, (response, token) => ReadJsonAsync(request, response.Content, type, token), cancellationToken);

    /// <summary>Sends and reads a JSON answer as the bytes that it is.</summary>
    /// <param name="request">The request.</param>
    /// <param name="parse">Makes something of the bytes; a JsonException says that they do not have the expected form.</param>
    /// <param name="cancellationToken">Ends the wait at once.</param>
    internal Task<T> SendBytesAsync<T>(HttpRequestMessage request, Func<ReadOnlyMemory<byte>, T> parse, CancellationToken cancellationToken) =>
        SendAsync(request, null, (response, token) => ReadBytesAsync(request, response.Content, parse, token), cancellationToken);

    /// <summary>Sends, and reads a file of any type except a web page.</summary>
    internal Task<byte[]> SendFileAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        SendAsync(request, null, (response, token) => ReadFileAsync(request, response.Content, token), cancellationToken);

    /// <summary>Sends and reads the answer with the given reader.</summary>
    /// <exception cref="BitwardenException">Anything that went wrong, except cancellation by the caller.</exception>
    internal async Task<T> SendAsync<T>(
        HttpRequestMessage request, ErrorReader? errors, Func<HttpResponseMessage, CancellationToken, Task<T>> read, CancellationToken cancellationToken)
    {
        string host = request.RequestUri!.Authority;
        using CancellationTokenSource limit = new(_options.Timeout, _options.TimeProvider);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            using HttpResponseMessage response =
                await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token).ConfigureAwait(false);
            await EnsureSuccessAsync(host, response, errors, either.Token).ConfigureAwait(false);
            return await read(response, either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw ServerException.Timeout(host, _options.Timeout);
        }
        catch (HttpRequestException e)
        {
            throw FromNetwork(host, e);
        }
        catch (Exception e) when (e is IOException or InvalidDataException)
        {
            throw ServerException.Broken(host);
        }
    }

    private static async Task<T> ReadJsonAsync<T>(HttpRequestMessage request, HttpContent content, JsonTypeInfo<T> type, CancellationToken cancellationToken)
    {
        EnsureJson(request, content);
        try
        {
            using Stream stream = await content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
            return await JsonSerializer.DeserializeAsync(stream, type, cancellationToken).ConfigureAwait(false)
                ?? throw ServerException.Unexpected(request.RequestUri!.Authority, HttpStatusCode.OK, "an empty answer.");
        }
        catch (JsonException)
        {
            throw NotOfTheExpectedForm(request);
        }
    }

    private static async Task<T> ReadBytesAsync<T>(
        HttpRequestMessage request, HttpContent content, Func<ReadOnlyMemory<byte>, T> parse, CancellationToken cancellationToken)
    {
        EnsureJson(request, content);
        byte[] answer = await content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return parse(answer);
        }
        catch (JsonException)
        {
            throw NotOfTheExpectedForm(request);
        }
    }

    private static void EnsureJson(HttpRequestMessage request, HttpContent content)
    {
        if (!IsJson(content))
        {
            throw ServerException.Unexpected(request.RequestUri!.Authority, HttpStatusCode.OK, NotJson(content));
        }
    }

    private static ServerException NotOfTheExpectedForm(HttpRequestMessage request) => ServerException.Unexpected(
        request.RequestUri!.Authority, HttpStatusCode.OK, "JSON that is incomplete or does not have the expected form.");

    private static Task<byte[]> ReadFileAsync(HttpRequestMessage request, HttpContent content, CancellationToken cancellationToken) =>
        content.Headers.ContentType?.MediaType == "text/html"
            ? throw ServerException.Unexpected(
                request.RequestUri!.Authority, HttpStatusCode.OK, "a web page instead of a file. There may be a proxy or a login page in front of the server.")
            : content.ReadAsByteArrayAsync(cancellationToken);

    private async Task EnsureSuccessAsync(string host, HttpResponseMessage response, ErrorReader? errors, CancellationToken cancellationToken)
    {
        if (response.IsSuccessStatusCode)
        {
            return;
        }

        if (response.StatusCode == HttpStatusCode.TooManyRequests)
        {
            throw ServerException.RateLimited(host, RetryHandler.RetryAfterOf(response, _options.TimeProvider));
        }

        if ((int)response.StatusCode is >= 300 and < 400)
        {
            throw ServerException.Unexpected(host, response.StatusCode, "a redirect, which is not followed. Check the server address.");
        }

        TokenErrorResponse? body = await ReadErrorAsync(response.Content, cancellationToken).ConfigureAwait(false);
        throw (body is null ? null : errors?.Invoke(host, response.StatusCode, body)) ?? General(host, response, body);
    }

    private static ServerException General(string host, HttpResponseMessage response, TokenErrorResponse? body) =>
        body is null && response.Content.Headers.ContentType?.MediaType == "text/html"
            ? ServerException.Unexpected(host, response.StatusCode, NotJson(response.Content))
            : ServerException.Failed(host, response.StatusCode, body?.BestMessage());

    private static async Task<TokenErrorResponse?> ReadErrorAsync(HttpContent content, CancellationToken cancellationToken)
    {
        if (!IsJson(content) || content.Headers.ContentLength > LongestErrorBody)
        {
            return null;
        }

        try
        {
            byte[] body = await content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false);
            return JsonSerializer.Deserialize(body, WireJson.Default.TokenErrorResponse);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static bool IsJson(HttpContent content) =>
        content.Headers.ContentType?.MediaType is string type && type.EndsWith("json", StringComparison.OrdinalIgnoreCase);

    private static string NotJson(HttpContent content) =>
        $"{ForeignText.Show(content.Headers.ContentType?.MediaType ?? "no content type", ForeignText.NameLength)} instead of JSON. "
        + "There may be a proxy or a login page in front of the server.";

    private static ServerException FromNetwork(string host, HttpRequestException exception) => exception switch
    {
        { InnerException: AuthenticationException inner } => ServerException.Tls(host, Sentence(inner.Message)),
        { HttpRequestError: HttpRequestError.NameResolutionError } => ServerException.Unreachable(host, "the name cannot be resolved."),
        { HttpRequestError: HttpRequestError.ResponseEnded or HttpRequestError.HttpProtocolError } => ServerException.Broken(host),
        { InnerException: SocketException inner } => ServerException.Unreachable(host, Sentence(inner.Message)),
        { InnerException: IOException } => ServerException.Broken(host),
        _ => ServerException.Unreachable(host, "the connection failed."),
    };

    private static string Sentence(string text) => ForeignText.Show(text.EndsWith('.') ? text : text + ".");
}
