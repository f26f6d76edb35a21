using System.Net;
using System.Text.Json;
using Bitwarden.Core.Crypto;
using Bitwarden.TestServer;
using Xunit;

namespace Bitwarden.Core.Tests.TestServer;

public sealed class OtherAccountTests : IAsyncLifetime
{
    private EmbeddedServer _server = null!;
    private ServerClient _client = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await EmbeddedServer.StartAsync();
        _client = new ServerClient(_server);
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task KeyConnectorAnswerHasAKeyButNothingAboutAMasterPassword()
    {
        Answer answer = await _client.TokenAsync(ServerClient.ApiKeyForm(_server.KeyConnector));

        Assert.True(answer.Json.GetProperty("ApiUseKeyConnector").GetBoolean());
        Assert.StartsWith("2.", answer.Json.GetProperty("Key").GetString());
        Assert.Equal("""{"HasMasterPassword":false,"Object":"userDecryptionOptions"}""", answer.Json.GetProperty("UserDecryptionOptions").GetRawText());
    }

    [Fact]
    public async Task SyncSaysWhereTheKeyConnectorIs()
    {
        await _client.LoginAsync(_server.KeyConnector);

        JsonElement sync = (await _client.GetAsync("/api/sync")).Json;

        JsonElement organization = sync.GetProperty("profile").GetProperty("organizations")[0];
        Assert.True(sync.GetProperty("profile").GetProperty("usesKeyConnector").GetBoolean());
        Assert.True(organization.GetProperty("keyConnectorEnabled").GetBoolean());
        Assert.Equal($"https://localhost:{_server.HttpsUrl.Port}/key-connector", organization.GetProperty("keyConnectorUrl").GetString());
        Assert.Equal(JsonValueKind.Null, sync.GetProperty("userDecryption").GetProperty("masterPasswordUnlock").ValueKind);
    }

    [Fact]
    public async Task KeyOfTheKeyConnectorOpensTheVault()
    {
        await _client.LoginAsync(_server.KeyConnector);
        JsonElement profile = (await _client.GetAsync("/api/accounts/profile")).Json;

        Answer answer = await _client.GetAsync("/key-connector/user-keys");

        Assert.Equal(["key"], answer.Names);
        using MasterKey masterKey = MasterKey.FromBytes(answer.Json.GetProperty("key").GetBytesFromBase64());
        using SymmetricKey userKey = masterKey.UnwrapUserKey(EncString.Parse(profile.GetProperty("key").GetString()!));
        Assert.Equal(_server.KeyConnector.UserKey.DeriveKeyId(), userKey.DeriveKeyId());
    }

    [Fact]
    public async Task KeyConnectorNeedsATokenAndCanBeEmptyOrSendElsewhere()
    {
        Assert.Equal(HttpStatusCode.Unauthorized, (await _client.GetAsync("/key-connector/user-keys")).Status);
        await _client.LoginAsync(_server.Pbkdf2);
        Assert.Equal(HttpStatusCode.NotFound, (await _client.GetAsync("/key-connector/user-keys")).Status);
        await _client.LoginAsync(_server.KeyConnector);
        _server.KeyConnector.KeyConnectorKey = null;
        Assert.Equal(HttpStatusCode.NotFound, (await _client.GetAsync("/key-connector/user-keys")).Status);
        await _client.PostAsync("/_test/accounts/keyconnector@example.org/key-connector", new { redirect = "https://elsewhere.example.org/user-keys" });
        Answer redirect = await _client.GetAsync("/key-connector/user-keys");
        Assert.Equal(HttpStatusCode.Redirect, redirect.Status);
        Assert.Equal("https://elsewhere.example.org/user-keys", redirect.Headers.Location!.OriginalString);
    }

    [Theory]
    [InlineData("keyconnector@example.org")]
    [InlineData("tde@example.org")]
    public async Task AccountWithoutAMasterPasswordTakesNoPasswordNotEvenAnEmptyOne(string email)
    {
        TestAccount account = _server.Accounts.Single(known => known.Email == email);
        Assert.Equal("", ServerClient.PasswordForm(account)["password"]);
        Assert.Equal("invalid_username_or_password", (await _client.TokenAsync(ServerClient.PasswordForm(account))).Json.GetProperty("error_description").GetString());
        await _client.LoginAsync(account);
        Assert.Equal(HttpStatusCode.BadRequest, (await _client.PostAsync("/api/accounts/api-key", new { masterPasswordHash = "d3Jvbmc=" })).Status);
    }

    [Fact]
    public async Task TrustedDeviceAnswerHasNoKeyAtAll()
    {
        Answer answer = await _client.TokenAsync(ServerClient.ApiKeyForm(_server.TrustedDevice));

        Assert.DoesNotContain("Key", answer.Names);
        Assert.DoesNotContain("ApiUseKeyConnector", answer.Names);
        Assert.Equal("""{"HasMasterPassword":false,"Object":"userDecryptionOptions"}""", answer.Json.GetProperty("UserDecryptionOptions").GetRawText());
        _client.UseToken(answer.Json.GetProperty("access_token").GetString());
        JsonElement profile = (await _client.GetAsync("/api/accounts/profile")).Json;
        Assert.Equal(JsonValueKind.Null, profile.GetProperty("key").ValueKind);
        Assert.False(profile.GetProperty("usesKeyConnector").GetBoolean());
    }

    [Fact]
    public async Task ProfileSaysWhatTheAccountIs()
    {
        await _client.LoginAsync(_server.Weak);
        JsonElement weak = (await _client.GetAsync("/api/accounts/profile")).Json;
        await _client.LoginAsync(_server.Pbkdf2);
        _server.Pbkdf2.TwoFactor.TurnOn(Core.Auth.TwoFactorMethod.Email);
        JsonElement strong = (await _client.GetAsync("/api/accounts/profile")).Json;

        Assert.Equal((false, false, false), Flags(weak));
        Assert.Equal((true, true, true), Flags(strong));
    }

    [Fact]
    public async Task WeakKdfIsAnnounced()
    {
        Answer answer = await _client.PostAsync("/identity/accounts/prelogin", new { email = "weak@example.org" });
        Assert.Equal(100_000, answer.Json.GetProperty("kdfIterations").GetInt32());
        Assert.Equal(_server.Weak.Kdf, new KdfSettings(KdfType.Pbkdf2Sha256, 100_000));
    }

    private static (bool TwoFactor, bool Premium, bool EmailVerified) Flags(JsonElement profile) => (
        profile.GetProperty("twoFactorEnabled").GetBoolean(),
        profile.GetProperty("premium").GetBoolean(),
        profile.GetProperty("emailVerified").GetBoolean());
}
