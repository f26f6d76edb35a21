using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Bitwarden.Core.Crypto;
using Bitwarden.TestServer;
using Xunit;

namespace Bitwarden.Core.Tests.TestServer;

public sealed class CipherWriteTests() : ServerTests(logIn: true)
{
    [Fact]
    public async Task CreatedItemIsFound()
    {
        Answer created = await Client.PostAsync("/api/ciphers", Body());
        Assert.Equal(HttpStatusCode.OK, created.Status);
        Assert.Equal("cipher", created.Json.GetProperty("object").GetString());
        Assert.Equal(HttpStatusCode.OK, (await Client.GetAsync($"/api/ciphers/{created.Json.GetProperty("id").GetString()}")).Status);
    }

    [Fact]
    public async Task MissingTypeMemberIsTheOfficial500()
    {
        JsonObject body = Body();
        body.Remove("login");
        Answer answer = await Client.PostAsync("/api/ciphers", body);
        Assert.Equal(HttpStatusCode.InternalServerError, answer.Status);
        Assert.Equal("An unhandled server error has occurred.", answer.Json.GetProperty("message").GetString());
    }

    [Theory]
    [InlineData(null, "The Name field is required.")]
    [InlineData("", "Name is not a valid encrypted string.")]
    [InlineData("plain", "Name is not a valid encrypted string.")]
    [InlineData("2.AAAA|AAAA", "Name is not a valid encrypted string.")]
    [InlineData("2.AA-_|AAAA|AAAA", "Name is not a valid encrypted string.")]
    public async Task NameMustBeAnEncryptedText(string? name, string message)
    {
        JsonObject body = Body();
        body["name"] = name;
        await ExpectModelError(body, "Name", message);
    }

    [Fact]
    public async Task LengthsAreThoseOfTheEncryptedText()
    {
        await ExpectStatus(Login("username", Sealed(687)), HttpStatusCode.OK);
        await ExpectModelError(
            Login("username", Sealed(688)), "Login.Username", "The field Username exceeds the maximum encrypted value length of 1000 characters.");
        await ExpectStatus(Login("password", Sealed(3695)), HttpStatusCode.OK);
        await ExpectStatus(Login("password", Sealed(3696)), HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task ItemForAnotherUserIsRefused()
    {
        JsonObject body = Body();
        body["encryptedFor"] = Server.Argon2id.UserId.ToString();
        Answer answer = await Client.PostAsync("/api/ciphers", body);
        Assert.Equal("Cipher was not encrypted for the current user. Please try again.", answer.Json.GetProperty("message").GetString());
    }

    [Fact]
    public async Task KeyIdIsComparedOnceTheServerKnowsIt()
    {
        JsonObject body = Body();
        body["encryptedByKeyId"] = new string('a', 32);
        await ExpectStatus(body, HttpStatusCode.OK);
        object keyId = new { userKeyId = Server.Pbkdf2.UserKey.DeriveKeyId() };
        Assert.Equal(HttpStatusCode.OK, (await Client.PostAsync("/api/accounts/key-management/user-key-id", keyId)).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await Client.PostAsync("/api/accounts/key-management/user-key-id", keyId)).Status);
        await ExpectStatus(body, HttpStatusCode.BadRequest);
    }

    [Theory]
    [InlineData(0, HttpStatusCode.OK)]
    [InlineData(-900, HttpStatusCode.OK)]
    [InlineData(-1100, HttpStatusCode.BadRequest)]
    [InlineData(1100, HttpStatusCode.BadRequest)]
    public async Task LastKnownRevisionDateMayBeOneSecondOff(int milliseconds, HttpStatusCode expected)
    {
        Answer created = await Client.PostAsync("/api/ciphers", Body());
        JsonObject body = Body();
        body["lastKnownRevisionDate"] = created.Json.GetProperty("revisionDate").GetDateTime().AddMilliseconds(milliseconds);

        Answer answer = await Client.PutAsync(PathOf(created), body);

        Assert.Equal(expected, answer.Status);
        Assert.Equal(expected == HttpStatusCode.BadRequest, answer.Text.Contains("out of date", StringComparison.Ordinal));
    }

    [Fact]
    public async Task PutReplacesEverything()
    {
        string path = $"/api/ciphers/{Server.Pbkdf2.Items["prod-web"]}";
        Answer before = await Client.GetAsync(path);
        Answer after = await Client.PutAsync(path, Body());
        Assert.NotEqual(JsonValueKind.Null, before.Json.GetProperty("login").GetProperty("fido2Credentials").ValueKind);
        Assert.Equal(JsonValueKind.Null, after.Json.GetProperty("login").GetProperty("fido2Credentials").ValueKind);
        Assert.Equal(JsonValueKind.Null, after.Json.GetProperty("folderId").ValueKind);
    }

    [Fact]
    public async Task DataWinsOverTheStructuredMembers()
    {
        string path = $"/api/ciphers/{Server.Pbkdf2.Items["prod-sql"]}";
        JsonObject body = JsonNode.Parse((await Client.GetAsync(path)).Text)!.AsObject();
        string old = body["login"]!["password"]!.GetValue<string>();
        body["login"]!["password"] = Sealed(8);

        Assert.Equal(old, (await Client.PutAsync(path, body)).Json.GetProperty("login").GetProperty("password").GetString());
        body.Remove("data");
        Assert.NotEqual(old, (await Client.PutAsync(path, body)).Json.GetProperty("login").GetProperty("password").GetString());
    }

    [Fact]
    public async Task PutDeleteTrashesAndDeleteDestroys()
    {
        string path = $"/api/ciphers/{Server.Pbkdf2.Items["token-only"]}";
        Answer trashed = await Client.PutAsync(path + "/delete");
        Assert.Equal((HttpStatusCode.OK, ""), (trashed.Status, trashed.Text));
        Assert.NotEqual(JsonValueKind.Null, (await Client.GetAsync(path)).Json.GetProperty("deletedDate").ValueKind);
        Assert.Equal(JsonValueKind.Null, (await Client.PutAsync(path + "/restore")).Json.GetProperty("deletedDate").ValueKind);
        Answer deleted = await Client.DeleteAsync(path);
        Assert.Equal((HttpStatusCode.OK, ""), (deleted.Status, deleted.Text));
        Answer gone = await Client.GetAsync(path);
        Assert.Equal(HttpStatusCode.NotFound, gone.Status);
        Assert.Equal("Resource not found.", gone.Json.GetProperty("message").GetString());
    }

    [Fact]
    public async Task PostDeleteIsPermanentUnlikePut()
    {
        string path = $"/api/ciphers/{Server.Pbkdf2.Items["token-only"]}";
        await Client.PostAsync(path + "/delete");
        Assert.Equal(HttpStatusCode.NotFound, (await Client.GetAsync(path)).Status);
    }

    [Fact]
    public async Task ATrashedItemIsWrittenAndStaysInTheTrash()
    {
        string path = $"/api/ciphers/{Server.Pbkdf2.Items["trashed"]}";
        Answer answer = await Client.PutAsync(path, Body());
        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.NotEqual(JsonValueKind.Null, answer.Json.GetProperty("deletedDate").ValueKind);
        Answer part = await Client.PutAsync(path + "/partial", new { folderId = (Guid?)null, favorite = true });
        Assert.NotEqual(JsonValueKind.Null, part.Json.GetProperty("deletedDate").ValueKind);
    }

    [Fact]
    public async Task FolderAndFavoriteLeaveTheRevisionDateOfTheItemButNotOfTheAccount()
    {
        Guid item = Server.Pbkdf2.Items["prod-sql"];
        (DateTime own, DateTime account) = (Server.Pbkdf2.Vault.Find(item)!.RevisionDate, Server.Pbkdf2.Vault.RevisionDate);
        Answer answer = await Client.PutAsync($"/api/ciphers/{item}/partial", new { folderId = (Guid?)null, favorite = true });
        Assert.Equal(own, answer.Json.GetProperty("revisionDate").GetDateTime());
        Assert.True(Server.Pbkdf2.Vault.RevisionDate > account);
    }

    [Fact]
    public async Task RestoringWhatIsNotInTheTrashChangesNothing()
    {
        Guid item = Server.Pbkdf2.Items["prod-sql"];
        DateTime before = Server.Pbkdf2.Vault.Find(item)!.RevisionDate;
        Answer answer = await Client.PutAsync($"/api/ciphers/{item}/restore");
        Assert.Equal((HttpStatusCode.OK, before), (answer.Status, answer.Json.GetProperty("revisionDate").GetDateTime()));
    }

    [Fact]
    public async Task AnotherOrganizationThanTheStoredOneIsAMismatch()
    {
        JsonObject body = Body();
        body["organizationId"] = Server.Pbkdf2.Vault.Organizations[0].Id;
        Answer answer = await Client.PutAsync($"/api/ciphers/{Server.Pbkdf2.Items["prod-sql"]}", body);
        Assert.Equal("Organization mismatch. Re-sync if you recently moved this item, then try again.", answer.Message);
    }

    [Theory]
    [InlineData("2023.9.9", HttpStatusCode.BadRequest)]
    [InlineData("2023.10.0", HttpStatusCode.OK)]
    [InlineData(null, HttpStatusCode.OK)]
    public async Task AClientFromBeforePasskeysDoesNotWriteAnItemThatHasOne(string? version, HttpStatusCode expected)
    {
        using ServerClient old = new(Server, version);
        old.UseToken((await Client.TokenAsync(ServerClient.ApiKeyForm(Server.Pbkdf2))).Json.GetProperty("access_token").GetString());
        Assert.Equal(expected, (await old.PutAsync($"/api/ciphers/{Server.Pbkdf2.Items["prod-web"]}", Body())).Status);
    }

    [Fact]
    public async Task UnknownMembersAreDroppedUnlessTheyAreInData()
    {
        JsonObject body = Body();
        AddUnknown(body);
        Answer created = await Client.PostAsync("/api/ciphers", body);
        Assert.Equal(HttpStatusCode.OK, created.Status);
        Assert.DoesNotContain("future", (await Client.GetAsync(PathOf(created))).Text, StringComparison.OrdinalIgnoreCase);

        string data = new JsonObject { ["Name"] = Sealed(4), ["Future"] = "kept" }.ToJsonString();
        body["data"] = data;
        Answer written = await Client.PutAsync(PathOf(created), body);
        Assert.Equal(data, written.Json.GetProperty("data").GetString());
        Assert.False(written.Json.TryGetProperty("future", out _));
    }

    [Fact]
    public async Task AnItemOfANewerServerHasUnknownMembersAndKeepsThoseOfAWrite()
    {
        Guid item = Server.Pbkdf2.Items["prod-web"];
        int uris = Server.Pbkdf2.Vault.Find(item)!.Content.Login!.Uris!.Count;
        JsonArray perUri = [.. Enumerable.Range(0, uris).Select(index => new JsonObject { ["future"] = index })];
        JsonObject members = new() { ["future"] = "top", ["login"] = new JsonObject { ["future"] = new JsonArray(1, 2), ["uris"] = perUri } };
        Server.AddUnknownMembers(Server.Pbkdf2, item, members);

        Answer answer = await Client.GetAsync($"/api/ciphers/{item}");
        JsonElement login = answer.Json.GetProperty("login");
        Assert.Equal("top", answer.Json.GetProperty("future").GetString());
        Assert.Equal("[1,2]", login.GetProperty("future").GetRawText());
        Assert.Equal(Enumerable.Range(0, uris), login.GetProperty("uris").EnumerateArray().Select(uri => uri.GetProperty("future").GetInt32()));

        JsonObject body = JsonNode.Parse(answer.Text)!.AsObject();
        body.Remove("data");
        body["login"]!.AsObject().Remove("uri");
        body["future"] = "changed";
        Answer written = await Client.PutAsync($"/api/ciphers/{item}", body);
        Assert.Equal("changed", written.Json.GetProperty("future").GetString());
        Assert.Equal(login.GetRawText(), written.Json.GetProperty("login").GetRawText());

        Assert.DoesNotContain("future", (await Client.PutAsync($"/api/ciphers/{item}", Body())).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ConfigAnnouncesKeysOfItemsAsTheCloudDoes()
    {
        JsonElement features = (await Client.GetAsync("/api/config")).Json.GetProperty("featureStates");
        Assert.True(features.GetProperty("cipher-key-encryption").GetBoolean());
    }

    [Fact]
    public async Task DeletingAFolderKeepsItsItems()
    {
        Guid item = Server.Pbkdf2.Items["prod-sql"];
        Guid folder = Server.Pbkdf2.Vault.Find(item)!.FolderId!.Value;
        Assert.Equal(HttpStatusCode.OK, (await Client.DeleteAsync($"/api/folders/{folder}")).Status);
        Assert.Equal(JsonValueKind.Null, (await Client.GetAsync($"/api/ciphers/{item}")).Json.GetProperty("folderId").ValueKind);
    }

    private void AddUnknown(JsonObject body)
    {
        body["future"] = "top";
        body["login"]!["future"] = "login";
        body["login"]!["uris"] = new JsonArray(new JsonObject { ["uri"] = Sealed(4), ["future"] = "uri" });
        body["fields"] = new JsonArray(new JsonObject { ["type"] = 0, ["name"] = Sealed(4), ["future"] = "field" });
    }

    private static string PathOf(Answer created) => $"/api/ciphers/{created.Json.GetProperty("id").GetString()}";

    private string Sealed(int bytes) => Server.Pbkdf2.UserKey.EncryptText(new string('x', bytes)).ToWireString();

    private JsonObject Body() => new() { ["type"] = 1, ["name"] = Sealed(4), ["login"] = new JsonObject { ["password"] = Sealed(8) } };

    private JsonObject Login(string member, string value)
    {
        JsonObject body = Body();
        body["login"]![member] = value;
        return body;
    }

    private async Task<Answer> ExpectStatus(JsonObject body, HttpStatusCode expected)
    {
        Answer answer = await Client.PostAsync("/api/ciphers", body);
        Assert.Equal(expected, answer.Status);
        return answer;
    }

    private async Task ExpectModelError(JsonObject body, string member, string message)
    {
        Answer answer = await ExpectStatus(body, HttpStatusCode.BadRequest);
        Assert.Equal("The model state is invalid.", answer.Json.GetProperty("message").GetString());
        Assert.Equal(message, answer.Json.GetProperty("validationErrors").GetProperty(member)[0].GetString());
    }
}
