using Bitwarden.TestServer.Vault;

namespace Bitwarden.TestServer.Api;

/// <summary>/api/folders (protocol 7.1).</summary>
internal static class FolderEndpoints
{
    internal static void Map(ServerRoutes routes) => routes.Authorized("/api")
        .Get("/folders", call => new
        {
            Object = "list",
            Data = call.Account.Vault.Folders.Select(Describe),
            ContinuationToken = (string?)null,
        })
        .Get("/folders/{id}", call => Describe(Find(call)))
        .Post("/folders", call => SaveAsync(call, Guid.NewGuid()))
        .Put("/folders/{id}", call => SaveAsync(call, Find(call).Id))
        .Delete("/folders/{id}", Remove)
        .Delete("/folders/all", RemoveAll);

    internal static object Describe(StoredFolder folder) => new { Object = "folder", folder.Id, folder.Name, folder.RevisionDate };

    private static StoredFolder Find(ApiCall call) => call.Account.Vault.FindFolder(call.Id()) ?? throw ApiException.NotFound();

    private static object? Remove(ApiCall call) => call.Account.Vault.RemoveFolder(call.Id()) ? null : throw ApiException.NotFound();

    private static object? RemoveAll(ApiCall call)
    {
        foreach (StoredFolder folder in call.Account.Vault.Folders)
        {
            call.Account.Vault.RemoveFolder(folder.Id);
        }

        return null;
    }

    private static async Task<object?> SaveAsync(ApiCall call, Guid id)
    {
        FolderRequest request = await call.ReadAsync<FolderRequest>();
        ContentRules.CheckName(request.Name);
        return Describe(call.Account.Vault.Put(new StoredFolder(id, request.Name!, call.Now)));
    }

    private sealed record FolderRequest(string? Name);
}
