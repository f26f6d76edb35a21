using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Bitwarden.Core.Crypto;
using Bitwarden.TestServer;
using Bitwarden.TestServer.Seeding;
using Bitwarden.TestServer.Vault;
using Xunit;

namespace Bitwarden.Core.Tests.TestServer;

public sealed class ShareTests() : ServerTests(logIn: true)
{
    private TestAccount Account => Server.Pbkdf2;

    private Guid Organization => Account.Vault.Organizations[0].Id;

    private Guid Collection => Account.Vault.Collections[0].Id;

    [Fact]
    public async Task ItemMovesIntoTheOrganizationWithFolderAndFavoriteOfTheRequest()
    {
        Guid item = Account.Items["prod-sql"];
        JsonObject body = Body();
        body["favorite"] = true;
        body["lastKnownRevisionDate"] = Account.Vault.Find(item)!.RevisionDate;

        Answer answer = await ShareAsync(item, body, Collection);

        Assert.Equal((HttpStatusCode.OK, "cipher"), (answer.Status, answer.Json.GetProperty("object").GetString()));
        StoredCipher shared = Account.Vault.Find(item)!;
        Assert.Equal((Organization, Collection), (shared.OrganizationId!.Value, Assert.Single(shared.CollectionIds)));
        Assert.Equal((true, (Guid?)null), (shared.Favorite, shared.FolderId));
        Assert.Equal(body["name"]!.GetValue<string>(), shared.Content.Name);
    }

    [Fact]
    public async Task LastKnownRevisionDateIsChecked()
    {
        JsonObject body = Body();
        body["lastKnownRevisionDate"] = DateTime.UnixEpoch;
        Answer answer = await ShareAsync(Account.Items["prod-sql"], body, Collection);
        Assert.StartsWith("The item cannot be saved because it is out of date.", answer.Message);
        Assert.Null(Account.Vault.Find(Account.Items["prod-sql"])!.OrganizationId);
    }

    [Fact]
    public async Task OnlyAPersonalItemIntoAnOwnOrganizationIsShared()
    {
        Assert.Equal(HttpStatusCode.NotFound, (await ShareAsync(Account.Items["org-sql"], Body(), Collection)).Status);
        JsonObject foreign = Body();
        foreign["organizationId"] = Guid.NewGuid();
        Assert.Equal(HttpStatusCode.NotFound, (await ShareAsync(Account.Items["prod-sql"], foreign, Collection)).Status);
        JsonObject nowhere = Body();
        nowhere.Remove("organizationId");
        Answer answer = await ShareAsync(Account.Items["prod-sql"], nowhere, Collection);
        Assert.Equal("Cipher OrganizationId is required.", answer.Json.GetProperty("validationErrors").GetProperty("OrganizationId")[0].GetString());
    }

    [Fact]
    public async Task WithoutACollectionItIsRefused()
    {
        Answer answer = await ShareAsync(Account.Items["prod-sql"], Body());
        Assert.Equal("You must select at least one collection.", answer.Json.GetProperty("validationErrors").GetProperty("CollectionIds")[0].GetString());
    }

    [Fact]
    public async Task WhereNoCollectionMayBeWrittenNothingIsSaved()
    {
        Guid organization = Server.AddOrganization(Account, "Look only");
        Guid readOnly = Server.AddCollection(Account, organization, "Look", new CollectionRights { ReadOnly = true });
        JsonObject body = Body();
        body["organizationId"] = organization;
        Assert.Equal("Unable to save.", (await ShareAsync(Account.Items["prod-sql"], body, readOnly)).Message);
        Assert.Null(Account.Vault.Find(Account.Items["prod-sql"])!.OrganizationId);
    }

    [Fact]
    public async Task IntoAReadOnlyCollectionTheItemIsLostToItsOwner()
    {
        Guid readOnly = Server.AddCollection(Account, Organization, "Look", new CollectionRights { ReadOnly = true });
        Answer answer = await ShareAsync(Account.Items["prod-sql"], Body(), readOnly);
        Assert.Equal(HttpStatusCode.InternalServerError, answer.Status);
        Assert.Equal(HttpStatusCode.NotFound, (await Client.GetAsync($"/api/ciphers/{Account.Items["prod-sql"]}")).Status);
    }

    [Fact]
    public async Task AttachmentsGetTheNamesAndKeysOfTheRequest()
    {
        Guid item = Account.Items["with attachment"];
        StoredAttachment before = Assert.Single(Account.Vault.Find(item)!.Attachments);
        JsonObject body = Body();
        JsonObject naming = new() { ["fileName"] = Sealed("new"), ["key"] = Sealed("key") };
        body["attachments2"] = new JsonObject { [before.Id] = naming, ["unknown"] = new JsonObject() };

        Answer answer = await ShareAsync(item, body, Collection);

        JsonElement after = Assert.Single(answer.Json.GetProperty("attachments").EnumerateArray());
        Assert.Equal(naming["key"]!.GetValue<string>(), after.GetProperty("key").GetString());
        Assert.Equal(naming["fileName"]!.GetValue<string>(), after.GetProperty("fileName").GetString());
        Assert.Equal(before.Content, Assert.Single(Account.Vault.Find(item)!.Attachments).Content);
    }

    [Fact]
    public async Task APlainWriteRenamesAttachmentsTooAndTheOlderFormTakesTheirKeys()
    {
        Guid item = Account.Items["with attachment"];
        StoredAttachment before = Assert.Single(Account.Vault.Find(item)!.Attachments);
        JsonObject body = Body();
        body.Remove("organizationId");
        await Client.PutAsync($"/api/ciphers/{item}", body);
        Assert.Equal(before, Assert.Single(Account.Vault.Find(item)!.Attachments));

        body["attachments"] = new JsonObject { [before.Id] = Sealed("old") };
        await Client.PutAsync($"/api/ciphers/{item}", body);
        Assert.Null(Assert.Single(Account.Vault.Find(item)!.Attachments).Key);

        body["attachments2"] = new JsonObject { [before.Id] = new JsonObject { ["fileName"] = "plain" } };
        Answer answer = await Client.PutAsync($"/api/ciphers/{item}", body);
        Assert.Equal("FileName is not a valid encrypted string.", answer.Json.GetProperty("validationErrors").EnumerateObject().Single().Value[0].GetString());
    }

    [Fact]
    public async Task ManyMoveAndKeepWhatIsTheUsersOwn()
    {
        Guid[] items = [Account.Items["prod-sql"], Account.Items["prod-web"]];
        Guid? folder = Account.Vault.Find(items[0])!.FolderId;
        JsonArray ciphers = [.. items.Select(WithId)];

        Answer answer = await Client.PutAsync("/api/ciphers/share", new { ciphers, collectionIds = new[] { Collection } });

        Assert.All(answer.Json.GetProperty("data").EnumerateArray(), entry => Assert.Equal("cipherMini", entry.GetProperty("object").GetString()));
        Assert.All(items, item => Assert.Equal(Organization, Account.Vault.Find(item)!.OrganizationId));
        Assert.NotNull(folder);
        Assert.Equal(folder, Account.Vault.Find(items[0])!.FolderId);
    }

    [Fact]
    public async Task OneThatIsNotOwnedStopsAllOfMany()
    {
        JsonArray ciphers = [WithId(Account.Items["prod-sql"]), WithId(Account.Items["org-sql"])];
        Answer answer = await Client.PutAsync("/api/ciphers/share", new { ciphers, collectionIds = new[] { Collection } });
        Assert.Equal("Trying to share ciphers that you do not own.", answer.Message);
        Assert.Null(Account.Vault.Find(Account.Items["prod-sql"])!.OrganizationId);
    }

    private Task<Answer> ShareAsync(Guid item, JsonObject cipher, params Guid[] collections) =>
        Client.PutAsync($"/api/ciphers/{item}/share", new { cipher, collectionIds = collections });

    private JsonObject WithId(Guid item)
    {
        JsonObject body = Body();
        body["id"] = item;
        return body;
    }

    private string Sealed(string text)
    {
        using SymmetricKey key = Account.OpenOrganizationKey(Organization);
        return key.EncryptText(text).ToWireString();
    }

    private JsonObject Body() => new() { ["type"] = 1, ["organizationId"] = Organization, ["name"] = Sealed("shared"), ["login"] = new JsonObject() };
}
