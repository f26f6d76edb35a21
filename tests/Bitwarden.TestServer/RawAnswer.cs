using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;

namespace Bitwarden.TestServer;

/// <summary>An answer as bytes on the connection, below HTTP: there it can end anywhere, in its headers too.</summary>
internal static class RawAnswer
{
    /// <summary>Lets a request take effect, and keeps all that would have been sent.</summary>
    internal static async Task<byte[]> CaptureAsync(HttpContext context, RequestDelegate next)
    {
        Stream body = context.Response.Body;
        using MemoryStream captured = new();
        context.Response.Body = captured;
        await next(context);
        context.Response.Body = body;
        context.Response.ContentLength = captured.Length;
        return [.. Encoding.ASCII.GetBytes(Head(context.Response)), .. captured.ToArray()];
    }

    /// <summary>Sends the bytes and ends the connection in order: a client that reads on gets them all, and then the end.</summary>
    internal static async Task SendAsync(HttpContext context, ReadOnlyMemory<byte> bytes, CancellationToken stopping)
    {
        IConnectionTransportFeature connection = context.Features.GetRequiredFeature<IConnectionTransportFeature>();
        await connection.Transport.Output.WriteAsync(bytes, stopping);
        await connection.Transport.Output.CompleteAsync();
    }

    private static string Head(HttpResponse response)
    {
        StringBuilder head = new();
        head.Append(CultureInfo.InvariantCulture, $"HTTP/1.1 {response.StatusCode} {ReasonPhrases.GetReasonPhrase(response.StatusCode)}\r\n");
        foreach ((string name, StringValues value) in response.Headers)
        {
            head.Append(CultureInfo.InvariantCulture, $"{name}: {value}\r\n");
        }

        return head.Append("\r\n").ToString();
    }
}
