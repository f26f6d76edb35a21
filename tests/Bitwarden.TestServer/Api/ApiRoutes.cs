namespace Bitwarden.TestServer.Api;

/// <summary>Answers one call: an object for JSON, or null for 200 with an empty body.</summary>
internal delegate Task<object?> ApiHandler(ApiCall call);

/// <summary>Maps endpoints of the Api service, or of another under its own prefix, that need a bearer token, which is checked here.</summary>
internal sealed class ApiRoutes(IEndpointRouteBuilder routes, ServerContext server, string prefix = "/api")
{
    private const string Scheme = "Bearer ";

    internal ApiRoutes Get(string pattern, ApiHandler handler) => Map("GET", pattern, handler);

    internal ApiRoutes Get(string pattern, Func<ApiCall, object?> handler) => Map("GET", pattern, call => Task.FromResult(handler(call)));

    internal ApiRoutes Post(string pattern, ApiHandler handler) => Map("POST", pattern, handler);

    internal ApiRoutes Post(string pattern, Func<ApiCall, object?> handler) => Map("POST", pattern, call => Task.FromResult(handler(call)));

    internal ApiRoutes Put(string pattern, ApiHandler handler) => Map("PUT", pattern, handler);

    internal ApiRoutes Put(string pattern, Func<ApiCall, object?> handler) => Map("PUT", pattern, call => Task.FromResult(handler(call)));

    internal ApiRoutes Delete(string pattern, Func<ApiCall, object?> handler) => Map("DELETE", pattern, call => Task.FromResult(handler(call)));

    private ApiRoutes Map(string method, string pattern, ApiHandler handler)
    {
        routes.MapMethods(prefix + pattern, [method], (RequestDelegate)(context => HandleAsync(context, handler)));
        return this;
    }

    private async Task HandleAsync(HttpContext context, ApiHandler handler)
    {
        if (Authenticate(context) is not TestAccount account)
        {
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return;
        }

        object? answer = await handler(new ApiCall(context, account, server));
        if (answer is not null)
        {
            await server.Json.WriteAsync(context, answer);
        }
    }

    private TestAccount? Authenticate(HttpContext context)
    {
        string header = context.Request.Headers.Authorization.ToString();
        bool isBearer = header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase);
        TestAccount? account = isBearer ? server.Tokens.Resolve(header[Scheme.Length..].Trim()) : null;
        if (account is null)
        {
            context.Response.Headers.WWWAuthenticate = isBearer ? "Bearer error=\"invalid_token\"" : "Bearer";
        }

        return account;
    }
}
