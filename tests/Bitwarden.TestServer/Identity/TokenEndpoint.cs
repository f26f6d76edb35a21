using System.Text.Json.Nodes;
using Bitwarden.TestServer.Api;

namespace Bitwarden.TestServer.Identity;

/// <summary>POST /identity/connect/token.</summary>
internal sealed class TokenEndpoint
{
    private static readonly string[] s_staticClients = ["web", "browser", "desktop", "mobile", "cli", "connector"];
    private readonly ServerContext _server;
    private readonly ApiKeyGrantValidator _apiKey;
    private readonly PasswordGrantValidator _password;

    private TokenEndpoint(ServerContext server)
    {
        _server = server;
        LoginChecks checks = new(server);
        _apiKey = new ApiKeyGrantValidator(server, checks);
        _password = new PasswordGrantValidator(server, checks);
    }

    internal static void Map(ServerRoutes routes) => routes.Anonymous("/identity").Any("/connect/token", new TokenEndpoint(routes.Server).AnswerAsync);

    private async Task<object?> AnswerAsync(AnonymousCall call)
    {
        HttpContext context = call.Http;
        if (_server.TokenRate.Take() is TimeSpan wait)
        {
            string seconds = $"{Math.Ceiling(wait.TotalSeconds)}";
            context.Response.Headers.RetryAfter = seconds;
            throw new ApiException(StatusCodes.Status429TooManyRequests, $"Slow down! Too many requests. Try again in {seconds}s.");
        }

        context.Response.Headers.CacheControl = "no-store, no-cache, max-age=0";
        context.Response.Headers.Pragma = "no-cache";
        try
        {
            await WriteAsync(context, StatusCodes.Status200OK, await GrantAsync(context));
        }
        catch (TokenRefusedException refused)
        {
            await WriteAsync(context, StatusCodes.Status400BadRequest, refused.ToJson());
        }

        return null;
    }

    private static Task WriteAsync(HttpContext context, int status, JsonObject body)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json; charset=UTF-8";
        return context.Response.WriteAsync(body.ToJsonString(), context.RequestAborted);
    }

    private async Task<JsonObject> GrantAsync(HttpContext context)
    {
        if (!HttpMethods.IsPost(context.Request.Method) || !IsForm(context.Request))
        {
            throw new TokenRefusedException("invalid_request");
        }

        TokenRequest request = new(context.Request, await context.Request.ReadFormAsync(context.RequestAborted));
        TestAccount? keyOwner = s_staticClients.Contains(request.ClientId) ? null : _apiKey.Authenticate(request);
        return request.GrantType switch
        {
            "client_credentials" when keyOwner is not null => _apiKey.Grant(request, keyOwner),
            "password" when keyOwner is null => await _password.GrantAsync(request),
            "refresh_token" when keyOwner is null => _password.Refresh(request),
            "client_credentials" or "password" or "refresh_token" => throw new TokenRefusedException("unauthorized_client"),
            _ => throw new TokenRefusedException("unsupported_grant_type"),
        };
    }

    private static bool IsForm(HttpRequest request) =>
        request.ContentType?.StartsWith("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase) == true;
}
