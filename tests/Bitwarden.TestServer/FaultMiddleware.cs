using Bitwarden.TestServer.Api;

namespace Bitwarden.TestServer;

/// <summary>Lets the faults of a <see cref="FaultPlan"/> happen.</summary>
internal sealed class FaultMiddleware(ServerContext server, CancellationToken stopping)
{
    private const string LoginPage = "<!DOCTYPE html><html><head><title>Sign in</title></head><body><form action=\"/login\"></form></body></html>";
    private const string BotPage = "<!DOCTYPE html><html><head><title>Attention Required!</title></head><body>Checking your browser</body></html>";

    internal Task HandleAsync(HttpContext context, RequestDelegate next)
    {
        string path = context.Request.Path.Value ?? "/";
        return server.Faults.Take(context.Request.Method, path) is Fault fault ? ApplyAsync(fault, context, next) : next(context);
    }

    private Task ApplyAsync(Fault fault, HttpContext context, RequestDelegate next) => fault.Kind switch
    {
        FaultKind.Html => TextAsync(context, StatusCodes.Status200OK, "text/html", LoginPage),
        FaultKind.HtmlForbidden => TextAsync(context, StatusCodes.Status403Forbidden, "text/html", BotPage),
        FaultKind.TooManyRequests => TooManyRequestsAsync(fault, context),
        FaultKind.ServerError => server.Json.WriteErrorAsync(context, new ApiException(500, "An unhandled server error has occurred.")),
        FaultKind.ServiceUnavailable => TextAsync(context, StatusCodes.Status503ServiceUnavailable, "text/plain", "upstream unavailable"),
        FaultKind.TruncatedJson => TruncateAsync(context, next),
        FaultKind.BrokenConnection => BreakAsync(context, next),
        FaultKind.RequestLost => LoseAsync(context),
        FaultKind.AnswerCut => CutAsync(fault, context, next),
        FaultKind.Hang => HangAsync(context),
        FaultKind.Redirect => RedirectAsync(fault, context),
        FaultKind.SlowHeaders => SlowAsync(fault, context, next),
        _ => EmptyAsync(context, StatusCodes.Status401Unauthorized),
    };

    private static Task TextAsync(HttpContext context, int status, string type, string text)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = type;
        return context.Response.WriteAsync(text);
    }

    private static Task EmptyAsync(HttpContext context, int status)
    {
        context.Response.StatusCode = status;
        return Task.CompletedTask;
    }

    private static Task RedirectAsync(Fault fault, HttpContext context)
    {
        context.Response.Headers.Location = fault.Location;
        return EmptyAsync(context, StatusCodes.Status302Found);
    }

    private Task TooManyRequestsAsync(Fault fault, HttpContext context)
    {
        context.Response.Headers.RetryAfter = $"{fault.RetryAfterSeconds}";
        return server.Json.WriteErrorAsync(context, new ApiException(429, $"Slow down! Too many requests. Try again in {fault.RetryAfterSeconds}s."));
    }

    private static async Task TruncateAsync(HttpContext context, RequestDelegate next)
    {
        byte[] answer = await CaptureAsync(context, next);
        int half = answer.Length / 2;
        context.Response.ContentLength = half;
        await context.Response.Body.WriteAsync(answer.AsMemory(0, half), context.RequestAborted);
    }

    private static async Task BreakAsync(HttpContext context, RequestDelegate next)
    {
        byte[] answer = await CaptureAsync(context, next);
        context.Response.ContentLength = answer.Length;
        await context.Response.Body.WriteAsync(answer.AsMemory(0, answer.Length / 2), context.RequestAborted);
        await context.Response.Body.FlushAsync(context.RequestAborted);
        context.Abort();
    }

    private static Task LoseAsync(HttpContext context)
    {
        context.Abort();
        return Task.CompletedTask;
    }

    private async Task CutAsync(Fault fault, HttpContext context, RequestDelegate next)
    {
        byte[] answer = await RawAnswer.CaptureAsync(context, next);
        await RawAnswer.SendAsync(context, answer.AsMemory(0, Math.Min(fault.Bytes, answer.Length)), stopping);
    }

    private static async Task<byte[]> CaptureAsync(HttpContext context, RequestDelegate next)
    {
        Stream body = context.Response.Body;
        using MemoryStream captured = new();
        context.Response.Body = captured;
        await next(context);
        context.Response.Body = body;
        context.Response.ContentType ??= "application/json; charset=utf-8";
        return captured.Length > 0 ? captured.ToArray() : "{\"object\":\"cipher\",\"id\":null}"u8.ToArray();
    }

    private async Task HangAsync(HttpContext context)
    {
        using CancellationTokenSource ends = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stopping);
        try
        {
            await Task.Delay(Timeout.Infinite, ends.Token);
        }
        catch (OperationCanceledException)
        {
            context.Abort();
        }
    }

    private async Task SlowAsync(Fault fault, HttpContext context, RequestDelegate next)
    {
        await server.Clock.DelayAsync(TimeSpan.FromMilliseconds(fault.DelayMilliseconds), context.RequestAborted);
        await next(context);
    }
}
