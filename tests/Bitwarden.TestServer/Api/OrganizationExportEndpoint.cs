using System.Diagnostics.CodeAnalysis;
using Bitwarden.TestServer.Vault;

namespace Bitwarden.TestServer.Api;

/// <summary>What a member may export of an organization: the items of collections that he manages, those in the trash too.</summary>
internal static class OrganizationExportEndpoint
{
    internal static void Map(ServerRoutes routes) => routes.Authorized("/api").Get("/organizations/{id}/export", Export);

    private static object Export(ApiCall call)
    {
        StoredCollection[] managed = [.. call.Account.Vault.Collections.Where(collection => collection.OrganizationId == call.Id() && collection.Manage)];
        if (managed.Length == 0)
        {
            throw ApiException.NotFound();
        }

        Guid[] ids = [.. managed.Select(collection => collection.Id)];
        IEnumerable<StoredCipher> items = call.Account.Vault.Ciphers.Where(cipher => cipher.CollectionIds.Intersect(ids).Any());
        return new
        {
            Object = "organizationExport",
            Collections = managed.Select(CollectionEndpoints.Plain),
            Ciphers = items.Select(cipher => new ExportedCipher(cipher, call)),
        };
    }

    private sealed record ExportedCipher : CipherMiniResponse
    {
        public IReadOnlyList<Guid> CollectionIds { get; }

        [SetsRequiredMembers]
        internal ExportedCipher(StoredCipher cipher, ApiCall call)
            : base(cipher, call)
        {
            Object = "cipherMiniDetails";
            CollectionIds = cipher.CollectionIds;
        }
    }
}
