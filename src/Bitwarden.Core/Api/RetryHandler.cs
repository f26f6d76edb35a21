using System.Net;

namespace Bitwarden.Core.Api;

/// <summary>
/// Repeats idempotent requests after a transient failure, waiting as long as the server says or twice as long each time.
/// Logins are never repeated. The wait is bounded by the caller's own time limit, which arrives as the cancellation token.
/// </summary>
internal sealed class RetryHandler : DelegatingHandler
{
    /// <summary>Marks a request that is not a GET as safe to repeat.</summary>
    internal static readonly HttpRequestOptionsKey<bool> Idempotent = new("Bitwarden.Idempotent");

    private const int MaxAttempts = 4;
    private static readonly TimeSpan s_firstDelay = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan s_longestDelay = TimeSpan.FromSeconds(20);
    private readonly TimeProvider _time;

    internal RetryHandler(HttpMessageHandler inner, TimeProvider time)
        : base(inner)
    {
        _time = time;
    }

    /// <inheritdoc/>
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        for (int attempt = 1; ; attempt++)
        {
            bool last = attempt == MaxAttempts || !IsIdempotent(request);
            (HttpResponseMessage? response, bool failed) = await TryAsync(request, last, cancellationToken).ConfigureAwait(false);
            TimeSpan? delay = last ? null : DelayAfter(response, failed, attempt);
            if (delay is null)
            {
                return response!;
            }

            response?.Dispose();
            await Task.Delay(delay.Value, _time, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<(HttpResponseMessage? Response, bool Failed)> TryAsync(HttpRequestMessage request, bool last, CancellationToken cancellationToken)
    {
        try
        {
            return (await base.SendAsync(request, cancellationToken).ConfigureAwait(false), false);
        }
        catch (HttpRequestException e) when (!last && IsTransient(e))
        {
            return (null, true);
        }
    }

    private TimeSpan? DelayAfter(HttpResponseMessage? response, bool failed, int attempt)
    {
        if (!failed && !IsTransient(response!.StatusCode))
        {
            return null;
        }

        TimeSpan backoff = s_firstDelay * Math.Pow(2, attempt - 1) * (0.75 + (Random.Shared.NextDouble() / 2));
        TimeSpan delay = response is null ? backoff : RetryAfterOf(response, _time) ?? backoff;
        return delay <= s_longestDelay ? delay : null;
    }

    internal static TimeSpan? RetryAfterOf(HttpResponseMessage response, TimeProvider time) => response.Headers.RetryAfter switch
    {
        { Delta: TimeSpan delta } => delta,
        { Date: DateTimeOffset date } => date > time.GetUtcNow() ? date - time.GetUtcNow() : TimeSpan.Zero,
        _ => null,
    };

    private static bool IsIdempotent(HttpRequestMessage request) =>
        request.Method == HttpMethod.Get || (request.Options.TryGetValue(Idempotent, out bool marked) && marked);

    private static bool IsTransient(HttpRequestException exception) => exception.HttpRequestError
        is HttpRequestError.ConnectionError or HttpRequestError.ResponseEnded or HttpRequestError.HttpProtocolError;

    private static bool IsTransient(HttpStatusCode status) => status
        is HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests or HttpStatusCode.BadGateway
        or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout;
}
