using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Bitwarden.Core.Crypto;
using Bitwarden.TestServer;
using Bitwarden.TestServer.Seeding;
using Bitwarden.TestServer.Vault;
using Xunit;

namespace Bitwarden.Core.Tests.TestServer;

public sealed class CollectionRightsTests() : ServerTests(logIn: true)
{
    private TestAccount Account => Server.Pbkdf2;

    private Guid Organization => Account.Vault.Organizations[0].Id;

    [Fact]
    public async Task CollectionsSayWhatMayBeDoneInThem()
    {
        Guid readOnly = AddReadOnly();
        JsonElement sync = (await Client.GetAsync("/api/sync")).Json.GetProperty("collections");
        JsonElement list = (await Client.GetAsync("/api/collections")).Json.GetProperty("data");
        foreach (JsonElement collections in new[] { sync, list })
        {
            JsonElement found = Assert.Single(collections.EnumerateArray(), entry => entry.GetProperty("id").GetGuid() == readOnly);
            Assert.Equal((true, false), (found.GetProperty("readOnly").GetBoolean(), found.GetProperty("manage").GetBoolean()));
            Assert.Equal(("directory-7", "collectionDetails"), (found.GetProperty("externalId").GetString(), found.GetProperty("object").GetString()));
        }
    }

    [Fact]
    public async Task AnOrganizationsListHasTheManagedCollectionsOnly()
    {
        AddReadOnly();
        Answer answer = await Client.GetAsync($"/api/organizations/{Organization}/collections");
        JsonElement managed = Assert.Single(answer.Json.GetProperty("data").EnumerateArray());
        Assert.Equal("collection", managed.GetProperty("object").GetString());
        Assert.False(managed.TryGetProperty("readOnly", out _));
        Assert.Empty((await Client.GetAsync($"/api/organizations/{Guid.NewGuid()}/collections")).Json.GetProperty("data").EnumerateArray());
    }

    [Fact]
    public async Task ItemsFollowTheirMostGenerousCollection()
    {
        Guid hidden = Server.AddCollection(Account, Organization, "Hidden", new CollectionRights { HidePasswords = true, Manage = false });
        Guid readOnly = AddReadOnly();
        await ExpectAccess(Server.AddSharedItem(Account, "read", "u", "p", readOnly), edit: false, viewPassword: true, delete: false);
        await ExpectAccess(Server.AddSharedItem(Account, "hide", "u", "p", hidden), edit: true, viewPassword: false, delete: true);
        await ExpectAccess(Server.AddSharedItem(Account, "both", "u", "p", hidden, readOnly), edit: true, viewPassword: true, delete: true);
    }

    [Fact]
    public async Task AnItemThatCanOnlyBeReadIsNotChangedButFiled()
    {
        Guid item = Server.AddSharedItem(Account, "read", "u", "p", AddReadOnly());
        string path = $"/api/ciphers/{item}";
        Assert.Equal("You do not have permissions to edit this.", (await Client.PutAsync(path, Body())).Message);
        Assert.Equal("You do not have permissions to soft delete this.", (await Client.PutAsync(path + "/delete")).Message);
        Assert.Equal("You do not have permissions to delete this.", (await Client.PutAsync(path + "/restore")).Message);
        Assert.Equal("You do not have permissions to delete this.", (await Client.DeleteAsync(path)).Message);
        object collections = new { collectionIds = new[] { Account.Vault.Collections[0].Id } };
        Assert.Equal("You do not have permissions to edit this.", (await Client.PutAsync(path + "/collections_v2", collections)).Message);

        Answer filed = await Client.PutAsync(path + "/partial", new { folderId = Account.Vault.Folders[0].Id, favorite = true });
        Assert.Equal((HttpStatusCode.OK, true), (filed.Status, filed.Json.GetProperty("favorite").GetBoolean()));
    }

    [Fact]
    public async Task WhereDeletingIsLimitedItTakesTheRightToManage()
    {
        Guid collection = Server.AddCollection(Account, Organization, "Plain", new CollectionRights { Manage = false });
        Guid item = Server.AddSharedItem(Account, "kept", "u", "p", collection);
        await ExpectAccess(item, edit: true, viewPassword: true, delete: true);
        Account.Vault.Put(Account.Vault.Organizations[0] with { LimitItemDeletion = true });
        await ExpectAccess(item, edit: true, viewPassword: true, delete: false);
        Assert.Equal(HttpStatusCode.BadRequest, (await Client.PutAsync($"/api/ciphers/{item}/delete")).Status);
    }

    [Fact]
    public async Task AssigningCollectionsLeavesThoseThatMayNotBeWritten()
    {
        Guid writable = Account.Vault.Collections[0].Id;
        Guid other = Server.AddCollection(Account, Organization, "Other");
        Guid readOnly = AddReadOnly();
        Guid item = Server.AddSharedItem(Account, "assigned", "u", "p", writable, readOnly);
        DateTime before = Account.Vault.Find(item)!.RevisionDate;

        Answer answer = await Client.PutAsync($"/api/ciphers/{item}/collections_v2", new { collectionIds = new[] { other } });

        Assert.Equal("optionalCipherDetails", answer.Json.GetProperty("object").GetString());
        Assert.False(answer.Json.GetProperty("unavailable").GetBoolean());
        Assert.Equal("cipherDetails", answer.Json.GetProperty("cipher").GetProperty("object").GetString());
        Assert.Equal([readOnly, other], Account.Vault.Find(item)!.CollectionIds);
        Assert.Equal(before, Account.Vault.Find(item)!.RevisionDate);
    }

    [Fact]
    public async Task AnItemWithoutCollectionsIsOutOfReach()
    {
        Guid item = Server.AddSharedItem(Account, "gone", "u", "p", Account.Vault.Collections[0].Id);
        Answer answer = await Client.PutAsync($"/api/ciphers/{item}/collections_v2", new { collectionIds = Array.Empty<Guid>() });
        Assert.True(answer.Json.GetProperty("unavailable").GetBoolean());
        Assert.Equal(JsonValueKind.Null, answer.Json.GetProperty("cipher").ValueKind);
        Assert.Equal(HttpStatusCode.NotFound, (await Client.GetAsync($"/api/ciphers/{item}")).Status);
    }

    [Fact]
    public async Task CollectionsOfPersonalAndOfHiddenItemsAreNotFound()
    {
        object collections = new { collectionIds = new[] { Account.Vault.Collections[0].Id } };
        foreach (string name in new[] { "prod-sql", "org-hidden" })
        {
            Assert.Equal(HttpStatusCode.NotFound, (await Client.PutAsync($"/api/ciphers/{Account.Items[name]}/collections_v2", collections)).Status);
        }
    }

    [Fact]
    public async Task ASharedItemDoesNotGoToMyItems()
    {
        Guid mine = Server.AddCollection(Account, Organization, "My items", new CollectionRights { IsMyItems = true });
        Answer answer = await Client.PutAsync($"/api/ciphers/{Account.Items["org-sql"]}/collections_v2", new { collectionIds = new[] { mine } });
        Assert.StartsWith("The cipher(s) cannot be assigned to a default collection", answer.Message);
    }

    [Fact]
    public async Task CreatingNeedsACollectionThatMayBeWritten()
    {
        JsonElement none = (await CreateAsync()).Json;
        Assert.Equal("You must select at least one collection.", none.GetProperty("validationErrors").GetProperty("CollectionIds")[0].GetString());
        Assert.Equal("Specified CollectionId does not exist on the specified Organization.", (await CreateAsync(Guid.NewGuid())).Message);

        // The trap: the item is made, and nobody but an administrator sees it.
        Assert.Equal(HttpStatusCode.NotFound, (await CreateAsync(AddReadOnly())).Status);
        Answer created = await CreateAsync(Account.Vault.Collections[0].Id);
        Assert.Equal((HttpStatusCode.OK, Organization), (created.Status, created.Json.GetProperty("organizationId").GetGuid()));
    }

    [Fact]
    public async Task DataOwnershipKeepsNewItemsOutOfThePersonalVault()
    {
        Server.SetPolicy(Account, Organization, StoredPolicy.DataOwnership);
        JsonObject personal = Body();
        personal["organizationId"] = null;

        Assert.StartsWith("Due to an Enterprise Policy", (await Client.PostAsync("/api/ciphers", personal)).Message);
        Assert.StartsWith("Due to an Enterprise Policy", (await Client.PostAsync("/api/ciphers", Body())).Message);
        Assert.Equal(HttpStatusCode.OK, (await Client.PutAsync($"/api/ciphers/{Account.Items["prod-sql"]}", personal)).Status);
        Assert.Equal(HttpStatusCode.OK, (await CreateAsync(Account.Vault.Collections[0].Id)).Status);
        JsonElement sync = (await Client.GetAsync("/api/sync")).Json;
        JsonElement policy = Assert.Single(sync.GetProperty("policies").EnumerateArray());
        Assert.Equal((5, true), (policy.GetProperty("type").GetInt32(), policy.GetProperty("enabled").GetBoolean()));
        Assert.Equal(policy.GetRawText(), Assert.Single(sync.GetProperty("policiesNew").EnumerateArray()).GetRawText());
    }

    [Fact]
    public async Task ControlOverHttpAddsTheSame()
    {
        const string Path = "/_test/accounts/pbkdf2@example.org";
        Guid organization = (await Client.PostAsync(Path + "/organizations", new { name = "Second" })).Json.GetProperty("id").GetGuid();
        object rights = new { organizationId = organization, name = "Look", rights = new { readOnly = true } };
        Guid collection = (await Client.PostAsync(Path + "/collections", rights)).Json.GetProperty("id").GetGuid();
        object item = new { name = "shared", username = "u", password = "p", collectionIds = new[] { collection } };
        Guid id = (await Client.PostAsync(Path + "/shared-items", item)).Json.GetProperty("id").GetGuid();
        await Client.PostAsync(Path + "/policies", new { organizationId = organization, type = 5 });

        await ExpectAccess(id, edit: false, viewPassword: true, delete: false);
        Assert.True(Assert.Single(Account.Vault.Policies).Enabled);
        using SymmetricKey key = Account.OpenOrganizationKey(organization);
        Assert.Equal("p", key.DecryptText(EncString.Parse(Account.Vault.Find(id)!.Content.Login!.Password!)));
    }

    private Guid AddReadOnly() =>
        Server.AddCollection(Account, Organization, "Read only", new CollectionRights { ReadOnly = true, Manage = false, ExternalId = "directory-7" });

    private async Task ExpectAccess(Guid item, bool edit, bool viewPassword, bool delete)
    {
        JsonElement sync = (await Client.GetAsync("/api/sync")).Json.GetProperty("ciphers");
        JsonElement found = Assert.Single(sync.EnumerateArray(), cipher => cipher.GetProperty("id").GetGuid() == item);
        Assert.Equal((edit, viewPassword), (found.GetProperty("edit").GetBoolean(), found.GetProperty("viewPassword").GetBoolean()));
        Assert.Equal(delete, found.GetProperty("permissions").GetProperty("delete").GetBoolean());
    }

    private Task<Answer> CreateAsync(params Guid[] collections) =>
        Client.PostAsync("/api/ciphers/create", new { cipher = Body(), collectionIds = collections });

    private JsonObject Body()
    {
        using SymmetricKey key = Account.OpenOrganizationKey(Organization);
        string name = key.EncryptText("n").ToWireString();
        return new() { ["type"] = 1, ["organizationId"] = Organization, ["name"] = name, ["login"] = new JsonObject() };
    }
}
