using System.Net;
using Bitwarden.Core.Api;
using Bitwarden.Core.Auth;
using Bitwarden.Core.Crypto;
using Bitwarden.Core.Errors;
using Bitwarden.Core.Sessions;
using Bitwarden.Core.Tests.Scripted;
using Bitwarden.TestServer;
using Xunit;

namespace Bitwarden.Core.Tests.Sessions;

/// <summary>The error catalogue of the token endpoint (protocol 3.5), row by row.</summary>
public sealed class PasswordLoginErrorTests : IAsyncLifetime
{
    private const string WrongCaptcha =
        """{"error":"invalid_grant","error_description":"Captcha is invalid. Please refresh and try again","HCaptcha_SiteKey":"k"}""";

    private const string Disabled =
        """{"error":"invalid_grant","error_description":"invalid_username_or_password","ErrorModel":{"Message":"This user has been disabled."}}""";

    private const string WrongCode =
        """{"error":"invalid_grant","error_description":"invalid_username_or_password","ErrorModel":{"Message":"Two-step token is invalid. Try again."}}""";

    private const string OldVersion =
        """{"error":"invalid_client_version","ErrorModel":{"Message":"Please update your app to continue using Bitwarden"}}""";

    private const string WrongTotp =
        """{"error":"","error_description":"","errorModel":{"message":"Invalid TOTP code! Server time: 2026-01-02 03:04:05 UTC IP: ::1"}}""";

    private LoginHarness _harness = null!;

    private TestAccount Account => _harness.Account;

    public async ValueTask InitializeAsync() => _harness = await LoginHarness.StartAsync();

    public ValueTask DisposeAsync() => _harness.DisposeAsync();

    [Theory]
    [InlineData(TwoFactorMethod.Duo)]
    [InlineData(TwoFactorMethod.OrganizationDuo)]
    [InlineData(TwoFactorMethod.WebAuthn)]
    public async Task MethodThatNeedsABrowserIsUnsupported(TwoFactorMethod method)
    {
        Account.TwoFactor.TurnOn(method);
        using PasswordLogin login = await _harness.BeginAsync();
        TwoFactorRequiredException failure = (TwoFactorRequiredException)await _harness.FailAsync(login, "TwoFactorUnsupported");
        Assert.Empty(failure.Methods);
        Assert.Contains($"{method} only, which needs a browser", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WrongTwoStepCodeIsRejected()
    {
        Account.TwoFactorCode = "123456";
        using PasswordLogin login = await _harness.BeginAsync();
        login.TwoFactor = new TwoFactorAnswer(TwoFactorMethod.Authenticator, "654321", Remember: false);
        await _harness.FailAsync(login, "TwoFactorCodeRejected");
    }

    [Fact]
    public async Task WrongNewDeviceCodeIsRejected()
    {
        Account.VerifyNewDevices = true;
        using PasswordLogin login = await _harness.BeginAsync();
        await _harness.FailAsync(login, "NewDeviceVerification");
        login.NewDeviceCode = "wrong-code";
        await _harness.FailAsync(login, "NewDeviceCodeRejected");
    }

    [Fact]
    public async Task WrongChallengeAnswerIsRejected()
    {
        Account.RequireChallenge = true;
        using SecretBytes answer = SecretBytes.FromCharacters("0123456789abcdefghijABCDEFGHIJ");
        using PasswordLogin login = await _harness.BeginAsync();
        await _harness.FailAsync(login, "AdditionalAuthenticationRequired");
        login.ChallengeAnswer = answer;
        await _harness.FailAsync(login, "ChallengeRejected");
    }

    [Fact]
    public async Task SingleSignOnPolicyIsNamed()
    {
        Account.RequireSso = true;
        using PasswordLogin login = await _harness.BeginAsync();
        Assert.Contains("single sign-on", (await _harness.FailAsync(login, "SsoRequired")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task LegacyAccountIsToldSo()
    {
        Account.IsLegacy = true;
        using PasswordLogin login = await _harness.BeginAsync();
        await _harness.FailAsync(login, "LegacyAccount");
    }

    [Fact]
    public async Task WrongPasswordNamesTheAccountAndTheHost()
    {
        using PasswordLogin login = await _harness.BeginAsync("wrong horse");
        BitwardenException failure = await _harness.FailAsync(login, "InvalidMasterPassword");
        Assert.Contains(Account.Email, failure.Message, StringComparison.Ordinal);
        Assert.Contains(_harness.Server.HttpUrl.Authority, failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("wrong horse", failure.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task UnknownEmailLooksLikeAWrongPassword()
    {
        using PasswordLogin login = await _harness.BeginAsync(email: "nobody@example.org");
        await _harness.FailAsync(login, "InvalidMasterPassword");
    }

    [Theory]
    [InlineData("keyconnector@example.org")]
    [InlineData("tde@example.org")]
    public async Task AccountWithoutAMasterPasswordRefusesAny(string email)
    {
        using PasswordLogin login = await _harness.BeginAsync(email: email);
        await _harness.FailAsync(login, "InvalidMasterPassword");
    }

    [Fact]
    public async Task RateLimitTellsHowLongToWait()
    {
        _harness.Server.TokenRequestsPerMinute = 0;
        using PasswordLogin login = await _harness.BeginAsync();
        ServerException failure = (ServerException)await _harness.FailAsync(login, "RateLimited");
        Assert.InRange(failure.RetryAfter!.Value, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(60));
        Assert.Single(_harness.TokenRequests);
    }

    [Theory]
    [InlineData(FaultKind.Html, "UnexpectedResponse")]
    [InlineData(FaultKind.HtmlForbidden, "UnexpectedResponse")]
    [InlineData(FaultKind.Redirect, "UnexpectedResponse")]
    [InlineData(FaultKind.TruncatedJson, "UnexpectedResponse")]
    public async Task PageOfAProxyIsNotShown(FaultKind fault, string code)
    {
        using PasswordLogin login = await _harness.BeginAsync();
        _harness.Server.Faults.Add(new Fault("/identity/connect/token", fault));
        BitwardenException failure = await _harness.FailAsync(login, code);
        Assert.Contains(_harness.Server.HttpUrl.Authority, failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('<', failure.Message);
    }

    [Theory]
    [InlineData("{\"error\":\"invalid_client\"}", "AuthenticationFailed")]
    [InlineData("{\"error\":\"version_header_missing\",\"error_description\":\"No client version header found\"}", "ClientVersionRejected")]
    [InlineData(OldVersion, "ClientVersionRejected")]
    [InlineData("{\"error\":\"invalid_grant\",\"error_description\":\"Captcha required.\",\"HCaptcha_SiteKey\":\"k\"}", "AdditionalAuthenticationRequired")]
    [InlineData(WrongCaptcha, "ChallengeRejected")]
    [InlineData("{\"error\":\"invalid_grant\",\"TwoFactorProviders2\":{\"0\":null}}", "TwoFactorRequired")]
    [InlineData("{\"error\":\"invalid_grant\",\"twoFactorProviders2\":{\"7\":null,\"99\":null}}", "TwoFactorUnsupported")]
    [InlineData("""{"error":"invalid_grant","TwoFactorProviders2":{},"ErrorModel":{"Message":"No two-step method is set up."}}""", "AuthenticationFailed")]
    [InlineData("{\"error\":\"device_error\",\"error_description\":\"NEW DEVICE VERIFICATION REQUIRED\"}", "NewDeviceVerification")]
    [InlineData("{\"error\":\"device_error\",\"errorModel\":{\"message\":\"invalid new device otp\"}}", "NewDeviceCodeRejected")]
    [InlineData("{\"error\":\"device_error\",\"error_description\":\"No device information provided\"}", "AuthenticationFailed")]
    [InlineData("{\"error\":\"sso_required\"}", "SsoRequired")]
    [InlineData("{\"error\":\"invalid_grant\",\"ErrorModel\":{\"Message\":\"SSO authentication is required.\"}}", "SsoRequired")]
    [InlineData("{\"error\":\"invalid_grant\",\"ErrorModel\":{\"Message\":\"Legacy encryption without a userkey is no longer supported.\"}}", "LegacyAccount")]
    [InlineData("{\"error\":\"invalid_grant\",\"error_description\":\"invalid_username_or_password\"}", "InvalidMasterPassword")]
    [InlineData("""{"error":"","error_description":"","errorModel":{"message":"Username or password is incorrect. Try again"}}""", "InvalidMasterPassword")]
    [InlineData(WrongCode, "TwoFactorCodeRejected")]
    [InlineData(WrongTotp, "TwoFactorCodeRejected")]
    [InlineData(Disabled, "AuthenticationFailed")]
    public async Task BodyIsTranslated(string body, string code)
    {
        BitwardenException failure = await FailScriptedAsync(HttpStatusCode.BadRequest, body);
        Assert.Equal(code, failure.Code);
    }

    [Fact]
    public async Task OtherRefusalIsToldInTheServersOwnWords()
    {
        BitwardenException failure = await FailScriptedAsync(HttpStatusCode.BadRequest, Disabled);
        Assert.Contains("This user has been disabled.", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("not json")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{\"ErrorModel\":7}")]
    public async Task NonsenseIsAnApiError(string body) =>
        Assert.Equal("ApiError", (await FailScriptedAsync(HttpStatusCode.BadRequest, body)).Code);

    private static async Task<BitwardenException> FailScriptedAsync(HttpStatusCode status, string body)
    {
        ScriptedServer server = new();
        server.Answer("connect/token", status, body);
        using SecretBytes password = SecretBytes.FromCharacters(ScriptedVault.Password);
        ConnectionOptions options = new() { MessageHandler = server, TimeProvider = new ManualTimeProvider() };
        using PasswordLogin login = await PasswordLogin.BeginAsync(ScriptedVault.Email, password, server.Environment, options);
        BitwardenException failure = await Assert.ThrowsAnyAsync<BitwardenException>(() => login.SubmitAsync(new SessionOptions()));
        Assert.Equal(1, server.Count("connect/token"));
        Assert.DoesNotContain(ScriptedVault.Password, failure.ToString(), StringComparison.Ordinal);
        return failure;
    }
}
