using System.Text.Json;
using Bitwarden.TestServer.Vault;

namespace Bitwarden.TestServer.Api;

/// <summary>/api/ciphers, one item at a time (protocol 5.2 and 7.1).</summary>
internal static class CipherEndpoints
{
    internal static void Map(ServerRoutes routes) => routes.Authorized("/api")
        .Get("/ciphers", List)
        .Get("/ciphers/{id}", call => CipherResponse.Plain(Find(call), call))
        .Get("/ciphers/{id}/details", call => CipherResponse.Details(Find(call), call))
        .Post("/ciphers", CreateAsync)
        .Post("/ciphers/create", CreateInCollectionsAsync)
        .Put("/ciphers/{id}", ReplaceAsync)
        .Put("/ciphers/{id}/partial", ReplacePartAsync)
        .Put("/ciphers/{id}/delete", Trash)
        .Put("/ciphers/{id}/restore", Restore)
        .Put("/ciphers/{id}/archive", call => Archive(call, isArchived: true))
        .Put("/ciphers/{id}/unarchive", call => Archive(call, isArchived: false))
        .Delete("/ciphers/{id}", DeleteForGood)

        // The official server's trap: this obsolete twin of DELETE is permanent, unlike the PUT of the same path.
        .Post("/ciphers/{id}/delete", DeleteForGood);

    private static object List(ApiCall call) => new
    {
        Object = "list",
        Data = call.Account.Vault.Ciphers.Select(cipher => CipherResponse.Details(cipher, call)),
        ContinuationToken = (string?)null,
    };

    private static StoredCipher Find(ApiCall call) => call.Account.Vault.Find(call.Id()) ?? throw ApiException.NotFound();

    // Without collections an organization's item counts as a personal one for the policy, and its maker never sees it again.
    private static async Task<object?> CreateAsync(ApiCall call)
    {
        JsonElement body = await call.ReadAsync<JsonElement>();
        CipherWriter.Read(body);
        WriteRules.CheckPersonalVault(call);
        return CipherResponse.Plain(CipherWriter.Create(call, body, []), call);
    }

    private static async Task<object?> CreateInCollectionsAsync(ApiCall call)
    {
        CreateRequest request = await call.ReadAsync<CreateRequest>();
        if (request.Cipher.ValueKind != JsonValueKind.Object)
        {
            throw ApiException.ModelState("Cipher", "The Cipher field is required.");
        }

        Guid[] collections = CipherWriter.Read(request.Cipher).Organization is Guid organization
            ? Available(call, organization, request.CollectionIds ?? [])
            : Personal(call);
        StoredCipher created = CipherWriter.Create(call, request.Cipher, collections);
        return CipherResponse.Plain(call.Account.Vault.Find(created.Id) ?? throw ApiException.NotFound(), call);
    }

    private static Guid[] Personal(ApiCall call)
    {
        WriteRules.CheckPersonalVault(call);
        return [];
    }

    // Collections that may not be written are left out silently; with none left, the item is lost to its maker.
    private static Guid[] Available(ApiCall call, Guid organization, Guid[] collections)
    {
        if (collections.Length == 0)
        {
            throw ApiException.ModelState("CollectionIds", "You must select at least one collection.");
        }

        WriteRules.CheckMembership(call, organization);
        IEnumerable<Guid> known = call.Account.Vault.Collections.Where(known => known.OrganizationId == organization).Select(known => known.Id);
        return collections.Except(known).Any()
            ? throw ApiException.BadRequest("Specified CollectionId does not exist on the specified Organization.")
            : [.. collections.Intersect(call.Account.Vault.WritableCollections(organization))];
    }

    private static async Task<object?> ReplaceAsync(ApiCall call) =>
        CipherResponse.Plain(CipherWriter.Replace(call, call.Id(), await call.ReadAsync<JsonElement>()), call);

    // Folder and favorite are the user's, not the item's: its revision date stays.
    private static async Task<object?> ReplacePartAsync(ApiCall call)
    {
        PostedCipher request = await call.ReadAsync<PostedCipher>();
        return Change(call, cipher => cipher with { FolderId = request.Folder, Favorite = request.Favorite });
    }

    private static object? Trash(ApiCall call)
    {
        Change(call, cipher =>
        {
            CheckDelete(call, cipher, "You do not have permissions to soft delete this.");
            return cipher.DeletedDate is null ? cipher with { DeletedDate = call.Now, RevisionDate = call.Now } : cipher;
        });
        return null;
    }

    private static object Restore(ApiCall call) => Change(call, cipher =>
    {
        CheckDelete(call, cipher, "You do not have permissions to delete this.");
        return cipher.DeletedDate is null ? cipher : cipher with { DeletedDate = null, RevisionDate = call.Now };
    });

    private static object? DeleteForGood(ApiCall call)
    {
        CheckDelete(call, Find(call), "You do not have permissions to delete this.");
        return call.Account.Vault.Remove(call.Id()) ? null : throw ApiException.NotFound();
    }

    private static object Archive(ApiCall call, bool isArchived)
    {
        string did = isArchived ? "archived" : "unarchived";
        ApiException refused = ApiException.BadRequest($"Cipher was not {did}. Ensure the provided ID is correct and you have permission to archive it.");
        return call.Account.Vault.Find(call.Id()) is StoredCipher cipher && cipher.ArchivedDate is null == isArchived
            ? Change(call, current => current with { ArchivedDate = isArchived ? call.Now : null, RevisionDate = call.Now })
            : throw refused;
    }

    private static void CheckDelete(ApiCall call, StoredCipher cipher, string refusal)
    {
        if (!call.Account.Vault.AccessTo(cipher).Delete)
        {
            throw ApiException.BadRequest(refusal);
        }
    }

    private static object Change(ApiCall call, Func<StoredCipher, StoredCipher> change) =>
        CipherResponse.Plain(call.Account.Vault.Update(call.Id(), change) ?? throw ApiException.NotFound(), call);

    private sealed record CreateRequest(JsonElement Cipher, Guid[]? CollectionIds);
}
