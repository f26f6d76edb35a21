namespace Bitwarden.TestServer.Api;

/// <summary>GET /api/config and the signs of life; none of them needs a token (protocol 1.1 and 1.8).</summary>
internal sealed class ConfigEndpoint(ServerContext server)
{
    internal void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/config", (RequestDelegate)(context => server.Json.WriteAsync(context, Describe(context))));
        routes.MapGet("/api/alive", (RequestDelegate)AliveAsync);
        routes.MapGet("/identity/alive", (RequestDelegate)AliveAsync);
    }

    private Task AliveAsync(HttpContext context) => server.Json.WriteAsync(context, server.Clock.UtcNow);

    private object Describe(HttpContext context)
    {
        string vault = $"{context.Request.Scheme}://{context.Request.Host}";
        return new
        {
            Object = "config",
            Version = server.Options.ServerVersion.ToString(),
            GitHash = "ac309aa19e",
            Server = (object?)null,
            Environment = new
            {
                CloudRegion = "Self-hosted",
                Vault = vault,
                Api = $"{vault}/api",
                Identity = $"{vault}/identity",
                Notifications = $"{vault}/notifications",
                Sso = $"{vault}/sso",
            },
            FeatureStates = server.Options.FeatureStates,
            Push = new { PushTechnology = 0, VapidPublicKey = (string?)null },
            Communication = (object?)null,
            Settings = new { DisableUserRegistration = false, SuppressOnboardingInterstitials = false },
        };
    }
}
