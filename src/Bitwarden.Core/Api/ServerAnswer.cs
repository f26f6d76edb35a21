using System.Net;
using Bitwarden.Core.Errors;

namespace Bitwarden.Core.Api;

/// <summary>Reads the body of a successful answer.</summary>
internal delegate Task<T> AnswerReader<T>(ServerAnswer answer, CancellationToken cancellationToken);

/// <summary>A successful answer whose body is still to be read; the call that gives it disposes it.</summary>
/// <param name="Host">Who answered.</param>
/// <param name="Response">Status and headers.</param>
/// <param name="Body">The body, decompressed and limited; see <see cref="LimitedStream"/>.</param>
internal sealed record ServerAnswer(string Host, HttpResponseMessage Response, LimitedStream Body)
{
    /// <summary>The body's length; null when it is not known, as for a compressed one.</summary>
    internal long? Length => Response.Content.Headers.ContentLength;

    internal bool IsJson => IsJsonType(Response.Content);

    internal bool IsWebPage => IsWebPageType(Response.Content);

    internal static bool IsJsonType(HttpContent content) =>
        content.Headers.ContentType?.MediaType is string type && type.EndsWith("json", StringComparison.OrdinalIgnoreCase);

    internal static bool IsWebPageType(HttpContent content) =>
        string.Equals(content.Headers.ContentType?.MediaType, "text/html", StringComparison.OrdinalIgnoreCase);

    internal static string DescribeNotJson(HttpContent content) =>
        $"{ForeignText.Show(content.Headers.ContentType?.MediaType ?? "no content type", ForeignText.NameLength)} instead of JSON. "
        + "There may be a proxy or a login page in front of the server.";

    /// <summary>The failure for an answer that is not as it should be.</summary>
    /// <param name="reason">What was found, as the rest of a sentence.</param>
    internal ServerException Unexpected(string reason) => ServerException.Unexpected(Host, Response.StatusCode, reason);
}
