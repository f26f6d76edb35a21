using System.Text;
using Bitwarden.Core.Api;
using Bitwarden.Core.Auth;
using Bitwarden.Core.Crypto;
using Bitwarden.Core.Errors;
using Bitwarden.Core.Sessions;
using Bitwarden.TestServer;
using Xunit;

namespace Bitwarden.Core.Tests.Sessions;

/// <summary>Sessions that are written as text and taken up again, as in another process.</summary>
public sealed class SessionTransferTests : IAsyncLifetime
{
    private EmbeddedServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await EmbeddedServer.StartAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task AnImportedSessionReadsTheVaultWithoutALogin()
    {
        using BitwardenSession original = await UnlockedAsync();
        using SecretBytes token = await original.ExportAsync(withUserKey: true);
        _server.Requests.Clear();
        using BitwardenSession imported = await ImportAsync(token);
        using Core.Vault.DecryptedSecret secret = await imported.ReadSecretAsync("prod-sql");
        Assert.Equal(_server.Pbkdf2.Passwords["prod-sql"], secret.Value.RevealText());
        Assert.Equal(BitwardenSessionState.Unlocked, imported.State);
        Assert.Equal(0, _server.Requests.Count("/identity/connect/token"));
    }

    [Fact]
    public async Task WithoutTheUserKeyItIsLockedAndThePasswordOpensIt()
    {
        using BitwardenSession original = await UnlockedAsync();
        using SecretBytes token = await original.ExportAsync(withUserKey: false);
        using BitwardenSession imported = await ImportAsync(token);
        Assert.Equal("VaultLocked", Assert.Throws<SessionException>(imported.GetVault).Code);
        using SecretBytes password = SecretBytes.FromCharacters(_server.Pbkdf2.MasterPassword);
        await imported.UnlockAsync(password);
        Assert.NotEmpty(imported.GetVault().Items);
    }

    [Fact]
    public async Task ALockedSessionCannotBeExportedWithItsUserKey()
    {
        using BitwardenSession original = await UnlockedAsync();
        original.Lock();
        Assert.Equal("VaultLocked", (await Assert.ThrowsAsync<SessionException>(() => original.ExportAsync(withUserKey: true))).Code);
    }

    [Fact]
    public async Task TheTextShowsNothingThatASearchCouldFind()
    {
        using BitwardenSession original = await UnlockedAsync();
        using SecretBytes token = await original.ExportAsync(withUserKey: true);
        string text = token.RevealText();
        Assert.StartsWith("bws1.", text, StringComparison.Ordinal);
        Assert.DoesNotContain(_server.Pbkdf2.Email, Encoding.UTF8.GetString(Convert.FromBase64String(text["bws1.".Length..])), StringComparison.Ordinal);
        Assert.DoesNotContain(_server.Pbkdf2.ClientSecret, text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AChangedOrCutTextIsRefused()
    {
        using BitwardenSession original = await UnlockedAsync();
        using SecretBytes token = await original.ExportAsync(withUserKey: true);
        string text = token.RevealText();
        string[] cut = [string.Empty, "bws1.", text[..200], text[..^8]];
        foreach (string bad in cut.Concat(["bws3." + text[5..], Flip(text, text.Length / 2), Flip(text, 20), "not base64"]))
        {
            using SecretBytes wrong = SecretBytes.FromCharacters(bad);
            Assert.Equal("InvalidSessionToken", (await Assert.ThrowsAsync<InvalidInputException>(() => ImportAsync(wrong))).Code);
        }
    }

    [Fact]
    public async Task WithoutTheApiKeyItEndsWithItsToken()
    {
        using BitwardenSession original = await UnlockedAsync();
        using SecretBytes token = await original.ExportAsync(withUserKey: true);
        using BitwardenSession imported = await ImportAsync(token);
        _server.RevokeTokens(_server.Pbkdf2);
        SessionException error = await Assert.ThrowsAsync<SessionException>(() => imported.SyncAsync(force: true));
        Assert.Equal("SessionExpired", error.Code);
        Assert.Equal("SessionExpired", Assert.Throws<SessionException>(imported.GetVault).Code);
    }

    [Fact]
    public async Task WithTheApiKeyItGetsANewToken()
    {
        using BitwardenSession original = await UnlockedAsync();
        using SecretBytes token = await original.ExportAsync(withUserKey: true);
        using BitwardenSession imported = await ImportAsync(token, KeyOf(_server.Pbkdf2));
        _server.RevokeTokens(_server.Pbkdf2);
        Assert.True(await imported.SyncAsync(force: true));
    }

    [Fact]
    public async Task ForgedTextGetsNoApiKeyAndNoOtherName()
    {
        await using EmbeddedServer owned = await EmbeddedServer.StartAsync();
        using BitwardenSession original = await UnlockedAsync();
        using SecretBytes token = await original.ExportAsync(withUserKey: true);
        using SecretBytes forged = SessionToken.Seal(SessionToken.Open(token) with { Server = "US" });
        ServerApiKey key = new(KeyOf(_server.Pbkdf2), ServerEnvironment.Resolve(owned.HttpUrl.ToString()));
        using BitwardenSession imported = await BitwardenSession.ImportAsync(forged, key, new ConnectionOptions(), new SessionOptions());
        Assert.Equal(Server, imported.Server);
        _server.RevokeTokens(_server.Pbkdf2);
        _server.Requests.Clear();
        Assert.Equal("SessionExpired", (await Assert.ThrowsAsync<SessionException>(() => imported.SyncAsync(force: true))).Code);
        Assert.Equal(0, _server.Requests.Count("/identity/connect/token"));
    }

    [Fact]
    public async Task UserKeyThatDoesNotOpenTheVaultIsRefused()
    {
        using BitwardenSession original = await UnlockedAsync();
        using SecretBytes token = await original.ExportAsync(withUserKey: true);
        using SymmetricKey other = SymmetricKey.Generate();
        using SecretBytes otherBytes = other.CopyBytes();
        using SecretBytes stale = SessionToken.Seal(SessionToken.Open(token) with { UserKey = otherBytes });
        Assert.Equal("InvalidSessionToken", (await Assert.ThrowsAsync<InvalidInputException>(() => ImportAsync(stale))).Code);
    }

    [Fact]
    public async Task AnotherAccountsApiKeyIsNotUsed()
    {
        using BitwardenSession original = await UnlockedAsync();
        using SecretBytes token = await original.ExportAsync(withUserKey: true);
        using BitwardenSession imported = await ImportAsync(token, KeyOf(_server.Argon2id));
        _server.RevokeTokens(_server.Pbkdf2);
        Assert.Equal("SessionExpired", (await Assert.ThrowsAsync<SessionException>(() => imported.SyncAsync(force: true))).Code);
    }

    [Fact]
    public async Task APasswordSessionRenewsByItsRefreshToken()
    {
        using SecretBytes password = SecretBytes.FromCharacters(_server.Pbkdf2.MasterPassword);
        using PasswordLogin login = await PasswordLogin.BeginAsync(_server.Pbkdf2.Email, password, Server, new ConnectionOptions());
        using BitwardenSession original = await login.SubmitAsync(new SessionOptions());
        using SecretBytes token = await original.ExportAsync(withUserKey: true);
        using BitwardenSession imported = await ImportAsync(token);
        _server.Clock.Advance(_server.TokenLifetime);
        _server.Requests.Clear();
        Assert.True(await imported.SyncAsync(force: true));
        Assert.Equal("refresh_token", Assert.Single(_server.Requests.All, request => request.Path == "/identity/connect/token").Form["grant_type"]);
        Assert.Equal(_server.Pbkdf2.Email, imported.Account);
    }

    private ServerEnvironment Server => ServerEnvironment.Resolve(_server.HttpUrl.ToString());

    private Task<BitwardenSession> ImportAsync(SecretBytes token, ApiKeyCredential? key = null) =>
        BitwardenSession.ImportAsync(token, key is null ? null : new ServerApiKey(key, Server), new ConnectionOptions(), new SessionOptions());

    private static ApiKeyCredential KeyOf(TestAccount account)
    {
        using SecretBytes secret = SecretBytes.FromCharacters(account.ClientSecret);
        return ApiKeyCredential.Create(account.ClientId, secret);
    }

    private static string Flip(string text, int index) => string.Concat(text.AsSpan(0, index), text[index] == 'A' ? "B" : "A", text.AsSpan(index + 1));

    private async Task<BitwardenSession> UnlockedAsync()
    {
        BitwardenSession session = await BitwardenSession.ConnectAsync(KeyOf(_server.Pbkdf2), Server, new ConnectionOptions(), new SessionOptions());
        using SecretBytes password = SecretBytes.FromCharacters(_server.Pbkdf2.MasterPassword);
        await session.UnlockAsync(password);
        return session;
    }
}
