using Bitwarden.Core.Api;
using Bitwarden.Core.Auth;
using Bitwarden.Core.Crypto;
using Bitwarden.Core.Errors;
using Bitwarden.Core.Sessions;
using Bitwarden.Core.Tests.Scripted;
using Bitwarden.TestServer;
using Xunit;

namespace Bitwarden.Core.Tests.Sessions;

/// <summary>The engine's password login against an embedded server, with a clock of its own and the quickest legal KDF.</summary>
internal sealed class LoginHarness : IAsyncDisposable
{
    internal static readonly KdfSettings QuickKdf = new(KdfType.Pbkdf2Sha256, 5_000);

    private LoginHarness(EmbeddedServer server)
    {
        Server = server;
        Account.ChangeKdf(QuickKdf);
    }

    internal EmbeddedServer Server { get; }

    internal TestAccount Account => Server.Pbkdf2;

    internal ManualTimeProvider Time { get; } = new();

    internal ServerEnvironment Environment => ServerEnvironment.Resolve(Server.HttpUrl.AbsoluteUri);

    internal IReadOnlyList<LoggedRequest> TokenRequests => [.. Server.Requests.All.Where(request => request.Path == "/identity/connect/token")];

    internal LoggedRequest LastToken => TokenRequests[^1];

    internal static async Task<LoginHarness> StartAsync(EmbeddedServerOptions? options = null) => new(await EmbeddedServer.StartAsync(options));

    internal async Task<PasswordLogin> BeginAsync(string? password = null, string? email = null, string? device = null)
    {
        using SecretBytes given = SecretBytes.FromCharacters(password ?? Account.MasterPassword);
        ConnectionOptions options = new() { TimeProvider = Time, DeviceIdentifier = device };
        return await PasswordLogin.BeginAsync(email ?? Account.Email, given, Environment, options);
    }

    internal static Task<BitwardenSession> SubmitAsync(PasswordLogin login) => login.SubmitAsync(new SessionOptions());

    internal async Task<BitwardenSession> LoginAsync()
    {
        using PasswordLogin login = await BeginAsync();
        return await SubmitAsync(login);
    }

    /// <summary>Submits, expects a failure with a code, and checks that its text holds nothing secret.</summary>
    internal async Task<BitwardenException> FailAsync(PasswordLogin login, string code)
    {
        BitwardenException failure = await Assert.ThrowsAnyAsync<BitwardenException>(() => SubmitAsync(login));
        Assert.Equal(code, failure.Code);
        AssertNothingSecret(failure, login);
        return failure;
    }

    public ValueTask DisposeAsync() => Server.DisposeAsync();

    private void AssertNothingSecret(BitwardenException failure, PasswordLogin login)
    {
        string?[] secrets =
        [
            Account.MasterPassword, Account.MasterPasswordHash, Account.ClientSecret, login.TwoFactor?.Code, login.NewDeviceCode,
            login.ChallengeAnswer?.RevealText(), .. Account.SentEmailCodes, .. Account.SentNewDeviceCodes, .. Account.Secrets,
            .. TokenRequests.SelectMany(request => new[] { "password", "captchaResponse", "twoFactorToken", "newDeviceOtp", "refresh_token" }
                .Select(name => request.Form.GetValueOrDefault(name))),
        ];
        string text = $"{failure} {login} {login.TwoFactor}";
        Assert.All(secrets.Where(secret => !string.IsNullOrEmpty(secret)), secret => Assert.DoesNotContain(secret!, text, StringComparison.Ordinal));
    }
}
