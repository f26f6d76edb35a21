namespace Bitwarden.TestServer.Api;

/// <summary>GET /api/config and the signs of life; none of them needs a token (protocol 1.1 and 1.8).</summary>
internal static class ConfigEndpoint
{
    internal static void Map(ServerRoutes routes)
    {
        routes.Anonymous("/api").Get("/config", Describe).Get("/alive", call => call.Now);
        routes.Anonymous("/identity").Get("/alive", call => call.Now);
    }

    private static object Describe(AnonymousCall call)
    {
        string vault = call.BaseUrl;
        return new
        {
            Object = "config",
            Version = call.Server.Options.ServerVersion.ToString(),
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
            call.Server.Options.FeatureStates,
            Push = new { PushTechnology = 0, VapidPublicKey = (string?)null },
            Communication = (object?)null,
            Settings = new { DisableUserRegistration = false, SuppressOnboardingInterstitials = false },
        };
    }
}
