using Bitwarden.TestServer.Vault;

namespace Bitwarden.TestServer.Api;

/// <summary>Collections, and which of them an item is in.</summary>
internal static class CollectionEndpoints
{
    private const int MyItems = 1;

    internal static void Map(ServerRoutes routes) => routes.Authorized("/api")
        .Get("/collections", call => BulkCipherEndpoints.Listed(call.Account.Vault.Collections.Select(Details)))
        .Get("/organizations/{id}/collections", ListManaged)
        .Put("/ciphers/{id}/collections_v2", AssignAsync);

    internal static object Details(StoredCollection collection) => new
    {
        collection.Id,
        collection.OrganizationId,
        collection.Name,
        collection.ExternalId,
        collection.Type,
        collection.DefaultUserCollectionEmail,
        collection.ReadOnly,
        collection.HidePasswords,
        collection.Manage,
        Object = "collectionDetails",
    };

    // A member sees those that he manages, and of an organization that is not his, none: it is no error.
    private static object ListManaged(ApiCall call) => BulkCipherEndpoints.Listed(call.Account.Vault.Collections
        .Where(collection => collection.OrganizationId == call.Id() && collection.Manage)
        .Select(Plain));

    internal static object Plain(StoredCollection collection) => new
    {
        collection.Id,
        collection.OrganizationId,
        collection.Name,
        collection.ExternalId,
        collection.Type,
        collection.DefaultUserCollectionEmail,
        Object = "collection",
    };

    private static async Task<object?> AssignAsync(ApiCall call)
    {
        AssignRequest request = await call.ReadAsync<AssignRequest>();
        string[] ids = request.CollectionIds ?? throw ApiException.ModelState("CollectionIds", "The CollectionIds field is required.");
        VaultStore vault = call.Account.Vault;
        bool isOpen = vault.Find(call.Id()) is { OrganizationId: not null } cipher && vault.AccessTo(cipher).ViewPassword;
        if (!isOpen)
        {
            throw ApiException.NotFound();
        }

        Guid[] wanted = [.. ids.Select(BulkRequest.Parse)];
        vault.Update(call.Id(), current => Assign(call, current, wanted));
        StoredCipher? left = vault.Find(call.Id());
        return new
        {
            Object = "optionalCipherDetails",
            Unavailable = left is null,
            Cipher = left is null ? null : CipherResponse.Details(left, call),
        };
    }

    // Of collections that the account may not write, none is taken and none is given. The item's revision date stays.
    private static StoredCipher Assign(ApiCall call, StoredCipher cipher, Guid[] wanted)
    {
        CheckMyItems(call, cipher, wanted);
        WriteRules.CheckEdit(call, cipher);
        IReadOnlyList<Guid> writable = call.Account.Vault.WritableCollections(cipher.OrganizationId!.Value);
        return cipher with { CollectionIds = [.. cipher.CollectionIds.Except(writable), .. wanted.Intersect(writable)] };
    }

    private static void CheckMyItems(ApiCall call, StoredCipher cipher, Guid[] wanted)
    {
        Guid[] mine = [.. call.Account.Vault.Collections.Where(collection => collection.Type == MyItems).Select(collection => collection.Id)];
        if (mine.Intersect(wanted).Any() && !mine.Intersect(cipher.CollectionIds).Any())
        {
            throw ApiException.BadRequest("The cipher(s) cannot be assigned to a default collection when only assigned to non-default collections.");
        }
    }

    private sealed record AssignRequest(string[]? CollectionIds);
}
