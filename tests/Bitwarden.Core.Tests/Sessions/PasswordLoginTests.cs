using System.Runtime.CompilerServices;
using Bitwarden.Core.Auth;
using Bitwarden.Core.Crypto;
using Bitwarden.Core.Errors;
using Bitwarden.Core.Sessions;
using Bitwarden.Core.Sessions.Unlocking;
using Bitwarden.TestServer;
using Xunit;

namespace Bitwarden.Core.Tests.Sessions;

public sealed class PasswordLoginTests : IAsyncLifetime
{
    private const string DeviceIdentifier = "80be957d-e3ec-4ada-9c32-b9c357cd7276";
    private LoginHarness _harness = null!;

    private TestAccount Account => _harness.Account;

    public async ValueTask InitializeAsync() => _harness = await LoginHarness.StartAsync();

    public ValueTask DisposeAsync() => _harness.DisposeAsync();

    [Fact]
    public async Task LoginGivesAnUnlockedSession()
    {
        using BitwardenSession session = await _harness.LoginAsync();
        Assert.Equal(BitwardenSessionState.Unlocked, session.State);
        Assert.Equal((Account.Email, null), (session.Account, session.ClientId));
        Assert.Equal(Account.Passwords["prod-sql"], session.GetVault().Find("prod-sql").Password!.RevealText());
    }

    [Fact]
    public async Task EachKdfLogsIn()
    {
        Account.ChangeKdf(new KdfSettings(KdfType.Argon2id, 2, 16, 2));
        using BitwardenSession session = await _harness.LoginAsync();
        Assert.Equal(Account.Kdf, session.Kdf);
    }

    [Fact]
    public async Task FormFieldsAreThoseOfTheOfficialClientInItsOrder()
    {
        using PasswordLogin login = await _harness.BeginAsync(device: DeviceIdentifier);
        using BitwardenSession session = await LoginHarness.SubmitAsync(login);

        LoggedRequest request = Assert.Single(_harness.TokenRequests);

        Assert.Equal("application/x-www-form-urlencoded; charset=utf-8", request.Headers["Content-Type"]);
        Assert.Equal(
            ["scope", "client_id", "deviceType", "deviceIdentifier", "deviceName", "grant_type", "username", "password"],
            request.Body.Split('&').Select(field => field.Split('=')[0]));
        Assert.Equal("api offline_access", request.Form["scope"]);
        Assert.Equal("cli", request.Form["client_id"]);
        Assert.Equal(DeviceIdentifier, request.Form["deviceIdentifier"]);
        Assert.Equal("password", request.Form["grant_type"]);
        Assert.Equal(Account.Email, request.Form["username"]);
        Assert.Equal(Account.MasterPasswordHash, request.Form["password"]);
    }

    [Theory]
    [InlineData("2025.5.1")]
    [InlineData("2024.12.0")]
    public async Task ServerThatChecksTheHeaderFirstLetsTheLoginThrough(string version)
    {
        await using LoginHarness old = await LoginHarness.StartAsync(new EmbeddedServerOptions { ServerVersion = new Version(version) });
        old.Account.RequireChallenge = true;
        using PasswordLogin login = await old.BeginAsync(email: " PBKDF2@example.org");
        await old.FailAsync(login, "AdditionalAuthenticationRequired");
        using SecretBytes answer = SecretBytes.FromCharacters(old.Account.ClientSecret);
        login.ChallengeAnswer = answer;
        using BitwardenSession session = await LoginHarness.SubmitAsync(login);
        Assert.Equal(BitwardenSessionState.Unlocked, session.State);
        Assert.All(old.TokenRequests, request => Assert.Equal("cGJrZGYyQGV4YW1wbGUub3Jn", request.Headers["Auth-Email"]));
        Assert.DoesNotContain(old.Server.Requests.All, request => request.Path != "/identity/connect/token" && request.Headers.ContainsKey("Auth-Email"));
    }

    [Fact]
    public async Task SecondStepFieldsStandWhereTheOfficialClientPutsThem()
    {
        Account.TwoFactorCode = "123456";
        using PasswordLogin login = await _harness.BeginAsync();
        login.TwoFactor = new TwoFactorAnswer(TwoFactorMethod.Authenticator, " 123 456 ", Remember: false);
        using BitwardenSession session = await LoginHarness.SubmitAsync(login);
        Assert.Equal(
            [
                "scope", "client_id", "deviceType", "deviceIdentifier", "deviceName", "twoFactorToken", "twoFactorProvider", "twoFactorRemember",
                "grant_type", "username", "password",
            ],
            _harness.LastToken.Body.Split('&').Select(field => field.Split('=')[0]));
        IReadOnlyDictionary<string, string> form = _harness.LastToken.Form;
        Assert.Equal(("123456", "0", "0"), (form["twoFactorToken"], form["twoFactorProvider"], form["twoFactorRemember"]));
    }

    [Fact]
    public async Task EmailIsTrimmedAndLowered()
    {
        using PasswordLogin login = await _harness.BeginAsync(email: "  PBKDF2@Example.ORG ");
        using BitwardenSession session = await LoginHarness.SubmitAsync(login);
        Assert.Equal(Account.Email, login.Email);
        Assert.Equal(Account.Email, _harness.LastToken.Form["username"]);
    }

    [Fact]
    public async Task KeyIsDerivedOnceForLoginAndUnlock()
    {
        using PasswordLogin login = await _harness.BeginAsync();
        MasterKeySource keys = KeysOf(login);
        MasterKey before = await keys.DeriveAsync(LoginHarness.QuickKdf, Account.Email, default);
        using BitwardenSession session = await LoginHarness.SubmitAsync(login);
        Assert.Same(before, await keys.DeriveAsync(LoginHarness.QuickKdf, Account.Email, default));
    }

    [Theory]
    [InlineData(KdfType.Pbkdf2Sha256, 4_999, null, null, "InsufficientKdf")]
    [InlineData(KdfType.Pbkdf2Sha256, 1, null, null, "InsufficientKdf")]
    [InlineData(KdfType.Pbkdf2Sha256, 2_000_001, null, null, "ExcessiveKdf")]
    [InlineData(KdfType.Argon2id, 1, 64, 4, "InsufficientKdf")]
    [InlineData(KdfType.Argon2id, 3, 15, 4, "InsufficientKdf")]
    [InlineData(KdfType.Argon2id, 3, 64, 0, "InsufficientKdf")]
    [InlineData(KdfType.Argon2id, 3, 4096, 4, "ExcessiveKdf")]
    [InlineData(KdfType.Argon2id, 3, null, 4, "UnsupportedKdf")]
    [InlineData((KdfType)2, 600_000, null, null, "UnsupportedKdf")]
    public async Task KdfOutsideTheLimitsIsRefusedBeforeAnythingIsSent(KdfType type, int iterations, int? memory, int? parallelism, string code)
    {
        Account.Kdf = new KdfSettings(type, iterations, memory, parallelism);
        KdfException failure = await Assert.ThrowsAsync<KdfException>(() => _harness.BeginAsync());
        Assert.Equal(code, failure.Code);
        Assert.Equal("/identity/accounts/prelogin", Assert.Single(_harness.Server.Requests.All).Path);
    }

    [Fact]
    public async Task KdfThatOnlyTheTokenAnswerWeakensIsRefusedToo()
    {
        using PasswordLogin login = await _harness.BeginAsync();
        Account.Kdf = new KdfSettings(KdfType.Pbkdf2Sha256, 1);
        await _harness.FailAsync(login, "InsufficientKdf");
    }

    [Fact]
    public async Task AuthenticatorCodeIsAskedForOnce()
    {
        Account.TwoFactorCode = "123456";
        using PasswordLogin login = await _harness.BeginAsync();

        TwoFactorRequiredException required = (TwoFactorRequiredException)await _harness.FailAsync(login, "TwoFactorRequired");
        login.TwoFactor = new TwoFactorAnswer(TwoFactorMethod.Authenticator, "123456", Remember: false);
        using BitwardenSession session = await LoginHarness.SubmitAsync(login);

        Assert.Equal([TwoFactorMethod.Authenticator], required.Methods);
        Assert.Null(required.MaskedEmail);
        Assert.Equal(BitwardenSessionState.Unlocked, session.State);
    }

    [Fact]
    public async Task EmailCodeIsSentOnRequestAndTheNewestCounts()
    {
        Account.TwoFactor.TurnOn(TwoFactorMethod.Email);
        using PasswordLogin login = await _harness.BeginAsync();
        TwoFactorRequiredException required = (TwoFactorRequiredException)await _harness.FailAsync(login, "TwoFactorRequired");
        Assert.Equal("pb****@example.org", required.MaskedEmail);
        Assert.Empty(Account.SentEmailCodes);

        await login.SendEmailCodeAsync();
        await login.SendEmailCodeAsync();
        login.TwoFactor = new TwoFactorAnswer(TwoFactorMethod.Email, Account.SentEmailCodes[1], Remember: false);
        using BitwardenSession session = await LoginHarness.SubmitAsync(login);

        LoggedRequest sent = _harness.Server.Requests.All.Last(request => request.Path == "/api/two-factor/send-email-login");
        Assert.Contains(_harness.LastToken.Form["deviceIdentifier"], sent.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("Authorization", sent.Headers.Keys);
    }

    [Fact]
    public async Task EmailCodeCanBeSentBeforeTheServerAskedForIt()
    {
        Account.TwoFactor.TurnOn(TwoFactorMethod.Email);
        using PasswordLogin login = await _harness.BeginAsync();
        await login.SendEmailCodeAsync();
        Assert.Single(Account.SentEmailCodes);
    }

    [Fact]
    public async Task YubiKeyWorksBesideAMethodThatNeedsABrowser()
    {
        Account.TwoFactor.TurnOn(TwoFactorMethod.WebAuthn);
        Account.TwoFactor.TurnOn(TwoFactorMethod.YubiKey, "cccccc");
        using PasswordLogin login = await _harness.BeginAsync();
        TwoFactorRequiredException required = (TwoFactorRequiredException)await _harness.FailAsync(login, "TwoFactorRequired");
        Assert.Equal([TwoFactorMethod.YubiKey], required.Methods);
        login.TwoFactor = new TwoFactorAnswer(TwoFactorMethod.YubiKey, "cccccc", Remember: false);
        using BitwardenSession session = await LoginHarness.SubmitAsync(login);
    }

    [Fact]
    public async Task RememberedDeviceSkipsTheSecondStep()
    {
        Account.TwoFactorCode = "123456";
        using BitwardenSession first = await RememberAsync();

        using PasswordLogin login = await _harness.BeginAsync();
        login.UseRememberedDevice([first]);
        using BitwardenSession second = await LoginHarness.SubmitAsync(login);

        Assert.Equal(("5", "0"), (_harness.LastToken.Form["twoFactorProvider"], _harness.LastToken.Form["twoFactorRemember"]));
        Assert.Equal(BitwardenSessionState.Unlocked, second.State);
        using PasswordLogin third = await _harness.BeginAsync();
        third.UseRememberedDevice([second]);
        (await LoginHarness.SubmitAsync(third)).Dispose();
    }

    [Fact]
    public async Task ExpiredRememberedDeviceIsAskedLikeAnyOther()
    {
        Account.TwoFactorCode = "123456";
        using BitwardenSession first = await RememberAsync();
        Account.TwoFactor.ForgetDevices();
        using PasswordLogin login = await _harness.BeginAsync();
        login.UseRememberedDevice([first]);

        await _harness.FailAsync(login, "TwoFactorRequired");
        await _harness.FailAsync(login, "TwoFactorRequired");

        Assert.DoesNotContain("twoFactorToken", _harness.LastToken.Form.Keys);
        login.TwoFactor = new TwoFactorAnswer(TwoFactorMethod.Authenticator, "123456", Remember: false);
        using BitwardenSession session = await LoginHarness.SubmitAsync(login);
    }

    [Fact]
    public async Task DeviceIsRememberedOnlyWhenAskedForAndOnlyForItsAccount()
    {
        Account.TwoFactorCode = "123456";
        using PasswordLogin login = await _harness.BeginAsync();
        login.TwoFactor = new TwoFactorAnswer(TwoFactorMethod.Authenticator, "123456", Remember: false);
        using BitwardenSession unremembered = await LoginHarness.SubmitAsync(login);
        using BitwardenSession remembered = await RememberAsync();
        _harness.Server.Weak.TwoFactorCode = "123456";

        using PasswordLogin same = await _harness.BeginAsync();
        same.UseRememberedDevice([unremembered]);
        await _harness.FailAsync(same, "TwoFactorRequired");
        using PasswordLogin other = await _harness.BeginAsync(_harness.Server.Weak.MasterPassword, _harness.Server.Weak.Email);
        other.UseRememberedDevice([remembered]);
        await _harness.FailAsync(other, "TwoFactorRequired");

        Assert.DoesNotContain("twoFactorToken", _harness.LastToken.Form.Keys);
    }

    [Fact]
    public async Task NewDeviceCodeIsMailedAndSentAgain()
    {
        Account.VerifyNewDevices = true;
        using PasswordLogin login = await _harness.BeginAsync();
        await _harness.FailAsync(login, "NewDeviceVerification");
        await login.ResendNewDeviceCodeAsync();
        Assert.Equal(2, Account.SentNewDeviceCodes.Count);
        login.NewDeviceCode = $" {Account.SentNewDeviceCodes[1]} ";

        using BitwardenSession session = await LoginHarness.SubmitAsync(login);

        Assert.Single(_harness.TokenRequests.Select(request => request.Form["deviceIdentifier"]).Distinct());
        (await _harness.LoginAsync()).Dispose();
    }

    [Fact]
    public async Task ChallengeAnswerIsNeverSentFirstAndThenInEveryRoundOfThatLoginOnly()
    {
        Account.RequireChallenge = true;
        Account.TwoFactorCode = "123456";
        using SecretBytes answer = SecretBytes.FromCharacters(Account.ClientSecret);
        using PasswordLogin login = await _harness.BeginAsync();
        login.ChallengeAnswer = answer;

        await _harness.FailAsync(login, "AdditionalAuthenticationRequired");
        await _harness.FailAsync(login, "TwoFactorRequired");
        login.TwoFactor = new TwoFactorAnswer(TwoFactorMethod.Authenticator, "000000", Remember: false);
        await _harness.FailAsync(login, "TwoFactorCodeRejected");
        login.TwoFactor = new TwoFactorAnswer(TwoFactorMethod.Authenticator, "123456", Remember: false);
        using BitwardenSession session = await LoginHarness.SubmitAsync(login);
        using PasswordLogin next = await _harness.BeginAsync();
        await _harness.FailAsync(next, "AdditionalAuthenticationRequired");

        Assert.Equal(
            [null, Account.ClientSecret, Account.ClientSecret, Account.ClientSecret, null],
            _harness.TokenRequests.Select(request => request.Form.GetValueOrDefault("captchaResponse")));
    }

    [Fact]
    public async Task WrongPasswordIsNotTriedAgain()
    {
        using PasswordLogin login = await _harness.BeginAsync("wrong horse");
        await _harness.FailAsync(login, "InvalidMasterPassword");
        Assert.Single(_harness.TokenRequests);
    }

    [Theory]
    [InlineData(FaultKind.ServerError, "ServerError")]
    [InlineData(FaultKind.ServiceUnavailable, "ServerError")]
    [InlineData(FaultKind.BrokenConnection, "ServerUnreachable")]
    public async Task LoginIsNotRepeatedAfterATransientFailure(FaultKind fault, string code)
    {
        using PasswordLogin login = await _harness.BeginAsync();
        _harness.Server.Faults.Add(new Fault("/identity/connect/token", fault));
        await _harness.FailAsync(login, code);
        Assert.Single(_harness.TokenRequests);
    }

    [Fact]
    public async Task DisposeEndsTheLogin()
    {
        PasswordLogin login = await _harness.BeginAsync();
        login.Dispose();
        await Assert.ThrowsAnyAsync<ObjectDisposedException>(() => LoginHarness.SubmitAsync(login));
        await Assert.ThrowsAnyAsync<ObjectDisposedException>(() => login.SendEmailCodeAsync());
        await Assert.ThrowsAnyAsync<ObjectDisposedException>(() => login.ResendNewDeviceCodeAsync());
        Assert.Empty(_harness.TokenRequests);
        login.Dispose();
    }

    [Fact]
    public async Task DisposeAfterSuccessLeavesTheSession()
    {
        using BitwardenSession session = await _harness.LoginAsync();
        Assert.True(await session.SyncAsync(force: true));
    }

    [Fact]
    public async Task SessionOfALoginThatCannotUnlockIsGone()
    {
        using PasswordLogin login = await _harness.BeginAsync();
        _harness.Server.Faults.Add(new Fault("/api/sync", FaultKind.ServerError));
        await _harness.FailAsync(login, "ServerError");
        await Assert.ThrowsAsync<ObjectDisposedException>(() => LoginHarness.SubmitAsync(login));
    }

    [Fact]
    public async Task TokenRequestIsAnonymousAndCarriesTheClientHeaders()
    {
        using BitwardenSession session = await _harness.LoginAsync();
        IReadOnlyDictionary<string, string> headers = _harness.LastToken.Headers;
        Assert.Equal("cli", headers["Bitwarden-Client-Name"]);
        Assert.Equal("application/json", headers["Accept"]);
        Assert.DoesNotContain("Authorization", headers.Keys);
    }

    private async Task<BitwardenSession> RememberAsync()
    {
        using PasswordLogin login = await _harness.BeginAsync();
        login.TwoFactor = new TwoFactorAnswer(TwoFactorMethod.Authenticator, "123456", Remember: true);
        return await LoginHarness.SubmitAsync(login);
    }

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_keys")]
    private static extern ref readonly MasterKeySource KeysOf(PasswordLogin login);
}
