using System.Text.Json.Nodes;
using Bitwarden.TestServer.Api;
using Bitwarden.TestServer.Seeding;

namespace Bitwarden.TestServer.Control;

/// <summary>/_test/accounts/{email}: what the administrators of an account's organizations do, and items of a newer server.</summary>
internal static class VaultControlEndpoints
{
    internal static void Map(RouteGroup<ControlCall> routes) => routes
        .Post<OrganizationRequest>("/accounts/{email}/organizations", (call, request) =>
            new { Id = OrganizationSeeder.AddOrganization(call.Account, request.Name) })
        .Post<CollectionRequest>("/accounts/{email}/collections", (call, request) =>
            new { Id = OrganizationSeeder.AddCollection(call.Account, request.OrganizationId, request.Name, request.Rights ?? new CollectionRights()) })
        .Post<SharedItemRequest>("/accounts/{email}/shared-items", (call, request) =>
            new { Id = OrganizationSeeder.AddLogin(call.Account, request.Name, request.Username, request.Password, request.CollectionIds) })
        .Post<PolicyRequest>("/accounts/{email}/policies", (call, request) =>
            ControlEndpoints.Do(() => OrganizationSeeder.SetPolicy(call.Account, request.OrganizationId, request.Type, request.Enabled, request.Data)))
        .Post<OldFileRequest>("/accounts/{email}/items/{id}/old-files", (call, request) =>
            new { Id = OldFileSeeder.Add(call.Account, call.Id(), request.Name, Convert.FromBase64String(request.Content)) })
        .Post<JsonObject>("/accounts/{email}/items/{id}/unknown-members", (call, members) =>
            ControlEndpoints.Do(() => OrganizationSeeder.AddUnknownMembers(call.Account, call.Id(), members)));

    private sealed record OrganizationRequest(string Name);

    private sealed record CollectionRequest(Guid OrganizationId, string Name, CollectionRights? Rights);

    private sealed record SharedItemRequest(string Name, string? Username, string? Password, Guid[] CollectionIds);

    private sealed record OldFileRequest(string Name, string Content);

    private sealed record PolicyRequest(Guid OrganizationId, int Type, bool Enabled = true, JsonObject? Data = null);
}
