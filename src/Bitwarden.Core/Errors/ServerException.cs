using System.Globalization;
using System.Net;

namespace Bitwarden.Core.Errors;

/// <summary>The server could not be reached, or answered with something that cannot be used.</summary>
public sealed class ServerException : BitwardenException
{
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

    /// <summary>No connection.</summary>
    public static ServerException Unreachable(string host, string reason) => new(
        ErrorCodes.ServerUnreachable, host, null, $"{host} cannot be reached: {reason}");

    /// <summary>The TLS connection could not be made.</summary>
    public static ServerException Tls(string host, string reason) => new(
        ErrorCodes.TlsFailure, host, null, $"No trusted TLS connection to {host}: {reason}");

    /// <summary>No answer in time.</summary>
    public static ServerException Timeout(string host, TimeSpan timeout) => new(
        ErrorCodes.ServerTimeout, host, null, string.Create(CultureInfo.InvariantCulture, $"{host} did not answer within {timeout.TotalSeconds:0.#} seconds."));

    /// <summary>The connection broke in the middle of an answer.</summary>
    public static ServerException Broken(string host) => new(
        ErrorCodes.ServerUnreachable, host, null, $"{host} ended the connection before its answer was complete.");

    /// <summary>The answer is not what the protocol says.</summary>
    public static ServerException Unexpected(string host, HttpStatusCode status, string reason) => new(
        ErrorCodes.UnexpectedResponse, host, status, $"{host} answered {Number(status)} with {reason}");

    /// <summary>The answer is about another account than the one that is logged in.</summary>
    public static ServerException AccountChanged(string host) => new(
        ErrorCodes.AccountChanged, host, HttpStatusCode.OK, $"{host} answered for another account than the one that is logged in. Nothing was changed here.");

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

    private static string Number(HttpStatusCode status) => ((int)status).ToString(CultureInfo.InvariantCulture);
}
