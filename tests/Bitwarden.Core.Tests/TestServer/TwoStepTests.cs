using System.Net;
using System.Text.Json;
using Bitwarden.Core.Errors;
using Bitwarden.TestServer;
using Xunit;

namespace Bitwarden.Core.Tests.TestServer;

public sealed class TwoStepTests() : ServerTests(logIn: false)
{
    private const string SendPath = "/api/two-factor/send-email-login";
    private const string DeviceIdentifier = "5b1a4f4e-1111-4222-8333-444455556666";
    private TestAccount Account => Server.Pbkdf2;

    [Fact]
    public async Task DemandListsTheMethodsWithTheirMetadata()
    {
        Account.TwoFactor.TurnOn(TwoFactorMethod.WebAuthn);
        Account.TwoFactor.TurnOn(TwoFactorMethod.YubiKey, "cccccc");
        Account.TwoFactor.TurnOn(TwoFactorMethod.Duo);
        Account.TwoFactor.TurnOn(TwoFactorMethod.Email);
        Account.TwoFactorCode = "123456";

        Answer answer = await Client.TokenAsync(ServerClient.PasswordForm(Account));

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Equal(
            ["error", "error_description", "TwoFactorProviders", "TwoFactorProviders2", "MasterPasswordPolicy", "SsoEmail2faSessionToken", "Email"],
            answer.Names);
        Assert.Equal("Two factor required.", answer.Json.GetProperty("error_description").GetString());
        Assert.Equal("""["0","1","2","3","7"]""", answer.Json.GetProperty("TwoFactorProviders").GetRawText());
        JsonElement providers = answer.Json.GetProperty("TwoFactorProviders2");
        Assert.Equal(JsonValueKind.Null, providers.GetProperty("0").ValueKind);
        Assert.Equal("pb****@example.org", providers.GetProperty("1").GetProperty("Email").GetString());
        Assert.True(providers.GetProperty("2").TryGetProperty("AuthUrl", out _));
        Assert.True(providers.GetProperty("3").GetProperty("Nfc").GetBoolean());
        Assert.True(providers.GetProperty("7").TryGetProperty("challenge", out _));
        Assert.Equal("pbkdf2@example.org", answer.Json.GetProperty("Email").GetString());
    }

    [Fact]
    public async Task EmailMembersAreThereOnlyWithThatMethod()
    {
        Account.TwoFactor.TurnOn(TwoFactorMethod.YubiKey, "cccccc");
        Answer answer = await Client.TokenAsync(ServerClient.PasswordForm(Account));
        Assert.Equal(["error", "error_description", "TwoFactorProviders", "TwoFactorProviders2", "MasterPasswordPolicy"], answer.Names);
    }

    [Theory]
    [InlineData("3", "cccccc", true)]
    [InlineData("YubiKey", "cccccc", true)]
    [InlineData("3", "wrong", false)]
    [InlineData("0", "cccccc", false)]
    [InlineData("nonsense", "cccccc", false)]
    public async Task CodeIsGoodForItsOwnMethodOnly(string provider, string code, bool accepted)
    {
        Account.TwoFactor.TurnOn(TwoFactorMethod.YubiKey, "cccccc");
        Account.TwoFactorCode = "123456";

        Answer answer = await Client.TokenAsync(With(provider, code));

        Assert.Equal(accepted ? HttpStatusCode.OK : HttpStatusCode.BadRequest, answer.Status);
        Assert.True(accepted || answer.Json.GetProperty("ErrorModel").GetProperty("Message").GetString() == "Two-step token is invalid. Try again.");
    }

    [Fact]
    public async Task CodeOfAMethodThatIsOffIsWrong()
    {
        Account.TwoFactor.TurnOn(TwoFactorMethod.YubiKey, "cccccc");
        Account.TwoFactorCode = "123456";
        Account.TwoFactor.TurnOff(TwoFactorMethod.YubiKey);
        Assert.Equal(HttpStatusCode.BadRequest, (await Client.TokenAsync(With("3", "cccccc"))).Status);
    }

    [Fact]
    public async Task EmailCodeExistsOnceSentAndTheNewestOnlyAndOnce()
    {
        Account.TwoFactor.TurnOn(TwoFactorMethod.Email);
        await Client.TokenAsync(ServerClient.PasswordForm(Account));
        Assert.Empty(Account.SentEmailCodes);

        await SendAsync(Proof());
        await SendAsync(Proof());

        Assert.Equal(2, Account.SentEmailCodes.Count);
        if (Account.SentEmailCodes[0] != Account.SentEmailCodes[1])
        {
            Assert.Equal(HttpStatusCode.BadRequest, (await Client.TokenAsync(With("1", Account.SentEmailCodes[0]))).Status);
        }

        Assert.Equal(HttpStatusCode.OK, (await Client.TokenAsync(With("1", Account.SentEmailCodes[1]))).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await Client.TokenAsync(With("1", Account.SentEmailCodes[1]))).Status);
    }

    [Fact]
    public async Task ChosenEmailCodeIsGoodOnlyOnceItWasMailed()
    {
        Account.TwoFactor.TurnOn(TwoFactorMethod.Email, "654321");
        Assert.Equal(HttpStatusCode.BadRequest, (await Client.TokenAsync(With("1", "654321"))).Status);
        await SendAsync(Proof());
        Assert.Equal(HttpStatusCode.OK, (await Client.TokenAsync(With("1", "654321"))).Status);
    }

    [Fact]
    public async Task SessionTokenOfTheDemandProvesThePasswordToo()
    {
        Account.TwoFactor.TurnOn(TwoFactorMethod.Email);
        Answer demand = await Client.TokenAsync(ServerClient.PasswordForm(Account));
        string token = demand.Json.GetProperty("SsoEmail2faSessionToken").GetString()!;

        Answer sent = await SendAsync(new { email = Account.Email, ssoEmail2FaSessionToken = token, deviceIdentifier = DeviceIdentifier });

        Assert.Equal(HttpStatusCode.OK, sent.Status);

        Assert.Single(Account.SentEmailCodes);
    }

    [Fact]
    public async Task MailNeedsProofAMethodAndADeviceIdentifier()
    {
        Assert.Equal(HttpStatusCode.BadRequest, (await SendAsync(Proof())).Status);
        Account.TwoFactor.TurnOn(TwoFactorMethod.Email);
        (string email, string wrong, string deviceIdentifier) = (Account.Email, "d3Jvbmc=", DeviceIdentifier);
        Answer withoutDevice = await SendAsync(new { email, masterPasswordHash = Account.MasterPasswordHash });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, withoutDevice.Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await SendAsync(new { email, masterPasswordHash = wrong, deviceIdentifier })).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await SendAsync(new { email, ssoEmail2FaSessionToken = "made-up", deviceIdentifier })).Status);
        Answer ofNobody = await SendAsync(new { email = "nobody@example.org", masterPasswordHash = wrong, deviceIdentifier });
        Assert.Equal(HttpStatusCode.BadRequest, ofNobody.Status);
        Assert.Empty(Account.SentEmailCodes);
    }

    [Fact]
    public async Task RememberTokenStandsForTheSecondStepUntilItExpires()
    {
        Account.TwoFactorCode = "123456";
        Dictionary<string, string> form = With("0", "123456");
        Assert.DoesNotContain("TwoFactorToken", (await Client.TokenAsync(form)).Names);
        form["twoFactorRemember"] = "1";
        string token = (await Client.TokenAsync(form)).Json.GetProperty("TwoFactorToken").GetString()!;

        Answer remembered = await Client.TokenAsync(With("5", token));
        Account.TwoFactor.ForgetDevices();
        Answer forgotten = await Client.TokenAsync(With("5", token));

        Assert.Equal(HttpStatusCode.OK, remembered.Status);
        Assert.DoesNotContain("TwoFactorToken", remembered.Names);
        Assert.Equal("Two factor required.", forgotten.Json.GetProperty("error_description").GetString());
        Assert.Contains("TwoFactorProviders2", (await Client.TokenAsync(With("5", "made-up"))).Names);
    }

    [Fact]
    public async Task ChallengeIsDemandedInEveryRound()
    {
        Account.RequireChallenge = true;
        Account.TwoFactorCode = "123456";
        Dictionary<string, string> form = With("0", "123456");
        Assert.Contains("HCaptcha_SiteKey", (await Client.TokenAsync(form)).Names);
        form["captchaResponse"] = "wrong";
        Assert.Contains("HCaptcha_SiteKey", (await Client.TokenAsync(form)).Names);
        form["captchaResponse"] = Account.ClientSecret;
        Assert.Equal(HttpStatusCode.OK, (await Client.TokenAsync(form)).Status);
    }

    private object Proof() => new { email = Account.Email, masterPasswordHash = Account.MasterPasswordHash, deviceIdentifier = DeviceIdentifier };

    private Task<Answer> SendAsync(object body) => Client.PostAsync(SendPath, body);

    private Dictionary<string, string> With(string provider, string code) =>
        new(ServerClient.PasswordForm(Account)) { ["twoFactorProvider"] = provider, ["twoFactorToken"] = code };
}
