namespace Bitwarden.TestServer.Api;

/// <summary>
/// Where all endpoints are mapped, in one way: a static Map opens groups of routes, for the bearer of a token or for everybody, and names method, path
/// and handler of each route. A handler gives an object for JSON, or null when the body is empty or already written.
/// </summary>
internal sealed class ServerRoutes(IEndpointRouteBuilder endpoints, ServerContext server)
{
    private const string Scheme = "Bearer ";

    internal ServerContext Server => server;

    /// <summary>Routes that need a bearer token, which is checked here.</summary>
    internal RouteGroup<ApiCall> Authorized(string prefix) => new(endpoints, prefix, Authorize);

    /// <summary>Routes that need no token.</summary>
    internal RouteGroup<AnonymousCall> Anonymous(string prefix) => Anonymous(prefix, http => new AnonymousCall(http, server));

    /// <summary>Routes that need no token, and whose handlers get a call of their own kind.</summary>
    internal RouteGroup<TCall> Anonymous<TCall>(string prefix, Func<HttpContext, TCall> makeCall)
        where TCall : Call =>
        new(endpoints, prefix, makeCall);

    private ApiCall? Authorize(HttpContext context)
    {
        string header = context.Request.Headers.Authorization.ToString();
        bool isBearer = header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase);
        if (isBearer && server.Tokens.Resolve(header[Scheme.Length..].Trim()) is TestAccount account)
        {
            return new ApiCall(context, account, server);
        }

        context.Response.StatusCode = StatusCodes.Status401Unauthorized;
        context.Response.Headers.WWWAuthenticate = isBearer ? "Bearer error=\"invalid_token\"" : "Bearer";
        return null;
    }
}
