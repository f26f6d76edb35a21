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
    public async Task DeletingAFolderKeepsItsItems()
    {
        Guid item = Server.Pbkdf2.Items["prod-sql"];
        Guid folder = Server.Pbkdf2.Vault.Find(item)!.FolderId!.Value;
        Assert.Equal(HttpStatusCode.OK, (await Client.DeleteAsync($"/api/folders/{folder}")).Status);
        Assert.Equal(JsonValueKind.Null, (await Client.GetAsync($"/api/ciphers/{item}")).Json.GetProperty("folderId").ValueKind);
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
