using Bitwarden.Core.Api;
using Bitwarden.Core.Auth;
using Bitwarden.Core.Crypto;
using Bitwarden.Core.Errors;
using Bitwarden.Core.Tests.Sessions;
using Bitwarden.Core.Sessions;
using Bitwarden.Core.Tests.Scripted;
using Bitwarden.TestServer;
using Microsoft.AspNetCore.WebUtilities;
using Xunit;

namespace Bitwarden.Core.Tests.Auth;

public sealed class RefreshTokenTests : IAsyncLifetime
{
    private static readonly TimeSpan s_pastExpiry = TimeSpan.FromMinutes(56);
    private LoginHarness _harness = null!;

    public async ValueTask InitializeAsync() => _harness = await LoginHarness.StartAsync();

    public ValueTask DisposeAsync() => _harness.DisposeAsync();

    [Fact]
    public async Task RenewalSendsTheRefreshTokenAndNothingElse()
    {
        using BitwardenSession session = await _harness.LoginAsync();
        _harness.Time.Advance(s_pastExpiry);

        await session.SyncAsync(force: true);

        Assert.Equal(2, _harness.TokenRequests.Count);
        Assert.Equal(["grant_type", "client_id", "refresh_token"], _harness.LastToken.Body.Split('&').Select(field => field.Split('=')[0]));
        Assert.Equal(("refresh_token", "cli"), (_harness.LastToken.Form["grant_type"], _harness.LastToken.Form["client_id"]));
        Assert.Equal(BitwardenSessionState.Unlocked, session.State);
    }

    [Fact]
    public async Task RejectedAccessTokenLeadsToOneRenewal()
    {
        using BitwardenSession session = await _harness.LoginAsync();
        _harness.Server.Faults.Add(new Fault("/api/sync", FaultKind.Unauthorized, Times: 1));
        Assert.True(await session.SyncAsync(force: true));
        Assert.Equal(2, _harness.TokenRequests.Count);
    }

    [Fact]
    public async Task RefusedRenewalEndsTheSessionAndItsKeys()
    {
        using BitwardenSession session = await _harness.LoginAsync();
        Core.Vault.VaultItem item = session.GetVault().Find("prod-sql");
        _harness.Account.ChangeSecurityStamp();
        _harness.Time.Advance(s_pastExpiry);

        SessionException failure = await Assert.ThrowsAsync<SessionException>(() => session.SyncAsync(force: true));

        Assert.Equal("SessionExpired", failure.Code);
        Assert.DoesNotContain(_harness.LastToken.Form["refresh_token"], failure.ToString(), StringComparison.Ordinal);
        Assert.Equal(BitwardenSessionState.Expired, session.State);
        Assert.Throws<SessionException>(() => item.Password!.RevealText());
        Assert.Equal("SessionExpired", Assert.Throws<SessionException>(session.GetVault).Code);
        int before = _harness.TokenRequests.Count;
        await Assert.ThrowsAsync<SessionException>(() => session.SyncAsync(force: true));
        Assert.Equal(before, _harness.TokenRequests.Count);
    }

    [Fact]
    public async Task PasswordChangedElsewhereLocksWhileTheTokenLivesAndThenEndsTheSession()
    {
        using BitwardenSession session = await _harness.LoginAsync();
        _harness.Account.ChangeMasterPassword("changed elsewhere");

        await session.SyncAsync(force: false);
        Assert.Equal(BitwardenSessionState.Locked, session.State);
        using SecretBytes old = SecretBytes.FromCharacters("correct horse battery staple 1");
        Assert.Equal("InvalidMasterPassword", (await Assert.ThrowsAsync<AuthenticationFailedException>(() => session.UnlockAsync(old))).Code);
        using SecretBytes changed = SecretBytes.FromCharacters("changed elsewhere");
        await session.UnlockAsync(changed);

        _harness.Time.Advance(s_pastExpiry);
        Assert.Equal("SessionExpired", (await Assert.ThrowsAsync<SessionException>(() => session.SyncAsync(force: true))).Code);
    }

    [Fact]
    public async Task KdfChangedElsewhereIsUsedAtTheNextUnlock()
    {
        using BitwardenSession session = await _harness.LoginAsync();
        KdfSettings stronger = new(KdfType.Pbkdf2Sha256, 6_000);
        _harness.Account.ChangeKdf(stronger);
        await session.SyncAsync(force: false);
        using SecretBytes password = SecretBytes.FromCharacters(_harness.Account.MasterPassword);
        await session.UnlockAsync(password);
        Assert.Equal(stronger, session.Kdf);
        Assert.Null(session.KdfWeakenedFrom);
    }

    [Theory]
    [InlineData(FaultKind.ServerError)]
    [InlineData(FaultKind.ServiceUnavailable)]
    [InlineData(FaultKind.TooManyRequests)]
    [InlineData(FaultKind.HtmlForbidden)]
    [InlineData(FaultKind.BrokenConnection)]
    public async Task FailureThatIsNoRefusalChangesNothing(FaultKind fault)
    {
        using BitwardenSession session = await _harness.LoginAsync();
        _harness.Time.Advance(s_pastExpiry);
        _harness.Server.Faults.Add(new Fault("/identity/connect/token", fault));

        await Assert.ThrowsAsync<ServerException>(() => session.SyncAsync(force: true));

        Assert.Equal(BitwardenSessionState.Unlocked, session.State);
        _harness.Server.Faults.Clear();
        Assert.True(await session.SyncAsync(force: true));
    }

    [Fact]
    public async Task ManyCallersCauseOneRenewal()
    {
        using BitwardenSession session = await _harness.LoginAsync();
        _harness.Time.Advance(s_pastExpiry);
        Task<Core.Vault.DecryptedSecret>[] calls =
            [.. Enumerable.Range(0, 64).Select(_ => Task.Run(() => session.ReadSecretAsync("with attachment#attachment:cert.pfx")))];
        foreach (Core.Vault.DecryptedSecret secret in await Task.WhenAll(calls))
        {
            secret.Dispose();
        }

        Assert.Equal(2, _harness.TokenRequests.Count);
    }

    [Fact]
    public async Task RotatedRefreshTokenIsKept()
    {
        ScriptedServer server = new();
        ManualTimeProvider time = new();
        server.Token["refresh_token"] = "refresh-1";
        using BitwardenSession session = await LoginScriptedAsync(server, time);
        server.Token["refresh_token"] = "refresh-2";
        time.Advance(s_pastExpiry);
        await session.SyncAsync(force: true);
        server.Token.Remove("refresh_token");
        time.Advance(s_pastExpiry);
        await session.SyncAsync(force: true);
        time.Advance(s_pastExpiry);
        await session.SyncAsync(force: true);
        Assert.Equal(["refresh-1", "refresh-2", "refresh-2"], SentRefreshTokens(server));
    }

    [Fact]
    public async Task AnswerOfARenewalWithTokensOnlyLeavesTheVaultUnlockable()
    {
        using BitwardenSession session = await _harness.LoginAsync();
        _harness.Time.Advance(s_pastExpiry);
        await session.SyncAsync(force: true);
        session.Lock();
        using SecretBytes password = SecretBytes.FromCharacters(_harness.Account.MasterPassword);
        await session.UnlockAsync(password);
        Assert.Equal(BitwardenSessionState.Unlocked, session.State);
    }

    private static async Task<BitwardenSession> LoginScriptedAsync(ScriptedServer server, ManualTimeProvider time)
    {
        using SecretBytes password = SecretBytes.FromCharacters(ScriptedVault.Password);
        ConnectionOptions options = new() { MessageHandler = server, TimeProvider = time };
        using PasswordLogin login = await PasswordLogin.BeginAsync(ScriptedVault.Email, password, server.Environment, options);
        return await login.SubmitAsync(new SessionOptions());
    }

    private static IEnumerable<string> SentRefreshTokens(ScriptedServer server) => server.Requests
        .Where(request => request.Path == "connect/token" && request.Body.Contains("refresh_token=", StringComparison.Ordinal))
        .Select(request => QueryHelpers.ParseQuery(request.Body)["refresh_token"].ToString());
}
