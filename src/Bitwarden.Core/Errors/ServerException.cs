using System.Globalization;
using System.Net;

namespace Bitwarden.Core.Errors;

/// <summary>The server could not be reached, or answered with something that cannot be used.</summary>
public sealed class ServerException : BitwardenException
{
    private const long Mebibyte = 1024 * 1024;

    private ServerException(string code, string host, HttpStatusCode? status, string message, Exception? inner = null)
        : base(code, message, inner)
    {
        Host = host;
        Status = status;
    }

    /// <summary>The host that was asked.</summary>
    public string Host { get; }

    /// <summary>The HTTP status, when there was an answer.</summary>
    public HttpStatusCode? Status { get; }

    /// <summary>How long the server asks to wait, for RateLimited.</summary>
    public TimeSpan? RetryAfter { get; private init; }

    /// <summary>Whether the request cannot have arrived: there was no connection to send it on.</summary>
    public bool IsBeforeSending { get; private init; }

    /// <summary>
    /// Whether the server is down or out of reach, so that what was kept for that may serve. Never for a refusal, and never where TLS says that somebody else
    /// may have answered.
    /// </summary>
    public bool IsOutage => Code is ErrorCodes.ServerUnreachable or ErrorCodes.ServerTimeout or ErrorCodes.ProxyFailed
        || Status >= HttpStatusCode.InternalServerError;

    /// <summary>No connection.</summary>
    /// <param name="host">The host that was asked.</param>
    /// <param name="reason">Why, as a full sentence.</param>
    /// <param name="isBeforeSending">See <see cref="IsBeforeSending"/>.</param>
    public static ServerException Unreachable(string host, string reason, bool isBeforeSending = false) => new(
        ErrorCodes.ServerUnreachable, host, null, $"{host} cannot be reached: {reason}") { IsBeforeSending = isBeforeSending };

    /// <summary>The TLS connection could not be made.</summary>
    public static ServerException Tls(string host, string reason) => new(
        ErrorCodes.TlsFailure, host, null, $"No trusted TLS connection to {host}: {reason}") { IsBeforeSending = true };

    /// <summary>The proxy is at fault, not the server.</summary>
    /// <param name="host">The host that was to be reached.</param>
    /// <param name="proxy">The proxy's address, without user and password.</param>
    /// <param name="reason">Why, as a full sentence.</param>
    public static ServerException Proxy(string host, string proxy, string reason) => new(
        ErrorCodes.ProxyFailed, host, null, $"{host} cannot be reached through the proxy {proxy}: {reason}") { IsBeforeSending = true };

    /// <summary>No answer in time.</summary>
    /// <param name="host">Who was asked.</param>
    /// <param name="timeout">The time limit.</param>
    /// <param name="hasAnswered">Whether an answer had begun to arrive.</param>
    public static ServerException Timeout(string host, TimeSpan timeout, bool hasAnswered = false) => new(
        ErrorCodes.ServerTimeout,
        host,
        null,
        string.Create(
            CultureInfo.InvariantCulture,
            $"{host} did not {(hasAnswered ? "finish its answer" : "answer")} within {timeout.TotalSeconds:0.#} seconds."));

    /// <summary>The answer is longer than answers of its kind may be; reading it has ended.</summary>
    /// <param name="host">Who answered.</param>
    /// <param name="limit">The most that is read, in bytes.</param>
    public static ServerException TooLarge(string host, long limit) => new(
        ErrorCodes.AnswerTooLarge, host, null, $"{host} sends more than the {Size(limit)} that such an answer may have. It was not read to its end.");

    /// <summary>The server answered for another account than the session's; nothing of it was taken.</summary>
    /// <param name="host">Who answered.</param>
    public static ServerException AccountChanged(string host) => new(
        ErrorCodes.AccountChanged, host, null, $"{host} answered for another account than the session's. Nothing of its answer was taken over.");

    /// <summary>The connection broke in the middle of an answer.</summary>
    public static ServerException Broken(string host) => new(
        ErrorCodes.ServerUnreachable, host, null, $"{host} ended the connection before its answer was complete.");

    /// <summary>The answer is not what the protocol says.</summary>
    public static ServerException Unexpected(string host, HttpStatusCode status, string reason) => new(
        ErrorCodes.UnexpectedResponse, host, status, $"{host} answered {Number(status)} with {reason}");

    /// <summary>Too many requests.</summary>
    public static ServerException RateLimited(string host, TimeSpan? retryAfter) => new(
        ErrorCodes.RateLimited,
        host,
        HttpStatusCode.TooManyRequests,
        $"{host} answered 429: too many requests. Try again {(retryAfter is TimeSpan wait ? $"in {Math.Ceiling(wait.TotalSeconds):0} seconds" : "later")}.")
    {
        RetryAfter = retryAfter,
    };

    /// <summary>Any other error status.</summary>
    public static ServerException Failed(string host, HttpStatusCode status, string? serverMessage) => new(
        (int)status >= 500 ? ErrorCodes.ServerError : ErrorCodes.ApiError,
        host,
        status,
        $"{host} answered {Number(status)}{(string.IsNullOrWhiteSpace(serverMessage) ? "." : $": {ForeignText.Show(serverMessage)}")}");

    private static string Size(long bytes) => bytes % Mebibyte == 0
        ? string.Create(CultureInfo.InvariantCulture, $"{bytes / Mebibyte} MiB")
        : string.Create(CultureInfo.InvariantCulture, $"{bytes} bytes");

    private static string Number(HttpStatusCode status) => ((int)status).ToString(CultureInfo.InvariantCulture);
}
