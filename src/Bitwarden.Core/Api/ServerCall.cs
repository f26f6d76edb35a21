using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Bitwarden.Core.Api.Wire;
using Bitwarden.Core.Errors;
using Bitwarden.Core.Reporting;

namespace Bitwarden.Core.Api;

/// <summary>Sees every error answer before the general rules do; gives the failure that it means, or null.</summary>
internal delegate BitwardenException? RefusalReader(string host, HttpResponseMessage response, ErrorBody body);

/// <summary>
/// One call with its time limit, its repetitions (<see cref="RetryPolicy"/>) and its limit in bytes, and the translation of everything that can go wrong into
/// typed failures. When the next repetition would not fit the time limit, the last failure is the one to tell.
/// </summary>
internal sealed class ServerCall
{
    private readonly HttpMessageInvoker _http;
    private readonly ConnectionOptions _options;
    private readonly CancellationToken _closed;
    private readonly RefusalReader? _refusals;

    /// <param name="http">Sends requests.</param>
    /// <param name="options">Time limit and clock.</param>
    /// <param name="refusals">See <see cref="RefusalReader"/>; null for none.</param>
    /// <param name="closed">Ends the call when its client is disposed.</param>
    internal ServerCall(HttpMessageInvoker http, ConnectionOptions options, RefusalReader? refusals = null, CancellationToken closed = default)
    {
        _closed = closed;
        _http = http;
        _options = options;
        _refusals = refusals;
    }

    /// <summary>Sends and reads a JSON answer.</summary>
    internal Task<T> SendJsonAsync<T>(
        HttpRequestMessage request, JsonTypeInfo<T> type, ErrorReader? errors, long limit, CancellationToken cancellationToken) =>
        SendAsync(request, errors, limit, (answer, token) => ReadJsonAsync(answer, type, token), cancellationToken);

    /// <summary>Sends and reads a JSON answer as the bytes that it is.</summary>
    /// <param name="request">The request.</param>
    /// <param name="parse">Makes something of the bytes; a JsonException says that they do not have the expected form.</param>
    /// <param name="limit">The most bytes that the answer may have.</param>
    /// <param name="cancellationToken">Ends the wait at once.</param>
    internal Task<T> SendBytesAsync<T>(
        HttpRequestMessage request, Func<ReadOnlyMemory<byte>, T> parse, long limit, CancellationToken cancellationToken) =>
        SendAsync(request, null, limit, (answer, token) => ReadBytesAsync(answer, parse, token), cancellationToken);

    /// <summary>Sends and reads the answer with the given reader, which gets a body that ends at the limit.</summary>
    /// <exception cref="BitwardenException">Anything that went wrong, except cancellation by the caller.</exception>
    /// <exception cref="ObjectDisposedException">The client was disposed meanwhile.</exception>
    internal async Task<T> SendAsync<T>(
        HttpRequestMessage request, ErrorReader? errors, long limit, AnswerReader<T> read, CancellationToken cancellationToken)
    {
        try
        {
            using CancellationTokenSource ends = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _closed);
            return await RepeatAsync(request, errors, limit, read, ends.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (_closed.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new ObjectDisposedException(nameof(ApiClient));
        }
    }

    private async Task<T> RepeatAsync<T>(
        HttpRequestMessage request, ErrorReader? errors, long limit, AnswerReader<T> read, CancellationToken cancellationToken)
    {
        Uri target = request.RequestUri!;
        using Deadline deadline = new(_options, cancellationToken);
        BitwardenException? earlier = null;
        for (int attempt = 1; ; attempt++)
        {
            Attempt<T> result = await TryAsync(request, target, errors, limit, read, deadline).ConfigureAwait(false);
            if (result.Failure is not BitwardenException failure)
            {
                return result.Value!;
            }

            TimeSpan? wait = result.IsPassing ? RetryPolicy.WaitAfter(request, attempt, result.AskedWait, failure.Code == ErrorCodes.RateLimited) : null;
            if (wait is null || !await deadline.WaitAsync(wait.Value).ConfigureAwait(false))
            {
                throw result.IsTimeout ? earlier ?? failure : failure;
            }

            earlier = failure;
        }
    }

    private async Task<Attempt<T>> TryAsync<T>(
        HttpRequestMessage request, Uri target, ErrorReader? errors, long limit, AnswerReader<T> read, Deadline deadline)
    {
        string host = target.Authority;
        bool hasAnswered = false;
        try
        {
            using HttpResponseMessage response = await _http.SendAsync(request, deadline.Token).ConfigureAwait(false);
            hasAnswered = true;
            return response.IsSuccessStatusCode
                ? Attempt<T>.Succeeded(await ReadAsync(host, response, limit, read, deadline.Token).ConfigureAwait(false))
                : await FailAsync<T>(host, response, errors, deadline).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (deadline.IsOver)
        {
            return Attempt<T>.TimedOut(ServerException.Timeout(host, _options.Timeout, hasAnswered));
        }
        catch (HttpRequestException e)
        {
            return Attempt<T>.Failed(NetworkErrors.From(e, target, _options), RetryPolicy.IsPassing(e));
        }
        catch (Exception e) when (e is IOException or InvalidDataException)
        {
            return Attempt<T>.Failed(ServerException.Broken(host), isPassing: true);
        }
    }

    private static async Task<T> ReadAsync<T>(string host, HttpResponseMessage response, long limit, AnswerReader<T> read, CancellationToken cancellationToken)
    {
        if (response.Content.Headers.ContentLength > limit)
        {
            throw ServerException.TooLarge(host, limit);
        }

        LimitedStream body = new(await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false), host, limit);
        await using (body.ConfigureAwait(false))
        {
            return await read(new ServerAnswer(host, response, body), cancellationToken).ConfigureAwait(false);
        }
    }

    private static async Task<T> ReadJsonAsync<T>(ServerAnswer answer, JsonTypeInfo<T> type, CancellationToken cancellationToken)
    {
        if (!answer.IsJson)
        {
            throw answer.Unexpected(ServerAnswer.DescribeNotJson(answer.Response.Content));
        }

        try
        {
            return await JsonSerializer.DeserializeAsync(answer.Body, type, cancellationToken).ConfigureAwait(false)
                ?? throw answer.Unexpected("an empty answer.");
        }
        catch (Exception e) when (WireJson.IsUnreadable(e))
        {
            throw answer.Unexpected("JSON that is incomplete or does not have the expected form.");
        }
    }

    private static async Task<T> ReadBytesAsync<T>(ServerAnswer answer, Func<ReadOnlyMemory<byte>, T> parse, CancellationToken cancellationToken)
    {
        if (!answer.IsJson)
        {
            throw answer.Unexpected(ServerAnswer.DescribeNotJson(answer.Response.Content));
        }

        answer.Body.ReportAs(WorkStage.FetchingVault, answer.Length);
        using AnswerBuffer whole = await AnswerBuffer.ReadAsync(answer.Body, answer.Length, cancellationToken).ConfigureAwait(false);
        try
        {
            return parse(whole.Memory);
        }
        catch (Exception e) when (WireJson.IsUnreadable(e))
        {
            throw answer.Unexpected("JSON that is incomplete or does not have the expected form.");
        }
    }

    private async Task<Attempt<T>> FailAsync<T>(string host, HttpResponseMessage response, ErrorReader? errors, Deadline deadline)
    {
        TimeSpan? asked = RetryPolicy.AskedWait(response, _options.TimeProvider);
        ErrorBody body = await ReadErrorAsync(host, response, deadline).ConfigureAwait(false);
        BitwardenException failure = (int)response.StatusCode switch
        {
            429 => ServerException.RateLimited(host, asked),
            >= 300 and < 400 => ServerException.Unexpected(host, response.StatusCode, "a redirect, which is not followed. Check the server address."),
            _ => _refusals?.Invoke(host, response, body) ?? FromBody(host, response, errors, body.AsJson(response.Content)),
        };
        return Attempt<T>.Failed(failure, RetryPolicy.IsPassing(response.StatusCode), asked);
    }

    // The status is known: a body that never ends does not make it a time-out.
    private static async Task<ErrorBody> ReadErrorAsync(string host, HttpResponseMessage response, Deadline deadline)
    {
        try
        {
            return await ErrorBody.ReadAsync(host, response.Content, deadline.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (deadline.IsOver)
        {
            return new ErrorBody((byte[]?)null);
        }
    }

    private static BitwardenException FromBody(string host, HttpResponseMessage response, ErrorReader? errors, TokenErrorResponse? body) =>
        (body is null ? null : errors?.Invoke(host, response.StatusCode, body))
        ?? (body is null && ServerAnswer.IsWebPageType(response.Content)
            ? ServerException.Unexpected(host, response.StatusCode, ServerAnswer.DescribeNotJson(response.Content))
            : ServerException.Failed(host, response.StatusCode, body?.BestMessage()));
}
