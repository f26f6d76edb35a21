using System.Text.Json;
using System.Text.Json.Serialization;
using Bitwarden.Core.Crypto;
using Bitwarden.TestServer.Api;
using Bitwarden.TestServer.Seeding;

namespace Bitwarden.TestServer.Control;

/// <summary>/_test: what in-process tests do by calling methods, for tests in other processes.</summary>
internal sealed class ControlEndpoints(ServerContext server)
{
    internal const string Prefix = "/_test";

    internal static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Converters = { new JsonStringEnumConverter() },
    };

    internal void Map(IEndpointRouteBuilder routes)
    {
        Map(routes, "GET", "/info", _ => server.Describe());
        Map(routes, "GET", "/requests", _ => server.Requests.All.Select(request =>
            new { request.Method, request.Path, request.Query, request.Headers, request.Form }));
        Map(routes, "DELETE", "/requests", _ => Do(server.Requests.Clear));
        Map<Fault>(routes, "/faults", (_, fault) => Do(() => server.Faults.Add(fault)));
        Map(routes, "DELETE", "/faults", _ => Do(server.Faults.Clear));
        Map<ClockRequest>(routes, "/clock", (_, request) => Do(() => server.Clock.Advance(TimeSpan.FromSeconds(request.Seconds))));
        Map<LifetimeRequest>(routes, "/token-lifetime", (_, request) => Do(() => server.Tokens.Lifetime = TimeSpan.FromSeconds(request.Seconds)));
        Map<RateRequest>(routes, "/token-rate", (_, request) => Do(() => server.TokenRate.PerMinute = request.PerMinute));
        MapAccounts(routes);
    }

    private void MapAccounts(IEndpointRouteBuilder routes)
    {
        Map(routes, "POST", "/accounts/{email}/broken-item", context => new { Id = AccountSeeder.AddBroken(Account(context)) });
        Map<ItemRequest>(routes, "/accounts/{email}/items", (context, item) =>
            new { Id = AccountSeeder.AddLogin(Account(context), item.Name, item.Username, item.Password, item.Folder) });
        Map<KdfSettings>(routes, "/accounts/{email}/kdf", (context, kdf) => Do(() => Account(context).Kdf = kdf));
        Map<KeyConnectorRequest>(routes, "/accounts/{email}/key-connector", (context, state) => Do(() => Apply(state, Account(context))));
        MapLogins(routes);
        MapOwner(routes);
    }

    private void MapLogins(IEndpointRouteBuilder routes)
    {
        Map<LoginRules>(routes, "/accounts/{email}/login-rules", (context, rules) => Do(() => rules.ApplyTo(Account(context))));
        Map(routes, "GET", "/accounts/{email}/mail", context => Mail(Account(context)));
        Map(routes, "POST", "/accounts/{email}/revoke-tokens", context => Do(() => server.Tokens.Revoke(Account(context))));
        Map(routes, "POST", "/accounts/{email}/forget-devices", context => Do(() => Account(context).TwoFactor.ForgetDevices()));
    }

    // What the owner of an account does in the web vault.
    private void MapOwner(IEndpointRouteBuilder routes)
    {
        Map(routes, "POST", "/accounts/{email}/rotate", context => Rotate(Account(context)));
        Map(routes, "POST", "/accounts/{email}/security-stamp", context => Do(() => Account(context).ChangeSecurityStamp()));
        Map<PasswordRequest>(routes, "/accounts/{email}/master-password", (context, request) =>
            Do(() => Account(context).ChangeMasterPassword(request.MasterPassword)));
        Map<KdfSettings>(routes, "/accounts/{email}/change-kdf", (context, kdf) => Do(() => Account(context).ChangeKdf(kdf)));
    }

    private static void Map<T>(IEndpointRouteBuilder routes, string pattern, Func<HttpContext, T, object> handler)
        where T : class =>
        routes.MapPost(Prefix + pattern, (RequestDelegate)(async context =>
        {
            T body = await JsonSerializer.DeserializeAsync<T>(context.Request.Body, Json) ?? throw ApiException.BadRequest("A body is required.");
            await AnswerAsync(context, handler(context, body));
        }));

    private static void Map(IEndpointRouteBuilder routes, string method, string pattern, Func<HttpContext, object> handler) =>
        routes.MapMethods(Prefix + pattern, [method], (RequestDelegate)(context => AnswerAsync(context, handler(context))));

    private static Task AnswerAsync(HttpContext context, object answer)
    {
        context.Response.ContentType = "application/json; charset=utf-8";
        return JsonSerializer.SerializeAsync(context.Response.Body, answer, answer.GetType(), Json);
    }

    private static object Do(Action action)
    {
        action();
        return new { Done = true };
    }

    private static object Rotate(TestAccount account)
    {
        account.RotateClientSecret();
        return new { account.ClientId, account.ClientSecret };
    }

    private static object Mail(TestAccount account) => new { TwoFactorCodes = account.SentEmailCodes, NewDeviceCodes = account.SentNewDeviceCodes };

    private static void Apply(KeyConnectorRequest state, TestAccount account)
    {
        account.KeyConnectorKey = state.Key;
        account.KeyConnectorRedirect = state.Redirect;
    }

    private TestAccount Account(HttpContext context) =>
        server.Accounts.Find(context.Request.RouteValues["email"] as string) ?? throw ApiException.NotFound();

    private sealed record LifetimeRequest(double Seconds);

    private sealed record ClockRequest(double Seconds);

    private sealed record ItemRequest(string Name, string? Username, string? Password, string? Folder);

    private sealed record KeyConnectorRequest(byte[]? Key, string? Redirect);

    private sealed record PasswordRequest(string MasterPassword);

    private sealed record RateRequest(int? PerMinute);
}
