using System.Net;

namespace Bitwarden.Core.Api;

/// <summary>
/// Which calls are repeated after a passing failure, and after how long: as long as the server says, or twice as long each time. A login is repeated only when
/// the server was too busy to look at it, and said when to come back.
/// </summary>
internal static class RetryPolicy
{
    /// <summary>Marks a request that is not a GET as safe to repeat.</summary>
    internal static readonly HttpRequestOptionsKey<bool> Idempotent = new("Bitwarden.Idempotent");

    /// <summary>
    /// Marks a request that is repeated after a 429 with Retry-After, until the time limit, and after nothing else: servers limit before they look at what was
    /// sent, so that nothing was tried yet (protocol 1.7).
    /// </summary>
    internal static readonly HttpRequestOptionsKey<bool> UntilTaken = new("Bitwarden.UntilTaken");

    private const int MaxAttempts = 4;
    private static readonly TimeSpan s_shortestTurn = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_firstDelay = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan s_longestDelay = TimeSpan.FromSeconds(20);

    /// <summary>How long to wait before the next attempt; null when there is none.</summary>
    /// <param name="request">What was asked.</param>
    /// <param name="attempt">How many attempts there were.</param>
    /// <param name="asked">How long the server wants one to wait; null when it does not say.</param>
    /// <param name="isLimited">Whether the server answered 429.</param>
    internal static TimeSpan? WaitAfter(HttpRequestMessage request, int attempt, TimeSpan? asked, bool isLimited)
    {
        if (isLimited && asked is TimeSpan turn && IsMarked(request, UntilTaken))
        {
            return WithSpread(turn > s_shortestTurn ? turn : s_shortestTurn);
        }

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

    // All whom the server refused in one minute are told to come back at the same moment.
    private static TimeSpan WithSpread(TimeSpan turn) => turn + (s_longestDelay * Random.Shared.NextDouble());

    private static bool IsIdempotent(HttpRequestMessage request) => request.Method == HttpMethod.Get || IsMarked(request, Idempotent);

    private static bool IsMarked(HttpRequestMessage request, HttpRequestOptionsKey<bool> mark) => request.Options.TryGetValue(mark, out bool marked) && marked;
}
