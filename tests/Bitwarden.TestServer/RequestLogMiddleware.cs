using System.Text;
using Microsoft.AspNetCore.WebUtilities;

namespace Bitwarden.TestServer;

/// <summary>Writes the <see cref="RequestLog"/>, body included, before anything else sees a request.</summary>
internal sealed class RequestLogMiddleware(RequestLog log)
{
    internal async Task HandleAsync(HttpContext context, RequestDelegate next)
    {
        HttpRequest request = context.Request;
        string body = await ReadBodyAsync(request);
        bool isForm = request.HasFormContentType && !(request.ContentType ?? "").StartsWith("multipart", StringComparison.OrdinalIgnoreCase);
        log.Add(new LoggedRequest(
            request.Method,
            request.Path.Value ?? "/",
            request.QueryString.Value ?? "",
            request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase),
            isForm ? ParseForm(body) : new Dictionary<string, string>(),
            body));
        await next(context);
    }

    private static async Task<string> ReadBodyAsync(HttpRequest request)
    {
        request.EnableBuffering();
        using StreamReader reader = new(request.Body, Encoding.UTF8, leaveOpen: true);
        string body = await reader.ReadToEndAsync(request.HttpContext.RequestAborted);
        request.Body.Position = 0;
        return body;
    }

    private static Dictionary<string, string> ParseForm(string body)
    {
        using FormReader reader = new(body);
        return reader.ReadForm().ToDictionary(field => field.Key, field => field.Value.ToString(), StringComparer.OrdinalIgnoreCase);
    }
}
