using Bitwarden.TestServer.Vault;

namespace Bitwarden.TestServer.Api;

/// <summary>/api/ciphers, many items at once. What an account may not touch, or has not, is passed over without a word.</summary>
internal static class BulkCipherEndpoints
{
    internal static void Map(ServerRoutes routes) => routes.Authorized("/api")
        .Put("/ciphers/delete", TrashAsync)
        .Put("/ciphers/restore", RestoreAsync)
        .Put("/ciphers/move", MoveAsync)
        .Put("/ciphers/archive", call => ArchiveAsync(call, isArchived: true))
        .Put("/ciphers/unarchive", call => ArchiveAsync(call, isArchived: false))
        .Delete("/ciphers", DeleteAsync)

        // Permanent, as its twin for one item is.
        .Post("/ciphers/delete", DeleteAsync);

    private static async Task<object?> TrashAsync(ApiCall call)
    {
        BulkRequest request = await ReadAsync(call, "delete");
        DateTime now = call.Now;
        Change(call, request, cipher => cipher.DeletedDate is null ? cipher with { DeletedDate = now, RevisionDate = now } : cipher);
        return null;
    }

    // Items that are not in the trash are answered too, with a revision date that they do not have.
    private static async Task<object?> RestoreAsync(ApiCall call)
    {
        BulkRequest request = await ReadAsync(call, "restore");
        DateTime now = call.Now;
        IEnumerable<StoredCipher> restored = Change(
            call, request, cipher => cipher.DeletedDate is null ? cipher : cipher with { DeletedDate = null, RevisionDate = now });
        return Listed(restored.Select(cipher => CipherResponse.Mini(cipher with { RevisionDate = now }, call)));
    }

    private static async Task<object?> DeleteAsync(ApiCall call)
    {
        BulkRequest request = await ReadAsync(call, "delete", " Consider using the \"Purge Vault\" option instead.");
        foreach (StoredCipher cipher in Deletable(call, request))
        {
            call.Account.Vault.Remove(cipher.Id);
        }

        return null;
    }

    // The folder is the user's, not the item's: revision dates stay, and items that can only be read move too.
    private static async Task<object?> MoveAsync(ApiCall call)
    {
        BulkRequest request = await ReadAsync(call, "move");
        if (request.Folder is Guid folder && call.Account.Vault.FindFolder(folder) is null)
        {
            throw ApiException.BadRequest("Invalid folder.");
        }

        foreach (Guid id in request.Items)
        {
            call.Account.Vault.Update(id, cipher => cipher with { FolderId = request.Folder });
        }

        return null;
    }

    private static async Task<object?> ArchiveAsync(ApiCall call, bool isArchived)
    {
        BulkRequest request = await ReadAsync(call, isArchived ? "archive" : "unarchive");
        DateTime now = call.Now;
        StoredCipher[] changed = [.. request.Items
            .Select(call.Account.Vault.Find).OfType<StoredCipher>()
            .Where(cipher => cipher.ArchivedDate is null == isArchived)
            .Select(cipher => call.Account.Vault.Update(cipher.Id, current => current with { ArchivedDate = isArchived ? now : null, RevisionDate = now }))
            .OfType<StoredCipher>()];
        return changed.Length > 0 ? Listed(changed.Select(cipher => CipherResponse.Plain(cipher, call))) : throw ApiException.BadRequest(isArchived
            ? "No ciphers were archived. Ensure the provided IDs are correct and you have permission to archive them."
            : "Ciphers were not unarchived. Ensure the provided ID is correct and you have permission to archive it.");
    }

    internal static object Listed(IEnumerable<object> answers) => new { Object = "list", Data = answers.ToArray(), ContinuationToken = (string?)null };

    private static async Task<BulkRequest> ReadAsync(ApiCall call, string verb, string advice = "")
    {
        BulkRequest request = await call.ReadAsync<BulkRequest>();
        if (request.Ids is null)
        {
            throw ApiException.ModelState("Ids", "The Ids field is required.");
        }

        return request.Ids.Length > call.Server.Options.BulkLimit
            ? throw ApiException.BadRequest($"You can only {verb} up to {call.Server.Options.BulkLimit} items at a time.{advice}")
            : request;
    }

    private static StoredCipher[] Change(ApiCall call, BulkRequest request, Func<StoredCipher, StoredCipher> change) =>
        [.. Deletable(call, request).Select(cipher => call.Account.Vault.Update(cipher.Id, change)).OfType<StoredCipher>()];

    private static StoredCipher[] Deletable(ApiCall call, BulkRequest request) =>
        [.. request.Items.Select(call.Account.Vault.Find).OfType<StoredCipher>().Where(cipher => call.Account.Vault.AccessTo(cipher).Delete)];
}
