using System.Text.Json;
using Bitwarden.Core.Sessions;
using Bitwarden.Core.Vault;
using Bitwarden.TestServer;
using Bitwarden.Tests;
using Xunit;

namespace Bitwarden.Interop.Tests;

/// <summary>The embedded server is honest: it lets the official client in, and refuses it, in the words of the official server.</summary>
public sealed class OfficialClientLoginTests : IClassFixture<LoginFixture>
{
    private const string WrongPassword = "not the master password";
    private readonly LoginFixture _both;

    public OfficialClientLoginTests(LoginFixture both)
    {
        Skip.When(both.Missing is not null, both.Missing);
        _both = both;
    }

    [Fact]
    public async Task AnArgon2idAccountWithAPasswordBeyondAsciiOpensByEmailAndPasswordAndReadsAsOurs()
    {
        TestAccount account = _both.Server.Argon2id;
        Assert.Contains(account.MasterPassword, character => character > 127);
        OfficialClient official = _both.NewProfile();
        (await official.LoginWithPasswordAsync(account)).Success();
        JsonElement[] items = await official.ListAsync("items");

        BitwardenSession ours = await _both.Comparison.OpenSessionAsync(account);
        Assert.Equal(
            items.Select(item => (item.GetProperty("id").GetGuid(), item.GetProperty("name").GetString(), PasswordOf(item))).Order(),
            ours.GetVault().Items.Where(item => item.ArchivedDate is null).Select(item => (item.Id, item.Name, PasswordOf(item))).Order());
    }

    [Fact]
    public async Task ATwoStepLoginNeedsTheCodeAndAsksForATokenAsOursDoes()
    {
        TestAccount account = _both.Server.Pbkdf2;
        account.TwoFactorCode = "481516";
        try
        {
            OfficialClient official = _both.NewProfile();
            Assert.Contains("Code is required.", (await official.LoginWithPasswordAsync(account)).Refusal(), StringComparison.Ordinal);
            Assert.NotEmpty((await official.LoginWithPasswordAsync(account, code: account.TwoFactorCode)).Success());
            await _both.Comparison.OpenSessionAsync(account, account.TwoFactorCode);
        }
        finally
        {
            account.TwoFactorCode = null;
        }

        // The official client's last and ours; the first was without the code.
        LoggedRequest[] requests = [.. _both.Server.Requests.All.Where(request => request.Form.ContainsKey("twoFactorToken"))];
        Assert.Equal([true, false], requests.Select(RequestDescription.IsOfficial));
        Assert.Equal(RequestDescription.Form(requests[0]), RequestDescription.Form(requests[1]));
        Assert.Equal(RequestDescription.Headers(requests[0]), RequestDescription.Headers(requests[1]));
    }

    [Fact]
    public async Task AWrongMasterPasswordIsRefusedAtLogin()
    {
        OfficialAnswer answer = await _both.NewProfile().LoginWithPasswordAsync(_both.Server.Argon2id, WrongPassword);
        Assert.Contains("Invalid master password.", answer.Refusal(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task AWrongClientSecretIsRefused()
    {
        OfficialAnswer answer = await _both.NewProfile().LoginWithApiKeyAsync(_both.Server.Pbkdf2, "012345678901234567890123456789");
        Assert.Contains("client_id or client_secret is incorrect.", answer.Refusal(), StringComparison.Ordinal);
    }

    private static string? PasswordOf(VaultItem item) => item.Name == "org-hidden" ? null : item.Password?.RevealText();

    private static string? PasswordOf(JsonElement item) =>
        item.TryGetProperty("login", out JsonElement login) && login.TryGetProperty("password", out JsonElement password) ? password.GetString() : null;
}
