using System.Net;
using System.Text.Json;
using Bitwarden.Core.Crypto;
using Bitwarden.TestServer;
using Xunit;

namespace Bitwarden.Core.Tests.TestServer;

public sealed class OtherAccountTests() : ServerTests(logIn: false)
{
    [Fact]
    public async Task KeyConnectorAnswerHasAKeyButNothingAboutAMasterPassword()
    {
        Answer answer = await Client.TokenAsync(ServerClient.ApiKeyForm(Server.KeyConnector));

        Assert.True(answer.Json.GetProperty("ApiUseKeyConnector").GetBoolean());
        Assert.StartsWith("2.", answer.Json.GetProperty("Key").GetString());
        Assert.Equal("""{"HasMasterPassword":false,"Object":"userDecryptionOptions"}""", answer.Json.GetProperty("UserDecryptionOptions").GetRawText());
    }

    [Fact]
    public async Task SyncSaysWhereTheKeyConnectorIs()
    {
        await Client.LoginAsync(Server.KeyConnector);

        JsonElement sync = (await Client.GetAsync("/api/sync")).Json;

        JsonElement organization = sync.GetProperty("profile").GetProperty("organizations")[0];
        Assert.True(sync.GetProperty("profile").GetProperty("usesKeyConnector").GetBoolean());
        Assert.True(organization.GetProperty("keyConnectorEnabled").GetBoolean());
        Assert.Equal($"https://localhost:{Server.HttpsUrl.Port}/key-connector", organization.GetProperty("keyConnectorUrl").GetString());
        Assert.Equal(JsonValueKind.Null, sync.GetProperty("userDecryption").GetProperty("masterPasswordUnlock").ValueKind);
    }

    [Fact]
    public async Task KeyOfTheKeyConnectorOpensTheVault()
    {
        await Client.LoginAsync(Server.KeyConnector);
        JsonElement profile = (await Client.GetAsync("/api/accounts/profile")).Json;

        Answer answer = await Client.GetAsync("/key-connector/user-keys");

        Assert.Equal(["key"], answer.Names);
        using MasterKey masterKey = MasterKey.FromBytes(answer.Json.GetProperty("key").GetBytesFromBase64());
        using SymmetricKey userKey = masterKey.UnwrapUserKey(EncString.Parse(profile.GetProperty("key").GetString()!));
        Assert.Equal(Server.KeyConnector.UserKey.DeriveKeyId(), userKey.DeriveKeyId());
    }

    [Fact]
    public async Task KeyConnectorNeedsATokenAndCanBeEmptyOrSendElsewhere()
    {
        Assert.Equal(HttpStatusCode.Unauthorized, (await Client.GetAsync("/key-connector/user-keys")).Status);
        await Client.LoginAsync(Server.Pbkdf2);
        Assert.Equal(HttpStatusCode.NotFound, (await Client.GetAsync("/key-connector/user-keys")).Status);
        await Client.LoginAsync(Server.KeyConnector);
        Server.KeyConnector.KeyConnectorKey = null;
        Assert.Equal(HttpStatusCode.NotFound, (await Client.GetAsync("/key-connector/user-keys")).Status);
        await Client.PostAsync("/_test/accounts/keyconnector@example.org/key-connector", new { redirect = "https://elsewhere.example.org/user-keys" });
        Answer redirect = await Client.GetAsync("/key-connector/user-keys");
        Assert.Equal(HttpStatusCode.Redirect, redirect.Status);
        Assert.Equal("https://elsewhere.example.org/user-keys", redirect.Headers.Location!.OriginalString);
    }

    [Theory]
    [InlineData("keyconnector@example.org")]
    [InlineData("tde@example.org")]
    public async Task AccountWithoutAMasterPasswordTakesNoPasswordNotEvenAnEmptyOne(string email)
    {
        TestAccount account = Server.Accounts.Single(known => known.Email == email);
        Assert.Equal("", ServerClient.PasswordForm(account)["password"]);
        Answer refused = await Client.TokenAsync(ServerClient.PasswordForm(account));
        Assert.Equal("invalid_username_or_password", refused.Json.GetProperty("error_description").GetString());
        await Client.LoginAsync(account);
        Assert.Equal(HttpStatusCode.BadRequest, (await Client.PostAsync("/api/accounts/api-key", new { masterPasswordHash = "d3Jvbmc=" })).Status);
    }

    [Fact]
    public async Task TrustedDeviceAnswerHasNoKeyAtAll()
    {
        Answer answer = await Client.TokenAsync(ServerClient.ApiKeyForm(Server.TrustedDevice));

        Assert.DoesNotContain("Key", answer.Names);
        Assert.DoesNotContain("ApiUseKeyConnector", answer.Names);
        Assert.Equal("""{"HasMasterPassword":false,"Object":"userDecryptionOptions"}""", answer.Json.GetProperty("UserDecryptionOptions").GetRawText());
        Client.UseToken(answer.Json.GetProperty("access_token").GetString());
        JsonElement profile = (await Client.GetAsync("/api/accounts/profile")).Json;
        Assert.Equal(JsonValueKind.Null, profile.GetProperty("key").ValueKind);
        Assert.False(profile.GetProperty("usesKeyConnector").GetBoolean());
    }

    [Fact]
    public async Task ProfileSaysWhatTheAccountIs()
    {
        await Client.LoginAsync(Server.Weak);
        JsonElement weak = (await Client.GetAsync("/api/accounts/profile")).Json;
        await Client.LoginAsync(Server.Pbkdf2);
        Server.Pbkdf2.TwoFactor.TurnOn(Core.Errors.TwoFactorMethod.Email);
        JsonElement strong = (await Client.GetAsync("/api/accounts/profile")).Json;

        Assert.Equal((false, false, false), Flags(weak));
        Assert.Equal((true, true, true), Flags(strong));
    }

    [Fact]
    public async Task WeakKdfIsAnnounced()
    {
        Answer answer = await Client.PostAsync("/identity/accounts/prelogin", new { email = "weak@example.org" });
        Assert.Equal(100_000, answer.Json.GetProperty("kdfIterations").GetInt32());
        Assert.Equal(Server.Weak.Kdf, new KdfSettings(KdfType.Pbkdf2Sha256, 100_000));
    }

    private static (bool TwoFactor, bool Premium, bool EmailVerified) Flags(JsonElement profile) => (
        profile.GetProperty("twoFactorEnabled").GetBoolean(),
        profile.GetProperty("premium").GetBoolean(),
        profile.GetProperty("emailVerified").GetBoolean());
}
