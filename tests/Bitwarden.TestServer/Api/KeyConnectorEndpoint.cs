namespace Bitwarden.TestServer.Api;

/// <summary>A Key Connector, which officially is a service of its own (protocol 2.10).</summary>
internal static class KeyConnectorEndpoint
{
    internal const string Prefix = "/key-connector";

    internal static void Map(ServerRoutes routes) => routes.Authorized(Prefix).Get("/user-keys", Answer);

    private static object? Answer(ApiCall call)
    {
        if (call.Account.KeyConnectorRedirect is string elsewhere)
        {
            call.Http.Response.StatusCode = StatusCodes.Status302Found;
            call.Http.Response.Headers.Location = elsewhere;
            return null;
        }

        return new { Key = Convert.ToBase64String(call.Account.KeyConnectorKey ?? throw ApiException.NotFound()) };
    }
}
