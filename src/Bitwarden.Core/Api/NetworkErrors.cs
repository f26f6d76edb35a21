using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text.RegularExpressions;
using Bitwarden.Core.Errors;

namespace Bitwarden.Core.Api;

/// <summary>What it means that there was no answer: the proxy, TLS, the name, or the connection.</summary>
internal static partial class NetworkErrors
{
    internal static ServerException From(HttpRequestException exception, Uri target, ConnectionOptions options)
    {
        string host = target.Authority;
        Uri? proxy = options.MessageHandler is null ? SystemProxy.Of(target) : null;
        return exception switch
        {
            { InnerException: AuthenticationException inner } => ServerException.Tls(host, Sentence(inner.Message)),
            { HttpRequestError: HttpRequestError.ProxyTunnelError } => ServerException.Proxy(host, SystemProxy.Describe(proxy), Refusal(exception)),
            _ when proxy is not null && ConnectionFailure(exception) is string reason => ServerException.Proxy(host, SystemProxy.Describe(proxy), reason),
            { HttpRequestError: HttpRequestError.ResponseEnded or HttpRequestError.HttpProtocolError } => ServerException.Broken(host),
            { HttpRequestError: HttpRequestError.Unknown, InnerException: IOException } => ServerException.Broken(host),
            _ => ServerException.Unreachable(
                host,
                ConnectionFailure(exception) ?? "the connection failed.",
                exception.HttpRequestError is HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError),
        };
    }

    internal static string Sentence(string text) => ForeignText.Show(text.EndsWith('.') ? text : text + ".");

    private static string? ConnectionFailure(HttpRequestException exception) => exception switch
    {
        { HttpRequestError: HttpRequestError.NameResolutionError } => "the name cannot be resolved.",
        { InnerException: SocketException inner } => Sentence(inner.Message),
        { HttpRequestError: HttpRequestError.ConnectionError } => "the connection failed.",
        _ => null,
    };

    private static string Refusal(HttpRequestException exception) => StatusOf(exception) switch
    {
        HttpStatusCode.ProxyAuthenticationRequired => "it wants a user name and password (407).",
        HttpStatusCode status => $"it answered {(int)status} to the request for a connection.",
        null => "it refused the connection.",
    };

    // .NET 8 tells the status in its text only.
    private static HttpStatusCode? StatusOf(HttpRequestException exception) => exception.StatusCode
        ?? (QuotedStatus().Match(exception.Message) is { Success: true } match
            ? (HttpStatusCode)int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture)
            : null);

    [GeneratedRegex("'([1-5][0-9][0-9])'")]
    private static partial Regex QuotedStatus();
}
