using System.Net;
using System.Text.Json;
using Bitwarden.Core.Crypto;
using Bitwarden.Core.Tests.Scripted;
using Bitwarden.TestServer;
using Xunit;

namespace Bitwarden.Core.Tests.TestServer;

public sealed class LoginRuleTests() : ServerTests(logIn: false)
{
    private const string ResendPath = "/api/accounts/resend-new-device-otp";
    private TestAccount Account => Server.Pbkdf2;

    [Fact]
    public async Task UnknownDeviceNeedsAMailedCodeOnce()
    {
        Account.VerifyNewDevices = true;
        Dictionary<string, string> form = ServerClient.PasswordForm(Account);

        Answer asked = await Client.TokenAsync(form);
        form["newDeviceOtp"] = "wrong";
        Answer wrong = await Client.TokenAsync(form);
        form["newDeviceOtp"] = Assert.Single(Account.SentNewDeviceCodes);
        Answer right = await Client.TokenAsync(form);
        form.Remove("newDeviceOtp");

        const string Model = """{"Message":"new device verification required","Object":"error"}""";
        Assert.Equal($$"""{"error":"device_error","error_description":"New device verification required","ErrorModel":{{Model}}}""", asked.Text);
        Assert.Equal("invalid new device otp", wrong.Json.GetProperty("ErrorModel").GetProperty("Message").GetString());
        Assert.Equal("Invalid New Device OTP", wrong.Json.GetProperty("error_description").GetString());
        Assert.Equal(HttpStatusCode.OK, right.Status);
        Assert.Equal(HttpStatusCode.OK, (await Client.TokenAsync(form)).Status);
    }

    [Fact]
    public async Task NewDevicesAreNotAskedOfApiKeysNorWithTwoStepLogin()
    {
        Account.VerifyNewDevices = true;
        Assert.Equal(HttpStatusCode.OK, (await Client.TokenAsync(Elsewhere(ServerClient.ApiKeyForm(Account)))).Status);
        Account.TwoFactorCode = "123456";
        Dictionary<string, string> form = new(ServerClient.PasswordForm(Account)) { ["twoFactorProvider"] = "0", ["twoFactorToken"] = "123456" };
        Assert.Equal(HttpStatusCode.OK, (await Client.TokenAsync(form)).Status);
    }

    [Fact]
    public async Task ResendIsAlwaysSuccessButMailsForTheRightHashOnly()
    {
        Account.VerifyNewDevices = true;
        await Client.TokenAsync(ServerClient.PasswordForm(Account));
        Assert.Equal(HttpStatusCode.OK, (await Client.PostAsync(ResendPath, new { email = Account.Email, masterPasswordHash = "d3Jvbmc=" })).Status);
        Assert.Equal(HttpStatusCode.OK, (await Client.PostAsync(ResendPath, new { email = "nobody@example.org", masterPasswordHash = "d3Jvbmc=" })).Status);
        Assert.Single(Account.SentNewDeviceCodes);
        Answer sent = await Client.PostAsync(ResendPath, new { email = Account.Email, masterPasswordHash = Account.MasterPasswordHash });
        Assert.Equal(HttpStatusCode.OK, sent.Status);
        Assert.Equal(2, Account.SentNewDeviceCodes.Count);
    }

    [Fact]
    public async Task SingleSignOnPolicyRefusesPasswordsAndExemptsApiKeys()
    {
        Account.RequireSso = true;
        Account.TwoFactorCode = "123456";

        Answer answer = await Client.TokenAsync(ServerClient.PasswordForm(Account));

        Assert.Equal("invalid_grant", answer.Json.GetProperty("error").GetString());
        Assert.Equal("Sso authentication is required.", answer.Json.GetProperty("error_description").GetString());
        Assert.Equal("Sso authentication is required.", answer.Json.GetProperty("ErrorModel").GetProperty("Message").GetString());
        Assert.Contains("SsoOrganizationIdentifier", answer.Names);
        Assert.Equal(HttpStatusCode.OK, (await Client.TokenAsync(ServerClient.ApiKeyForm(Account))).Status);
    }

    [Theory]
    [InlineData("2025.5.1", null, "Auth-Email header invalid.")]
    [InlineData("2025.5.1", "!", "Auth-Email header invalid.")]
    [InlineData("2025.5.1", "b3RoZXJAZXhhbXBsZS5vcmc", "Auth-Email header invalid.")]
    [InlineData("2025.5.1", "cGJrZGYyQGV4YW1wbGUub3Jn", null)]
    [InlineData("2025.5.2", null, null)]
    public async Task OldServersCheckTheHeaderBeforeAnythingElse(string version, string? header, string? refusal)
    {
        await using EmbeddedServer server = await EmbeddedServer.StartAsync(new() { ServerVersion = new Version(version) });
        server.Pbkdf2.RequireChallenge = refusal is not null;
        using ServerClient client = new(server);
        Answer answer = await client.TokenAsync(ServerClient.PasswordForm(server.Pbkdf2), header);
        Assert.Equal(refusal is null ? HttpStatusCode.OK : HttpStatusCode.BadRequest, answer.Status);
        Assert.Equal(refusal, answer.Json.TryGetProperty("error_description", out JsonElement text) ? text.GetString() : null);
    }

    [Fact]
    public async Task WrongPasswordIsToldBeforeAnyRule()
    {
        Account.RequireSso = true;
        Account.TwoFactorCode = "123456";
        Dictionary<string, string> form = new(ServerClient.PasswordForm(Account)) { ["password"] = "wrong" };
        Assert.Equal("invalid_username_or_password", (await Client.TokenAsync(form)).Json.GetProperty("error_description").GetString());
    }

    [Fact]
    public async Task LegacyAccountIsRefusedLast()
    {
        Account.IsLegacy = true;
        Answer password = await Client.TokenAsync(ServerClient.PasswordForm(Account));
        Answer key = await Client.TokenAsync(ServerClient.ApiKeyForm(Account));
        Assert.Equal(["error", "ErrorModel"], password.Names);
        string? message = password.Json.GetProperty("ErrorModel").GetProperty("Message").GetString();
        Assert.StartsWith("Legacy encryption without a userkey is no longer supported.", message);
        Assert.Equal(password.Text, key.Text);
    }

    [Fact]
    public async Task NewSecurityStampEndsRefreshTokensOnly()
    {
        Answer login = await Client.TokenAsync(ServerClient.PasswordForm(Account));
        Client.UseToken(login.Json.GetProperty("access_token").GetString());
        string before = await StampAsync();

        Account.ChangeSecurityStamp();

        Answer refused = await Client.TokenAsync(ServerClient.RefreshForm(login.Json.GetProperty("refresh_token").GetString()!));
        Assert.Equal(HttpStatusCode.BadRequest, refused.Status);
        Assert.Equal("""{"error":"invalid_grant"}""", refused.Text);
        Assert.NotEqual(before, await StampAsync());
    }

    [Fact]
    public async Task ChangedPasswordOpensTheSameUserKeyAndEndsSessions()
    {
        Answer login = await Client.TokenAsync(ServerClient.PasswordForm(Account));
        Dictionary<string, string> oldForm = ServerClient.PasswordForm(Account);
        string keyId = Account.UserKey.DeriveKeyId();

        Account.ChangeMasterPassword("another horse ü");

        Assert.Equal("invalid_username_or_password", (await Client.TokenAsync(oldForm)).Json.GetProperty("error_description").GetString());
        Answer refused = await Client.TokenAsync(ServerClient.RefreshForm(login.Json.GetProperty("refresh_token").GetString()!));
        Assert.Equal(HttpStatusCode.BadRequest, refused.Status);
        Answer again = await Client.TokenAsync(ServerClient.PasswordForm(Account));
        Assert.Equal(keyId, Unwrap(again, "another horse ü", KdfSettings.DefaultPbkdf2));
    }

    [Fact]
    public async Task ChangedKdfIsAnnouncedEverywhereAndOpensTheSameUserKey()
    {
        KdfSettings kdf = new(KdfType.Argon2id, 2, 16, 1);
        string oldHash = Account.MasterPasswordHash;
        await Client.LoginAsync(Account);
        long before = (await Client.GetAsync("/api/accounts/revision-date")).Json.GetInt64();

        Account.ChangeKdf(kdf);

        Assert.NotEqual(oldHash, Account.MasterPasswordHash);
        Answer prelogin = await Client.PostAsync("/identity/accounts/prelogin", new { email = Account.Email });
        Assert.Equal(16, prelogin.Json.GetProperty("kdfMemory").GetInt32());
        Assert.Equal(Account.UserKey.DeriveKeyId(), Unwrap(await Client.TokenAsync(ServerClient.PasswordForm(Account)), Account.MasterPassword, kdf));
        Assert.True((await Client.GetAsync("/api/accounts/revision-date")).Json.GetInt64() > before);
    }

    [Fact]
    public async Task TooManyTokenRequestsAMinuteGetRetryAfter()
    {
        Server.TokenRequestsPerMinute = 2;
        await Client.TokenAsync(ServerClient.ApiKeyForm(Account));
        await Client.TokenAsync(ServerClient.ApiKeyForm(Account));

        Answer answer = await Client.TokenAsync(ServerClient.ApiKeyForm(Account));

        Assert.Equal(HttpStatusCode.TooManyRequests, answer.Status);
        Assert.InRange(answer.Headers.RetryAfter!.Delta!.Value, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(60));
        Assert.Equal("error", answer.Json.GetProperty("object").GetString());
        Assert.StartsWith("Slow down! Too many requests.", answer.Json.GetProperty("message").GetString());
        Assert.DoesNotContain("error", answer.Names);
        Server.TokenRequestsPerMinute = null;
        Assert.Equal(HttpStatusCode.OK, (await Client.TokenAsync(ServerClient.ApiKeyForm(Account))).Status);
    }

    [Fact]
    public async Task TokenRequestsAreTakenAgainAMinuteLater()
    {
        Server.TokenRequestsPerMinute = 1;
        Assert.Equal(HttpStatusCode.OK, (await Client.TokenAsync(ServerClient.ApiKeyForm(Account))).Status);
        Assert.Equal(HttpStatusCode.TooManyRequests, (await Client.TokenAsync(ServerClient.ApiKeyForm(Account))).Status);
        Server.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(HttpStatusCode.OK, (await Client.TokenAsync(ServerClient.ApiKeyForm(Account))).Status);
    }

    [Fact]
    public async Task WrongPasswordsAndCodesAreDelayedButNotWrongClients()
    {
        ManualTimeProvider time = new();
        TimeSpan delay = TimeSpan.FromSeconds(2);
        await using EmbeddedServer server = await EmbeddedServer.StartAsync(new() { FailedLoginDelay = delay, TimeProvider = time });
        using ServerClient client = new(server);
        server.Pbkdf2.TwoFactorCode = "123456";
        Dictionary<string, string> form = new(ServerClient.PasswordForm(server.Pbkdf2)) { ["twoFactorProvider"] = "0", ["twoFactorToken"] = "000000" };
        Dictionary<string, string> key = new(ServerClient.ApiKeyForm(server.Pbkdf2)) { ["client_secret"] = "wrong" };

        await AnswersAfterAsync(delay, time, client.TokenAsync(form));
        form["password"] = "wrong";
        await AnswersAfterAsync(delay, time, client.TokenAsync(form));

        // The clock stands still: an answer that waited for it would not come.
        Answer refused = await client.TokenAsync(key).WaitAsync(TimeSpan.FromSeconds(60));
        Assert.Equal(HttpStatusCode.BadRequest, refused.Status);
    }

    [Fact]
    public async Task ControlOverHttpSwitchesEveryRule()
    {
        await Client.PostAsync("/_test/accounts/pbkdf2@example.org/login-rules", new
        {
            twoFactor = new Dictionary<string, string?> { ["Email"] = null, ["YubiKey"] = "cccccc" },
            verifyNewDevices = true,
        });
        Answer demand = await Client.TokenAsync(ServerClient.PasswordForm(Account));
        Assert.Equal("""["1","3"]""", demand.Json.GetProperty("TwoFactorProviders").GetRawText());
        await Client.PostAsync(
            "/api/two-factor/send-email-login", new { email = Account.Email, masterPasswordHash = Account.MasterPasswordHash, deviceIdentifier = "d" });
        Answer mail = await Client.GetAsync("/_test/accounts/pbkdf2@example.org/mail");
        Assert.Equal(Account.SentEmailCodes.Single(), mail.Json.GetProperty("twoFactorCodes")[0].GetString());

        await Client.PostAsync(
            "/_test/accounts/pbkdf2@example.org/login-rules",
            new { requireSso = true, isLegacy = true, requireChallenge = true, twoFactorCode = "1", newDeviceOtp = "2" });
        Assert.Equal((true, true, true), (Account.RequireSso, Account.IsLegacy, Account.RequireChallenge));
        Assert.Equal(("1", "2", false), (Account.TwoFactorCode, Account.NewDeviceOtp, Account.VerifyNewDevices));
        await Client.PostAsync("/_test/accounts/pbkdf2@example.org/login-rules", new { });
        Assert.Equal(HttpStatusCode.OK, (await Client.TokenAsync(ServerClient.PasswordForm(Account))).Status);
    }

    [Fact]
    public async Task ControlOverHttpDoesWhatAnOwnerDoes()
    {
        string stamp = Account.SecurityStamp;
        await Client.PostAsync("/_test/accounts/pbkdf2@example.org/security-stamp");
        Assert.NotEqual(stamp, Account.SecurityStamp);
        await Client.PostAsync("/_test/accounts/pbkdf2@example.org/master-password", new { masterPassword = "told over http" });
        Assert.Equal("told over http", Account.MasterPassword);
        await Client.PostAsync("/_test/accounts/pbkdf2@example.org/change-kdf", new { type = 0, iterations = 5000 });
        Answer changed = await Client.TokenAsync(ServerClient.PasswordForm(Account));
        Assert.Equal(Account.UserKey.DeriveKeyId(), Unwrap(changed, "told over http", new(KdfType.Pbkdf2Sha256, 5000)));
        await Client.PostAsync("/_test/token-rate", new { perMinute = 0 });
        Assert.Equal(HttpStatusCode.TooManyRequests, (await Client.TokenAsync(ServerClient.ApiKeyForm(Account))).Status);
    }

    private static Dictionary<string, string> Elsewhere(Dictionary<string, string> form) =>
        new(form) { ["deviceIdentifier"] = "00000000-aaaa-4bbb-8ccc-000000000000" };

    private static async Task AnswersAfterAsync(TimeSpan delay, ManualTimeProvider time, Task<Answer> answering)
    {
        TimeSpan tick = TimeSpan.FromTicks(1);
        await Poll.UntilAsync("a delayed answer", () => time.Waiting > 0 || answering.IsCompleted);
        time.Advance(delay - tick);
        Assert.Equal((false, 1), (answering.IsCompleted, time.Waiting));
        time.Advance(tick);
        Assert.Equal(HttpStatusCode.BadRequest, (await answering).Status);
    }

    private string Unwrap(Answer answer, string password, KdfSettings kdf)
    {
        using MasterKey masterKey = MasterKey.Derive(System.Text.Encoding.UTF8.GetBytes(password), Account.Email, kdf);
        JsonElement unlock = answer.Json.GetProperty("UserDecryptionOptions").GetProperty("MasterPasswordUnlock");
        using SymmetricKey userKey = masterKey.UnwrapUserKey(EncString.Parse(unlock.GetProperty("MasterKeyEncryptedUserKey").GetString()!));
        return userKey.DeriveKeyId();
    }

    private async Task<string> StampAsync() => (await Client.GetAsync("/api/sync")).Json.GetProperty("profile").GetProperty("securityStamp").GetString()!;
}
