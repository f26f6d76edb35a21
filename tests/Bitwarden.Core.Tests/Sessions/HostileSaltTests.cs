using System.Text;
using System.Text.Json.Nodes;
using Bitwarden.Core.Api;
using Bitwarden.Core.Auth;
using Bitwarden.Core.Crypto;
using Bitwarden.Core.Errors;
using Bitwarden.Core.Sessions;
using Bitwarden.Core.Tests.Scripted;
using Xunit;

namespace Bitwarden.Core.Tests.Sessions;

/// <summary>
/// A salt that only the server's newest word names, at an unchanged strength: what is sent is derived with what the session was unlocked with, or with
/// what opens the user key.
/// </summary>
public sealed class HostileSaltTests : IDisposable
{
    private const string Evil = "evil@example.org";
    private const string NewPassword = "another password";
    private readonly ScriptedServer _server = new();

    public HostileSaltTests()
    {
        foreach (string path in new[] { "accounts/api-key", "accounts/rotate-api-key" })
        {
            _server.Routes[path] = (_, _) => Task.FromResult(ScriptedServer.Json(new JsonObject { ["apiKey"] = "new-secret" }));
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task UnlockedSessionSendsWhatItWasUnlockedWith(bool rotate)
    {
        using BitwardenSession session = await _server.ConnectUnlockedAsync();
        SaySalt(Evil);
        await session.SyncAsync(force: true);
        await GetApiKeyAsync(session, ScriptedVault.Password, rotate);
        Assert.Equal(Hash(ScriptedVault.Password, ScriptedVault.Email), SentHash());
    }

    [Fact]
    public async Task SessionThatIsLockedAgainStillKnowsWhatItWasUnlockedWith()
    {
        using BitwardenSession session = await _server.ConnectUnlockedAsync();
        session.Lock();
        SaySalt(Evil);
        await session.SyncAsync(force: true);
        await GetApiKeyAsync(session, ScriptedVault.Password);
        Assert.Equal(Hash(ScriptedVault.Password, ScriptedVault.Email), SentHash());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task SessionThatWasNeverUnlockedSendsNothing(bool rotate)
    {
        SaySalt(Evil);
        using BitwardenSession session = await _server.ConnectAsync();
        AuthenticationFailedException failure = await Assert.ThrowsAsync<AuthenticationFailedException>(
            () => GetApiKeyAsync(session, ScriptedVault.Password, rotate));
        Assert.Equal("InvalidMasterPassword", failure.Code);
        Assert.Null(SentHash());
    }

    [Fact]
    public async Task SaltThatOpensTheUserKeyIsUsed()
    {
        ChangePassword(ScriptedVault.Password, "stored salt");
        using BitwardenSession session = await _server.ConnectAsync();
        await GetApiKeyAsync(session, ScriptedVault.Password);
        Assert.Equal(Hash(ScriptedVault.Password, "stored salt"), SentHash());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task PasswordAndSaltThatWereChangedElsewhereAreUsed(bool unlocked)
    {
        using BitwardenSession session = unlocked ? await _server.ConnectUnlockedAsync() : await _server.ConnectAsync();
        await session.SyncAsync(force: true);
        ChangePassword(NewPassword, "stored salt");
        if (unlocked)
        {
            await session.SyncAsync(force: true);
        }

        await GetApiKeyAsync(session, NewPassword);
        Assert.Equal(Hash(NewPassword, "stored salt"), SentHash());
    }

    [Fact]
    public async Task UserKeyOfAKindThatCannotBeUsedYetIsProofAsWell()
    {
        using MasterKey master = MasterKey.Derive(Encoding.UTF8.GetBytes(ScriptedVault.Password), ScriptedVault.Email, ScriptedVault.QuickKdf);
        using SymmetricKey stretched = master.Stretch();
        _server.Vault.SetUnlock(ScriptedVault.QuickKdf, stretched.Encrypt(new byte[70]).ToWireString());
        using BitwardenSession session = await _server.ConnectAsync();
        await GetApiKeyAsync(session, ScriptedVault.Password);
        Assert.Equal(Hash(ScriptedVault.Password, ScriptedVault.Email), SentHash());
    }

    [Fact]
    public async Task LoginWithAnotherSaltThanTheProcessUnlockedWithIsRefused()
    {
        using BitwardenSession session = await _server.ConnectUnlockedAsync();
        _server.Prelogin["salt"] = Evil;
        int before = _server.Count("connect/token");
        KdfException failure = await Assert.ThrowsAsync<KdfException>(() => LoginAsync(new UnlockOptions()));
        Assert.Equal("WeakenedKdf", failure.Code);
        Assert.Contains("salt", failure.Message, StringComparison.Ordinal);
        Assert.Equal(before, _server.Count("connect/token"));
    }

    [Fact]
    public async Task SaltThatDiffersInCaseAndSpaceIsTheSame()
    {
        using BitwardenSession session = await _server.ConnectUnlockedAsync();
        _server.Prelogin["salt"] = " ADA@Example.org ";
        using BitwardenSession login = await LoginAsync(new UnlockOptions());
        Assert.Equal(BitwardenSessionState.Unlocked, login.State);
    }

    [Fact]
    public async Task LoginWithAnotherSaltIsAcceptedOnDemandAndCountsOnceItHasOpenedTheVault()
    {
        using BitwardenSession session = await _server.ConnectUnlockedAsync();
        ChangePassword(ScriptedVault.Password, "stored salt");
        _server.Prelogin["salt"] = "stored salt";
        using BitwardenSession allowed = await LoginAsync(new UnlockOptions { AllowWeakerKdf = true });
        Assert.Equal(BitwardenSessionState.Unlocked, allowed.State);
        using BitwardenSession again = await LoginAsync(new UnlockOptions());
        Assert.Equal(BitwardenSessionState.Unlocked, again.State);
    }

    public void Dispose() => _server.Dispose();

    private static async Task GetApiKeyAsync(BitwardenSession session, string password, bool rotate = false)
    {
        using SecretBytes given = SecretBytes.FromCharacters(password);
        await session.GetApiKeyAsync(rotate, given);
    }

    private async Task<BitwardenSession> LoginAsync(UnlockOptions use)
    {
        using SecretBytes given = SecretBytes.FromCharacters(ScriptedVault.Password);
        ConnectionOptions options = new() { MessageHandler = _server, TimeProvider = new ManualTimeProvider() };
        using PasswordLogin login = await PasswordLogin.BeginAsync(ScriptedVault.Email, given, _server.Environment, options, use);
        return await login.SubmitAsync(new SessionOptions());
    }

    private static string Hash(string password, string salt)
    {
        byte[] given = Encoding.UTF8.GetBytes(password);
        using MasterKey master = MasterKey.Derive(given, salt, ScriptedVault.QuickKdf);
        using SecretBytes hash = master.DerivePasswordHash(given, PasswordHashPurpose.ServerAuthorization);
        return hash.RevealText();
    }

    private string? SentHash() => _server.Requests
        .Where(request => request.Path.EndsWith("api-key", StringComparison.Ordinal))
        .Select(request => (string?)JsonNode.Parse(request.Body)!["masterPasswordHash"])
        .SingleOrDefault();

    private void SaySalt(string salt)
    {
        _server.Vault.Sync["userDecryption"]!["masterPasswordUnlock"]!["salt"] = salt;
        _server.Token["UserDecryptionOptions"]!["MasterPasswordUnlock"]!["salt"] = salt;
        _server.Revision = 1_700_000_000_001;
    }

    // What a change of the password leaves behind: another wrapping of the same user key, and another stamp.
    private void ChangePassword(string password, string salt)
    {
        using MasterKey master = MasterKey.Derive(Encoding.UTF8.GetBytes(password), salt, ScriptedVault.QuickKdf);
        string wrapped = master.WrapUserKey(_server.Vault.UserKey).ToWireString();
        _server.Vault.SetUnlock(ScriptedVault.QuickKdf, wrapped);
        _server.SetTokenUnlock(ScriptedVault.QuickKdf, wrapped);
        _server.Vault.Profile["securityStamp"] = "stamp-2";
        SaySalt(salt);
    }
}
