using System.Net;
using System.Text.Json;
using Bitwarden.Core.Crypto;
using Bitwarden.TestServer;
using Xunit;

namespace Bitwarden.Core.Tests.TestServer;

public sealed class SyncTests() : ServerTests(logIn: true)
{
    [Fact]
    public async Task AnswerHasTheOfficialMembers()
    {
        Answer sync = await Client.GetAsync("/api/sync?excludeDomains=true");

        Assert.Equal(
            ["object", "profile", "folders", "collections", "ciphers", "domains", "policies", "policiesNew", "sends", "userDecryption"],
            sync.Names);
        Assert.Equal(JsonValueKind.Null, sync.Json.GetProperty("domains").ValueKind);
        Assert.False(sync.Json.GetProperty("profile").TryGetProperty("kdf", out _));
        Assert.Equal("pbkdf2@example.org", sync.Json.GetProperty("userDecryption").GetProperty("masterPasswordUnlock").GetProperty("salt").GetString());
    }

    [Theory]
    [InlineData(null, "1,2,3,4")]
    [InlineData("2024.11.9", "1,2,3,4")]
    [InlineData("2024.12.0", "1,2,3,4,5")]
    [InlineData("2026.2.0", "1,2,3,4,5,6,7,8")]
    public async Task TypesThatAClientDoesNotKnowAreLeftOutSilently(string? version, string types)
    {
        using ServerClient client = new(Server, version);
        client.UseToken((await Client.TokenAsync(ServerClient.ApiKeyForm(Server.Pbkdf2))).Json.GetProperty("access_token").GetString());

        Answer sync = await client.GetAsync("/api/sync");

        IEnumerable<int> found = sync.Json.GetProperty("ciphers").EnumerateArray().Select(cipher => cipher.GetProperty("type").GetInt32());
        Assert.Equal(types, string.Join(',', found.Distinct().Order()));
    }

    [Fact]
    public async Task SeededLoginDecryptsAndItsDataIsPascalCaseJson()
    {
        Answer answer = await Client.GetAsync($"/api/ciphers/{Server.Pbkdf2.Items["prod-sql"]}/details");
        JsonElement login = answer.Json.GetProperty("login");

        Assert.Equal("cipherDetails", answer.Json.GetProperty("object").GetString());
        Assert.Equal("sql_admin", Decrypt(login.GetProperty("username")));
        Assert.Equal(Server.Pbkdf2.Passwords["prod-sql"], Decrypt(login.GetProperty("password")));
        Assert.Equal("https://sql.example.org:1433", Decrypt(login.GetProperty("uris")[0].GetProperty("uri")));
        JsonElement data = JsonDocument.Parse(answer.Json.GetProperty("data").GetString()!).RootElement;
        Assert.Equal(login.GetProperty("password").GetString(), data.GetProperty("Password").GetString());
    }

    [Fact]
    public async Task RevisionDateIsABareNumberOfMilliseconds()
    {
        long before = (await Client.GetAsync("/api/accounts/revision-date")).Json.GetInt64();
        Server.AddItem(Server.Pbkdf2, "fresh", "u", "p", "Brand new folder");
        Assert.True((await Client.GetAsync("/api/accounts/revision-date")).Json.GetInt64() > before);
    }

    [Fact]
    public async Task MissingUnknownExpiredAndRevokedTokensAreRefusedWithoutABody()
    {
        Answer missing = await Refused(client => client.ForgetToken());
        Assert.Equal("Bearer", missing.Headers.WwwAuthenticate.ToString());
        await Refused(client => client.UseToken("made-up"));
        Server.RevokeTokens(Server.Pbkdf2);
        await Refused(_ => { });
        Server.TokenLifetime = TimeSpan.Zero;
        await Client.LoginAsync(Server.Pbkdf2);
        await Refused(_ => { });
    }

    [Fact]
    public async Task OldServerAnswersInPascalCaseWithoutTheNewMembers()
    {
        await using EmbeddedServer server = await EmbeddedServer.StartAsync(new() { PascalCaseApi = true });
        using ServerClient client = new(server);
        await client.LoginAsync(server.Pbkdf2);

        Answer sync = await client.GetAsync("/api/sync");

        Assert.Equal(["Object", "Profile", "Folders", "Collections", "Ciphers", "Domains", "Policies", "Sends"], sync.Names);
        Assert.False(sync.Json.GetProperty("Profile").TryGetProperty("AccountKeys", out _));
        Assert.Equal(HttpStatusCode.NotFound, (await client.PostAsync("/identity/accounts/prelogin/password", new { email = "a@b.c" })).Status);
    }

    [Fact]
    public async Task MinimalTokenAnswerHasFourMembers()
    {
        await using EmbeddedServer server = await EmbeddedServer.StartAsync(new() { MinimalTokenAnswer = true });
        using ServerClient client = new(server);
        Answer answer = await client.TokenAsync(ServerClient.ApiKeyForm(server.Pbkdf2));
        Assert.Equal(["access_token", "expires_in", "token_type", "scope"], answer.Names);
    }

    [Fact]
    public async Task LargeVaultHasThatManyItems()
    {
        await using EmbeddedServer server = await EmbeddedServer.StartAsync(new() { LargeVaultItems = 300 });
        using ServerClient client = new(server);
        await client.LoginAsync(server.Accounts[2]);
        Assert.Equal(300, (await client.GetAsync("/api/sync")).Json.GetProperty("ciphers").GetArrayLength());
        Assert.True(server.Accounts[2].Items.ContainsKey("item-00300"));
    }

    private async Task<Answer> Refused(Action<ServerClient> prepare)
    {
        prepare(Client);
        Answer answer = await Client.GetAsync("/api/sync");
        Assert.Equal(HttpStatusCode.Unauthorized, answer.Status);
        Assert.Equal("", answer.Text);
        return answer;
    }

    private string Decrypt(JsonElement value) => Server.Pbkdf2.UserKey.DecryptText(EncString.Parse(value.GetString()!));
}
