using System.Text.Json;
using Bitwarden.TestServer.Vault;

namespace Bitwarden.TestServer.Api;

/// <summary>Many items at once, with their folders or collections (protocol 7.7). All of a request is taken, or nothing.</summary>
internal static class ImportEndpoints
{
    // What one request may have on the official cloud.
    private const int MostItems = 7000;
    private const int MostFolders = 2000;
    private const int MostItemsOfOrganization = 40_000;

    internal static void Map(ServerRoutes routes) => routes.Authorized("/api")
        .Post("/ciphers/import", ImportAsync)
        .Post("/ciphers/import-organization", ImportIntoOrganizationAsync);

    private static async Task<object?> ImportAsync(ApiCall call)
    {
        PersonalRequest request = await call.ReadAsync<PersonalRequest>();
        CheckAmount(request.Items.Length > MostItems || request.Links.Length > MostItems || request.Places.Length > MostFolders);
        if (call.Account.Vault.Policies.Any(policy => policy.Enabled && policy.Type == StoredPolicy.DataOwnership))
        {
            throw ApiException.BadRequest(
                "You cannot import items into your personal vault because you are a member of an organization which forbids it.");
        }

        StoredCipher[] items = [.. request.Items.Select(item => Read(call, item, null))];
        Guid?[] folders = [.. request.Places.Select(place => KnownFolder(call, Check(place)))];
        if (items.Length > 0)
        {
            Save(call, request, items, folders);
        }

        return null;
    }

    private static void Save(ApiCall call, PersonalRequest request, StoredCipher[] items, Guid?[] folders)
    {
        for (int i = 0; i < folders.Length; i++)
        {
            folders[i] ??= call.Account.Vault.Put(new StoredFolder(Guid.NewGuid(), request.Places[i].Name!, call.Now)).Id;
        }

        foreach (Link link in request.Links.Where(link => IsIn(link, items, folders)))
        {
            items[link.Key] = items[link.Key] with { FolderId = folders[link.Value] };
        }

        foreach (StoredCipher item in items)
        {
            call.Account.Vault.Put(item);
        }
    }

    private static async Task<object?> ImportIntoOrganizationAsync(ApiCall call)
    {
        OrganizationRequest request = await call.ReadAsync<OrganizationRequest>();
        CheckAmount(request.Items.Length > MostItemsOfOrganization || request.Places.Length > MostFolders);
        Guid organization = Guid.TryParse(call.Http.Request.Query["organizationId"], out Guid id) ? id : throw ApiException.Unhandled();
        StoredOrganization owner = call.Account.Vault.Organizations.FirstOrDefault(known => known.Id == organization) ?? throw NotAllowed();
        StoredCipher[] items = [.. request.Items.Select(item => Read(call, item, organization))];
        Guid?[] collections = [.. request.Places.Select(place => Known(call, organization, Check(place)))];
        CheckRights(call, owner, collections);
        if (items.Length > 0)
        {
            Save(call, request, items, collections, organization);
        }

        return null;
    }

    private static void Save(ApiCall call, OrganizationRequest request, StoredCipher[] items, Guid?[] collections, Guid organization)
    {
        for (int i = 0; i < collections.Length; i++)
        {
            Place place = request.Places[i];
            StoredCollection added = new(Guid.NewGuid(), organization, place.Name!, HidePasswords: false) { ExternalId = place.ExternalId };
            collections[i] ??= Add(call, added);
        }

        foreach (Link link in request.Links.Where(link => IsIn(link, items, collections)))
        {
            items[link.Key] = items[link.Key] with { CollectionIds = [.. items[link.Key].CollectionIds, collections[link.Value]!.Value] };
        }

        foreach (StoredCipher item in items)
        {
            call.Account.Vault.Put(item);
        }
    }

    private static Guid Add(ApiCall call, StoredCollection collection)
    {
        call.Account.Vault.Put(collection);
        return collection.Id;
    }

    private static StoredCipher Read(ApiCall call, JsonElement body, Guid? organization)
    {
        PostedCipher request = CipherWriter.Read(body);
        WriteRules.CheckOwner(call, request, organization is not null);
        CipherContent content = CipherWriter.ReadContent(request.Type, request, body);
        StoredCipher blank = new()
        {
            Id = Guid.NewGuid(),
            Type = request.Type,
            Content = new CipherContent(),
            OrganizationId = organization,
            CreationDate = call.Now,
        };

        // The folder comes by the links alone, and a favourite is the user's own.
        StoredCipher item = CipherWriter.Fill(blank, request, content, call.Now) with { FolderId = null };
        return organization is null ? item : item with { Favorite = false };
    }

    private static Guid? KnownFolder(ApiCall call, Place place) => place.Id is Guid id ? call.Account.Vault.FindFolder(id)?.Id : null;

    private static Guid? Known(ApiCall call, Guid organization, Place place) =>
        call.Account.Vault.Collections.FirstOrDefault(known => known.Id == place.Id && known.OrganizationId == organization)?.Id;

    private static void CheckRights(ApiCall call, StoredOrganization owner, Guid?[] collections)
    {
        IReadOnlyList<Guid> writable = call.Account.Vault.WritableCollections(owner.Id);
        bool mayCreate = !owner.LimitCollectionCreation || !collections.Contains(null);
        if (collections.Length == 0 || !mayCreate || collections.OfType<Guid>().Except(writable).Any())
        {
            throw NotAllowed();
        }
    }

    private static Place Check(Place place)
    {
        ContentRules.CheckName(place.Name);
        return place;
    }

    private static void CheckAmount(bool isTooMuch)
    {
        if (isTooMuch)
        {
            throw ApiException.BadRequest("You cannot import this much data at once.");
        }
    }

    // What names nothing is passed over.
    private static bool IsIn(Link link, StoredCipher[] items, Guid?[] places) =>
        link.Key >= 0 && link.Key < items.Length && link.Value >= 0 && link.Value < places.Length;

    private static ApiException NotAllowed() => ApiException.BadRequest("Not enough privileges to import into this organization.");

    private sealed record Place(Guid? Id, string? Name, string? ExternalId);

    private sealed record Link(int Key, int Value);

    private sealed record PersonalRequest(Place[]? Folders, JsonElement[]? Ciphers, Link[]? FolderRelationships)
    {
        internal Place[] Places => Folders ?? [];

        internal JsonElement[] Items => Ciphers ?? [];

        internal Link[] Links => FolderRelationships ?? [];
    }

    private sealed record OrganizationRequest(Place[]? Collections, JsonElement[]? Ciphers, Link[]? CollectionRelationships)
    {
        internal Place[] Places => Collections ?? [];

        internal JsonElement[] Items => Ciphers ?? [];

        internal Link[] Links => CollectionRelationships ?? [];
    }
}
