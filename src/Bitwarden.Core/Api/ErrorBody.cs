using System.Net;
using System.Text.Json;
using Bitwarden.Core.Api.Wire;
using Bitwarden.Core.Errors;

namespace Bitwarden.Core.Api;

/// <summary>Makes a failure out of an error body when an endpoint has errors of its own; null leaves it to the general rules.</summary>
/// <param name="host">The host that answered.</param>
/// <param name="status">The status.</param>
/// <param name="body">The body, as far as it is JSON.</param>
internal delegate BitwardenException? ErrorReader(string host, HttpStatusCode status, TokenErrorResponse body);

/// <summary>The body of an error. Error pages, which may echo what was sent, are never shown: only the server's own JSON message is.</summary>
/// <param name="Bytes">What was read; null when it was too long or could not be read.</param>
internal sealed record ErrorBody(byte[]? Bytes)
{
    /// <summary>Reads as much as an error may have. That it cannot be read changes nothing about the status, which is known.</summary>
    internal static async Task<ErrorBody> ReadAsync(string host, HttpContent content, CancellationToken cancellationToken)
    {
        if (content.Headers.ContentLength > AnswerLimit.Error)
        {
            return new ErrorBody((byte[]?)null);
        }

        try
        {
            Stream body = new LimitedStream(await content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false), host, AnswerLimit.Error);
            await using (body.ConfigureAwait(false))
            {
                using MemoryStream bytes = new();
                await body.CopyToAsync(bytes, cancellationToken).ConfigureAwait(false);
                return new ErrorBody(bytes.ToArray());
            }
        }
        catch (Exception e) when (e is IOException or InvalidDataException or ServerException or HttpRequestException)
        {
            return new ErrorBody((byte[]?)null);
        }
    }

    /// <summary>The body as the server's own error; null when it is not one.</summary>
    internal TokenErrorResponse? AsJson(HttpContent content)
    {
        if (Bytes is null || !ServerAnswer.IsJsonType(content))
        {
            return null;
        }

        try
        {
            return JsonSerializer.Deserialize(Bytes, WireJson.Default.TokenErrorResponse);
        }
        catch (Exception e) when (WireJson.IsUnreadable(e))
        {
            return null;
        }
    }
}
