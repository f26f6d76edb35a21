using System.Text.Json;
using Bitwarden.TestServer.Vault;

namespace Bitwarden.TestServer.Api;

/// <summary>Personal items that move into an organization, encrypted anew by the client.</summary>
internal static class ShareEndpoints
{
    internal static void Map(ServerRoutes routes) => routes.Authorized("/api")
        .Put("/ciphers/{id}/share", ShareAsync)
        .Put("/ciphers/share", ShareManyAsync);

    private static async Task<object?> ShareAsync(ApiCall call)
    {
        ShareRequest body = await call.ReadAsync<ShareRequest>();
        PostedCipher request = ReadItem(body.Cipher);
        CheckCollections(body.CollectionIds);
        StoredCipher own = call.Account.Vault.Find(call.Id()) is { OrganizationId: null } found ? found : throw ApiException.NotFound();
        Guid organization = request.Organization!.Value;
        WriteRules.CheckMembership(call, organization);
        WriteRules.CheckOwner(call, request, isOrganizations: true);
        WriteRules.CheckPasskeys(call, own);
        Guid[] collections = [.. body.CollectionIds!.Select(BulkRequest.Parse)];
        call.Account.Vault.Update(own.Id, current => Share(call, current, body.Cipher, collections));

        // The official server forgets that the item may be out of its owner's reach now.
        return CipherResponse.Plain(call.Account.Vault.Find(own.Id) ?? throw ApiException.Unhandled(), call);
    }

    private static StoredCipher Share(ApiCall call, StoredCipher current, JsonElement body, Guid[] collections)
    {
        StoredCipher shared = Move(call, current, body, collections);
        return call.Account.Vault.WritableCollections(shared.OrganizationId!.Value).Count > 0 ? shared : throw ApiException.BadRequest("Unable to save.");
    }

    /// <summary>The item in its new place. Collections that may not be written are left out silently.</summary>
    private static StoredCipher Move(ApiCall call, StoredCipher current, JsonElement body, Guid[] collections)
    {
        PostedCipher request = CipherWriter.Read(body);
        CipherContent content = CipherWriter.ReadContent(current.Type, request, body);
        if (current.OrganizationId is not null)
        {
            throw ApiException.BadRequest("One or more ciphers already belong to an organization.");
        }

        WriteRules.CheckRevision(current, request.LastKnownRevisionDate);
        return CipherWriter.Fill(current, request, content, call.Now, body) with
        {
            OrganizationId = request.Organization,
            CollectionIds = [.. collections.Intersect(call.Account.Vault.WritableCollections(request.Organization!.Value))],
        };
    }

    private static async Task<object?> ShareManyAsync(ApiCall call)
    {
        ShareManyRequest body = await call.ReadAsync<ShareManyRequest>();
        PostedCipher[] requests = ReadItems(body);
        WriteRules.CheckMembership(call, requests[0].Organization!.Value);
        foreach (PostedCipher request in requests)
        {
            WriteRules.CheckOwner(call, request, isOrganizations: true);
        }

        Guid[] collections = [.. body.CollectionIds!.Select(BulkRequest.Parse)];
        StoredCipher[] moved = [.. body.Ciphers!.Zip(requests, (item, request) => MoveOneOfMany(call, item, request, collections))];
        return BulkCipherEndpoints.Listed([.. moved.Select(call.Account.Vault.Put).Select(cipher => CipherResponse.Mini(cipher, call))]);
    }

    // In bulk, what is the user's own and not the item's stays as it was, whatever the request says.
    private static StoredCipher MoveOneOfMany(ApiCall call, JsonElement item, PostedCipher request, Guid[] collections)
    {
        StoredCipher own = call.Account.Vault.Find(request.Id!.Value) is { OrganizationId: null } found
            ? found
            : throw ApiException.BadRequest("Trying to share ciphers that you do not own.");
        WriteRules.CheckPasskeys(call, own);
        return Move(call, own, item, collections) with
        {
            FolderId = own.FolderId,
            Favorite = own.Favorite,
            Reprompt = own.Reprompt,
            ArchivedDate = own.ArchivedDate,
        };
    }

    private static PostedCipher ReadItem(JsonElement item)
    {
        if (item.ValueKind != JsonValueKind.Object)
        {
            throw ApiException.ModelState("Cipher", "The Cipher field is required.");
        }

        PostedCipher request = CipherWriter.Read(item);
        return request.Organization is null ? throw ApiException.ModelState("OrganizationId", "Cipher OrganizationId is required.") : request;
    }

    private static PostedCipher[] ReadItems(ShareManyRequest body)
    {
        PostedCipher[] requests = [.. (body.Ciphers ?? []).Select(CipherWriter.Read)];
        if (requests.Length == 0)
        {
            throw ApiException.ModelState("Ciphers", "You must select at least one cipher.");
        }

        if (requests.Any(request => request.Id is null || request.Organization is null))
        {
            throw ApiException.ModelState("Ciphers", "All Ciphers must have an Id and OrganizationId.");
        }

        CheckCollections(body.CollectionIds);
        return requests.DistinctBy(request => request.Organization).Count() == 1
            ? requests
            : throw ApiException.ModelState("", "All ciphers must be for the same organization.");
    }

    private static void CheckCollections(string[]? collections)
    {
        if (collections is null)
        {
            throw ApiException.ModelState("CollectionIds", "The CollectionIds field is required.");
        }

        if (collections.Length == 0)
        {
            throw ApiException.ModelState("CollectionIds", "You must select at least one collection.");
        }
    }

    private sealed record ShareRequest(JsonElement Cipher, string[]? CollectionIds);

    private sealed record ShareManyRequest(JsonElement[]? Ciphers, string[]? CollectionIds);
}
