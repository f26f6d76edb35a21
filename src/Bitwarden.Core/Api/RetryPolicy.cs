using System.Net;

namespace Bitwarden.Core.Api;

/// <summary>
/// Which calls are repeated after a passing failure, and after how long: as long as the server says, or twice as long each time. Logins are never repeated.
/// </summary>
internal static class RetryPolicy
{
    /// <summary>Marks a request that is not a GET as safe to repeat.</summary>
    internal static readonly HttpRequestOptionsKey<bool> Idempotent = new("Bitwarden.Idempotent");

    private const int MaxAttempts = 4;
    private static readonly TimeSpan s_firstDelay = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan s_longestDelay = TimeSpan.FromSeconds(20);

    /// <summary>How long to wait before the next attempt; null when there is none.</summary>
    /// <param name="request">What was asked.</param>
    /// <param name="attempt">How many attempts there were.</param>
    /// <param name="asked">How long the server wants one to wait; null when it does not say.</param>
    internal static TimeSpan? WaitAfter(HttpRequestMessage request, int attempt, TimeSpan? asked)
    {
        if (attempt == MaxAttempts || !IsIdempotent(request))
        {
            return null;
        }

        TimeSpan backoff = s_firstDelay * Math.Pow(2, attempt - 1) * (0.75 + (Random.Shared.NextDouble() / 2));
        TimeSpan wait = asked ?? backoff;
        return wait <= s_longestDelay ? wait : null;
    }

    /// <summary>How long the server wants one to wait.</summary>
    internal static TimeSpan? AskedWait(HttpResponseMessage response, TimeProvider time) => response.Headers.RetryAfter switch
    {
        { Delta: TimeSpan delta } => delta,
        { Date: DateTimeOffset date } => date > time.GetUtcNow() ? date - time.GetUtcNow() : TimeSpan.Zero,
        _ => null,
    };

    internal static bool IsPassing(HttpStatusCode status) => status
        is HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests or HttpStatusCode.BadGateway
        or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout;

    internal static bool IsPassing(HttpRequestException exception) =>
        exception.HttpRequestError is HttpRequestError.ConnectionError or HttpRequestError.ResponseEnded or HttpRequestError.HttpProtocolError
        || (exception.HttpRequestError == HttpRequestError.Unknown && exception.InnerException is IOException);

    private static bool IsIdempotent(HttpRequestMessage request) =>
        request.Method == HttpMethod.Get || (request.Options.TryGetValue(Idempotent, out bool marked) && marked);
}
