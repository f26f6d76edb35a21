using System.Text.Json;
using System.Text.Json.Serialization;
using Bitwarden.Core.Crypto;
using Bitwarden.TestServer.Api;
using Bitwarden.TestServer.Seeding;

namespace Bitwarden.TestServer.Control;

/// <summary>/_test: what in-process tests do by calling methods, for tests in other processes.</summary>
internal static class ControlEndpoints
{
    internal const string Prefix = "/_test";

    internal static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Converters = { new JsonStringEnumConverter() },
    };

    internal static void Map(ServerRoutes routes)
    {
        RouteGroup<ControlCall> control = routes.Anonymous(Prefix, http => new ControlCall(http, routes.Server));
        MapServer(control);
        MapFurtherServers(control);
        MapAccounts(control);
        MapLogins(control);
        MapOwner(control);
        VaultControlEndpoints.Map(control);
    }

    private static void MapServer(RouteGroup<ControlCall> routes) => routes
        .Get("/info", call => call.Server.Describe())
        .Get("/requests", call => call.Server.Requests.All.Select(request =>
            new { request.Method, request.Path, request.Query, request.Headers, request.Form }))
        .Delete("/requests", call => Do(call.Server.Requests.Clear))
        .Post<Fault>("/faults", (call, fault) => Do(() => call.Server.Faults.Add(fault)))
        .Delete("/faults", call => Do(call.Server.Faults.Clear))
        .Post<ClockRequest>("/clock", (call, request) => Do(() => call.Server.Clock.Advance(TimeSpan.FromSeconds(request.Seconds))))
        .Post<LifetimeRequest>("/token-lifetime", (call, request) => Do(() => call.Server.Tokens.Lifetime = TimeSpan.FromSeconds(request.Seconds)))
        .Post<RateRequest>("/token-rate", (call, request) => Do(() => call.Server.TokenRate.PerMinute = request.PerMinute));

    private static void MapFurtherServers(RouteGroup<ControlCall> routes) => routes
        .Post("/servers", async call => await call.Server.Further.StartAsync((await call.ReadAsync<ServerRequest>()).Arguments))
        .Delete("/servers/{port}", async call => new { Stopped = await call.Server.Further.StopAsync(call.Text("port")) });

    private static void MapAccounts(RouteGroup<ControlCall> routes) => routes
        .Post("/accounts/{email}/broken-item", call => new { Id = AccountSeeder.AddBroken(call.Account) })
        .Post<ItemRequest>("/accounts/{email}/items", (call, item) =>
            new { Id = AccountSeeder.AddLogin(call.Account, item.Name, item.Username, item.Password, item.Folder) })
        .Post<AddressRequest>("/accounts/{email}/addresses", (call, item) =>
            new { Id = AccountSeeder.AddAddress(call.Account, item.Name, item.Uri, item.Match) })
        .Post<FieldsRequest>("/accounts/{email}/fields", (call, item) => new { Id = AccountSeeder.AddFields(call.Account, item.Name, item.Fields) })
        .Post<KdfSettings>("/accounts/{email}/kdf", (call, kdf) => Do(() => call.Account.Kdf = kdf))
        .Post<KeyConnectorRequest>("/accounts/{email}/key-connector", (call, state) => Do(() => Apply(state, call.Account)));

    private static void MapLogins(RouteGroup<ControlCall> routes) => routes
        .Post<LoginRules>("/accounts/{email}/login-rules", (call, rules) => Do(() => rules.ApplyTo(call.Account)))
        .Get("/accounts/{email}/mail", call => Mail(call.Account))
        .Post("/accounts/{email}/revoke-tokens", call => Do(() => call.Server.Tokens.Revoke(call.Account)))
        .Post("/accounts/{email}/forget-devices", call => Do(() => call.Account.TwoFactor.ForgetDevices()));

    // What the owner of an account does in the web vault.
    private static void MapOwner(RouteGroup<ControlCall> routes) => routes
        .Post("/accounts/{email}/rotate", call => Rotate(call.Account))
        .Post("/accounts/{email}/security-stamp", call => Do(() => call.Account.ChangeSecurityStamp()))
        .Post<PasswordRequest>("/accounts/{email}/master-password", (call, request) =>
            Do(() => call.Account.ChangeMasterPassword(request.MasterPassword)))
        .Post<KdfSettings>("/accounts/{email}/change-kdf", (call, kdf) => Do(() => call.Account.ChangeKdf(kdf)));

    internal static object Do(Action action)
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

    private sealed record ServerRequest(string[] Arguments);

    private sealed record LifetimeRequest(double Seconds);

    private sealed record ClockRequest(double Seconds);

    private sealed record ItemRequest(string Name, string? Username, string? Password, string? Folder);

    private sealed record AddressRequest(string Name, string Uri, int? Match);

    private sealed record FieldsRequest(string Name, string[][] Fields);

    private sealed record KeyConnectorRequest(byte[]? Key, string? Redirect);

    private sealed record PasswordRequest(string MasterPassword);

    private sealed record RateRequest(int? PerMinute);
}
