using System.Text.Json;
using Bitwarden.TestServer.Vault;

namespace Bitwarden.TestServer.Api;

/// <summary>/api/ciphers (protocol 5.2 and 7.1).</summary>
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
        .Put("/ciphers/{id}/archive", call => Change(call, cipher => cipher with { ArchivedDate = call.Now }))
        .Put("/ciphers/{id}/unarchive", call => Change(call, cipher => cipher with { ArchivedDate = null }))
        .Put("/ciphers/archive", call => ChangeManyAsync(call, cipher => cipher with { ArchivedDate = call.Now }))
        .Put("/ciphers/unarchive", call => ChangeManyAsync(call, cipher => cipher with { ArchivedDate = null }))
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

    private static async Task<object?> CreateAsync(ApiCall call) =>
        CipherResponse.Plain(CipherWriter.Create(call, await call.ReadAsync<JsonElement>(), []), call);

    private static async Task<object?> CreateInCollectionsAsync(ApiCall call)
    {
        CreateRequest request = await call.ReadAsync<CreateRequest>();
        if (request.Cipher.ValueKind != JsonValueKind.Object)
        {
            throw ApiException.ModelState("Cipher", "The Cipher field is required.");
        }

        Guid[] collections = request.CollectionIds ?? [];
        if (ApiJson.Convert<CipherRequest>(request.Cipher).Organization is not null && collections.Length == 0)
        {
            throw ApiException.BadRequest("You must select at least one collection.");
        }

        return CipherResponse.Plain(CipherWriter.Create(call, request.Cipher, collections), call);
    }

    private static async Task<object?> ReplaceAsync(ApiCall call) =>
        CipherResponse.Plain(CipherWriter.Replace(call, call.Id(), await call.ReadAsync<JsonElement>()), call);

    private static async Task<object?> ReplacePartAsync(ApiCall call)
    {
        CipherRequest request = await call.ReadAsync<CipherRequest>();
        return Change(call, cipher => cipher with { FolderId = request.Folder, Favorite = request.Favorite });
    }

    private static object? Trash(ApiCall call)
    {
        Change(call, cipher => cipher with { DeletedDate = cipher.DeletedDate ?? call.Now });
        return null;
    }

    private static CipherResponse Restore(ApiCall call) => Change(call, cipher => cipher with { DeletedDate = null });

    private static CipherResponse Change(ApiCall call, Func<StoredCipher, StoredCipher> change) =>
        CipherResponse.Plain(Change(call, call.Id(), change), call);

    private static StoredCipher Change(ApiCall call, Guid id, Func<StoredCipher, StoredCipher> change) =>
        call.Account.Vault.Update(id, cipher => change(cipher) with { RevisionDate = call.Now }) ?? throw ApiException.NotFound();

    private static async Task<object?> ChangeManyAsync(ApiCall call, Func<StoredCipher, StoredCipher> change)
    {
        ManyRequest request = await call.ReadAsync<ManyRequest>();
        return new
        {
            Object = "list",
            Data = (request.Ids ?? []).Select(id => CipherResponse.Plain(Change(call, id, change), call)).ToArray(),
            ContinuationToken = (string?)null,
        };
    }

    private static object? DeleteForGood(ApiCall call) =>
        call.Account.Vault.Remove(call.Id()) ? null : throw ApiException.NotFound();

    private sealed record CreateRequest(JsonElement Cipher, Guid[]? CollectionIds);

    private sealed record ManyRequest(Guid[]? Ids);
}
