using System.Net;
using System.Text.Json;
using Bitwarden.Core.Crypto;
using Bitwarden.TestServer;
using Xunit;

namespace Bitwarden.Core.Tests.TestServer;

public sealed class TokenEndpointTests() : ServerTests(logIn: false)
{
    [Fact]
    public async Task ApiKeyAnswerHasTheOfficialCasing()
    {
        Answer answer = await Client.TokenAsync(ServerClient.ApiKeyForm(Server.Pbkdf2));

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Equal(
            [
                "access_token", "expires_in", "token_type", "scope", "PrivateKey", "Key", "MasterPasswordPolicy", "ForcePasswordReset",
                "Kdf", "KdfIterations", "KdfMemory", "KdfParallelism", "AccountKeys", "UserDecryptionOptions",
            ],
            answer.Names);
        Assert.Equal(3600, answer.Json.GetProperty("expires_in").GetInt32());
        Assert.Equal(JsonValueKind.Null, answer.Json.GetProperty("KdfMemory").ValueKind);
        Assert.True(answer.Json.GetProperty("AccountKeys").GetProperty("publicKeyEncryptionKeyPair").TryGetProperty("wrappedPrivateKey", out _));
        JsonElement kdf = answer.Json.GetProperty("UserDecryptionOptions").GetProperty("MasterPasswordUnlock").GetProperty("Kdf");
        Assert.Equal("""{"KdfType":0,"Iterations":600000}""", kdf.GetRawText());
        Assert.True(answer.Headers.CacheControl?.NoStore);
    }

    [Fact]
    public async Task KeyOfTheAnswerOpensWithTheMasterPassword()
    {
        TestAccount account = Server.Argon2id;
        Answer answer = await Client.TokenAsync(ServerClient.ApiKeyForm(account));

        byte[] password = System.Text.Encoding.UTF8.GetBytes(account.MasterPassword);
        using MasterKey masterKey = MasterKey.Derive(password, account.Email, KdfSettings.DefaultArgon2id);
        using SymmetricKey userKey = masterKey.UnwrapUserKey(EncString.Parse(answer.Json.GetProperty("Key").GetString()!));

        Assert.Equal(account.UserKey.DeriveKeyId(), userKey.DeriveKeyId());
        Assert.Equal(64, answer.Json.GetProperty("KdfMemory").GetInt32());
    }

    [Fact]
    public async Task AccessTokenCarriesTheOfficialClaims()
    {
        Answer answer = await Client.TokenAsync(ServerClient.ApiKeyForm(Server.Pbkdf2));

        string[] parts = answer.Json.GetProperty("access_token").GetString()!.Split('.');
        JsonElement claims = JsonDocument.Parse(Convert.FromBase64String(Pad(parts[1]))).RootElement;
        Assert.Equal(3, parts.Length);
        Assert.Equal(Server.Pbkdf2.UserId.ToString(), claims.GetProperty("sub").GetString());
        Assert.Equal("pbkdf2@example.org", claims.GetProperty("email").GetString());
        Assert.Equal(Server.Pbkdf2.ClientId, claims.GetProperty("client_id").GetString());
        Assert.Equal("http://127.0.0.1", claims.GetProperty("iss").GetString());
        Assert.Equal("Application", claims.GetProperty("amr")[0].GetString());
    }

    [Theory]
    [InlineData("client_secret", "wrong")]
    [InlineData("client_id", "user.00000000-0000-0000-0000-000000000000")]
    [InlineData("client_id", "user.no-guid")]
    [InlineData("client_id", "organization.5b1a4f4e-1111-4222-8333-444455556666")]
    public async Task WrongKeyIsInvalidClientAndNothingElse(string field, string value)
    {
        Dictionary<string, string> form = ServerClient.ApiKeyForm(Server.Pbkdf2);
        form[field] = value;

        Answer answer = await Client.TokenAsync(form);

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Equal("""{"error":"invalid_client"}""", answer.Text);
    }

    [Theory]
    [InlineData("api offline_access")]
    [InlineData("api.organization")]
    [InlineData("")]
    public async Task ScopeOfAnApiKeyIsExactlyApi(string scope)
    {
        Dictionary<string, string> form = ServerClient.ApiKeyForm(Server.Pbkdf2);
        form["scope"] = scope;

        Assert.Equal("""{"error":"invalid_scope"}""", (await Client.TokenAsync(form)).Text);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("2026")]
    [InlineData("v2026.8.0")]
    [InlineData("2026.8.0-beta")]
    public async Task MissingOrUnparsableVersionIsRefused(string? version)
    {
        using ServerClient client = new(Server, version);

        Answer answer = await client.TokenAsync(ServerClient.ApiKeyForm(Server.Pbkdf2));

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Equal("version_header_missing", answer.Json.GetProperty("error").GetString());
        Assert.Contains("Bitwarden-Client-Version", answer.Json.GetProperty("ErrorModel").GetProperty("Message").GetString());
    }

    [Theory]
    [InlineData("deviceType", "")]
    [InlineData("deviceType", "256")]
    [InlineData("deviceType", "linuxcli")]
    [InlineData("deviceIdentifier", "")]
    [InlineData("deviceName", " ")]
    public async Task DeviceFieldsAreRequired(string field, string value)
    {
        Dictionary<string, string> form = ServerClient.ApiKeyForm(Server.Pbkdf2);
        form[field] = value;

        Answer answer = await Client.TokenAsync(form);

        Assert.Equal("device_error", answer.Json.GetProperty("error").GetString());
        Assert.Equal("No device information provided", answer.Json.GetProperty("error_description").GetString());
        Assert.Equal("no device information provided", answer.Json.GetProperty("ErrorModel").GetProperty("Message").GetString());
    }

    [Fact]
    public async Task FirstFailureInTheOfficialOrderWins()
    {
        using ServerClient client = new(Server, version: null);
        Dictionary<string, string> form = ServerClient.ApiKeyForm(Server.Pbkdf2);
        form.Remove("deviceName");
        Assert.Equal("version_header_missing", (await client.TokenAsync(form)).Json.GetProperty("error").GetString());
        form["scope"] = "all";
        Assert.Equal("invalid_scope", (await client.TokenAsync(form)).Json.GetProperty("error").GetString());
        form["client_secret"] = "wrong";
        Assert.Equal("invalid_client", (await client.TokenAsync(form)).Json.GetProperty("error").GetString());
    }

    [Fact]
    public async Task PasswordLoginGivesARefreshTokenThatGivesTokensOnly()
    {
        Answer login = await Client.TokenAsync(ServerClient.PasswordForm(Server.Pbkdf2));
        string refreshToken = login.Json.GetProperty("refresh_token").GetString()!;

        Answer refreshed = await Client.TokenAsync(new()
        {
            ["grant_type"] = "refresh_token",
            ["client_id"] = "cli",
            ["refresh_token"] = refreshToken,
        });

        Assert.Equal(["access_token", "expires_in", "token_type", "scope", "refresh_token"], refreshed.Names);
        Assert.Equal(refreshToken, refreshed.Json.GetProperty("refresh_token").GetString());
    }

    [Fact]
    public async Task WrongPasswordHasTheOfficialErrorModel()
    {
        Dictionary<string, string> form = ServerClient.PasswordForm(Server.Pbkdf2);
        form["password"] = "wrong";

        Answer answer = await Client.TokenAsync(form);

        Assert.Equal("invalid_grant", answer.Json.GetProperty("error").GetString());
        Assert.Equal("Username or password is incorrect. Try again.", answer.Json.GetProperty("ErrorModel").GetProperty("Message").GetString());
    }

    [Fact]
    public async Task GrantOfTheOtherKindOfClientIsUnauthorized()
    {
        Dictionary<string, string> form = ServerClient.PasswordForm(Server.Pbkdf2);
        form["grant_type"] = "client_credentials";
        Assert.Equal("""{"error":"unauthorized_client"}""", (await Client.TokenAsync(form)).Text);
        form["grant_type"] = "magic";
        Assert.Equal("""{"error":"unsupported_grant_type"}""", (await Client.TokenAsync(form)).Text);
    }

    [Fact]
    public async Task RotatedSecretStopsLoginsButNotIssuedTokens()
    {
        Dictionary<string, string> oldForm = ServerClient.ApiKeyForm(Server.Pbkdf2);
        await Client.LoginAsync(Server.Pbkdf2);

        Answer rotated = await Client.PostAsync("/api/accounts/rotate-api-key", new { masterPasswordHash = Server.Pbkdf2.MasterPasswordHash });

        Assert.Equal(Server.Pbkdf2.ClientSecret, rotated.Json.GetProperty("apiKey").GetString());
        Assert.Equal("""{"error":"invalid_client"}""", (await Client.TokenAsync(oldForm)).Text);
        Assert.Equal(HttpStatusCode.OK, (await Client.GetAsync("/api/accounts/profile")).Status);
    }

    [Fact]
    public async Task ChallengeTakesTheClientSecretForAnAnswer()
    {
        Server.Pbkdf2.RequireChallenge = true;
        Dictionary<string, string> form = ServerClient.PasswordForm(Server.Pbkdf2);
        Assert.Contains("HCaptcha_SiteKey", (await Client.TokenAsync(form)).Names);
        form["captchaResponse"] = Server.Pbkdf2.ClientSecret;
        Assert.Equal(HttpStatusCode.OK, (await Client.TokenAsync(form)).Status);
    }

    [Fact]
    public async Task TwoFactorIsAskedOfPasswordsOnly()
    {
        Server.Pbkdf2.TwoFactorCode = "123456";
        Dictionary<string, string> form = ServerClient.PasswordForm(Server.Pbkdf2);
        Answer asked = await Client.TokenAsync(form);
        Assert.Equal("""{"0":null}""", asked.Json.GetProperty("TwoFactorProviders2").GetRawText());
        form["twoFactorProvider"] = "0";
        form["twoFactorToken"] = "123456";
        Assert.Equal(HttpStatusCode.OK, (await Client.TokenAsync(form)).Status);
        Assert.Equal(HttpStatusCode.OK, (await Client.TokenAsync(ServerClient.ApiKeyForm(Server.Pbkdf2))).Status);
    }

    [Fact]
    public async Task UnknownEmailGetsAStableFakeKdf()
    {
        Answer first = await Client.PostAsync("/identity/accounts/prelogin", new { email = "nobody@example.org" });
        Answer second = await Client.PostAsync("/identity/accounts/prelogin/password", new { email = "nobody@example.org" });
        Assert.Equal(["kdf", "kdfIterations", "kdfMemory", "kdfParallelism", "kdfSettings", "salt"], first.Names);
        Assert.Equal(first.Text, second.Text);
    }

    private static string Pad(string base64Url) =>
        base64Url.Replace('-', '+').Replace('_', '/') + new string('=', (4 - (base64Url.Length % 4)) % 4);
}
