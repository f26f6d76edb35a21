using System.Net;
using System.Text.Json.Nodes;
using Bitwarden.Core.Crypto;
using Bitwarden.Core.Errors;
using Bitwarden.Core.Sessions;
using Bitwarden.Core.Tests.Scripted;
using Xunit;

namespace Bitwarden.Core.Tests.Sessions;

public sealed class UnlockTests : IDisposable
{
    private static readonly KdfSettings s_quickArgon = new(KdfType.Argon2id, 2, 16, 1);
    private static readonly KdfSettings s_otherKdf = new(KdfType.Pbkdf2Sha256, 6_000);
    private readonly ScriptedServer _server = new();

    public static TheoryData<int, int, int?, int?, string> RefusedKdfs() => new()
    {
        { 0, 4_999, null, null, "InsufficientKdf" },
        { 0, 1, null, null, "InsufficientKdf" },
        { 0, -1, null, null, "InsufficientKdf" },
        { 0, 2_000_001, null, null, "ExcessiveKdf" },
        { 0, int.MaxValue, null, null, "ExcessiveKdf" },
        { 1, 1, 64, 4, "InsufficientKdf" },
        { 1, 3, 15, 4, "InsufficientKdf" },
        { 1, 3, 64, 0, "InsufficientKdf" },
        { 1, 11, 64, 4, "ExcessiveKdf" },
        { 1, 3, 1025, 4, "ExcessiveKdf" },
        { 1, 3, 64, 17, "ExcessiveKdf" },
        { 1, 3, null, 4, "UnsupportedKdf" },
        { 1, 3, 64, null, "UnsupportedKdf" },
        { 2, 3, 64, 4, "UnsupportedKdf" },
    };

    [Fact]
    public async Task Pbkdf2Unlocks()
    {
        _server.Vault.AddLogin("web", "ada", "pw-1");
        using BitwardenSession session = await _server.ConnectAsync();
        Assert.Equal(BitwardenSessionState.Locked, session.State);
        await ScriptedServer.UnlockAsync(session);
        Assert.Equal(BitwardenSessionState.Unlocked, session.State);
        Assert.Equal("pw-1", session.GetVault().Find("web").Password!.RevealText());
        Assert.Equal(1, _server.Count("sync"));
        Assert.Equal(0, _server.Count("accounts/prelogin"));
    }

    [Fact]
    public async Task Argon2idUnlocks()
    {
        string wrapped = _server.Vault.Wrap(ScriptedVault.Password, s_quickArgon);
        _server.SetTokenUnlock(s_quickArgon, wrapped);
        _server.Vault.SetUnlock(s_quickArgon, wrapped);
        using BitwardenSession session = await _server.ConnectUnlockedAsync();
        Assert.Equal(BitwardenSessionState.Unlocked, session.State);
    }

    [Fact]
    public async Task MinimalTokenAnswerIsCompletedFromSync()
    {
        _server.MakeTokenMinimal();
        using BitwardenSession session = await _server.ConnectUnlockedAsync();
        Assert.Equal(BitwardenSessionState.Unlocked, session.State);
        Assert.Equal(0, _server.Count("accounts/prelogin"));
    }

    [Fact]
    public async Task MinimalTokenAnswerOfAnOldServerIsCompletedFromPrelogin()
    {
        _server.MakeTokenMinimal();
        _server.Vault.Sync.Remove("userDecryption");
        using BitwardenSession session = await _server.ConnectUnlockedAsync();
        Assert.Equal(BitwardenSessionState.Unlocked, session.State);
        Assert.Equal(1, _server.Count("accounts/prelogin"));
    }

    [Fact]
    public async Task SaltOfPreloginWins()
    {
        using MasterKey master = MasterKey.Derive("pw"u8, "other-salt", ScriptedVault.QuickKdf);
        _server.MakeTokenMinimal();
        _server.Vault.Sync.Remove("userDecryption");
        _server.Vault.Profile["key"] = master.WrapUserKey(_server.Vault.UserKey).ToWireString();
        _server.Prelogin = new JsonObject
        {
            ["kdfSettings"] = new JsonObject { ["kdfType"] = 0, ["iterations"] = 5_000 }, ["salt"] = "other-salt",
        };
        using BitwardenSession session = await _server.ConnectAsync();
        await ScriptedServer.UnlockAsync(session, "pw");
        Assert.Equal(BitwardenSessionState.Unlocked, session.State);
    }

    [Fact]
    public async Task NewerNameOfTheWrappedKeyIsUnderstood()
    {
        JsonObject unlock = _server.Vault.Sync["userDecryption"]!["masterPasswordUnlock"]!.AsObject();
        unlock["masterKeyWrappedUserKey"] = (string)unlock["masterKeyEncryptedUserKey"]!;
        unlock.Remove("masterKeyEncryptedUserKey");
        _server.MakeTokenMinimal();
        using BitwardenSession session = await _server.ConnectUnlockedAsync();
        Assert.Equal(BitwardenSessionState.Unlocked, session.State);
    }

    [Theory]
    [MemberData(nameof(RefusedKdfs))]
    public async Task KdfOfTheTokenIsRefused(int type, int iterations, int? memory, int? parallelism, string code)
    {
        _server.SetTokenUnlock(new KdfSettings((KdfType)type, iterations, memory, parallelism), _server.Vault.Wrap("x", ScriptedVault.QuickKdf));
        await AssertRefusedAsync(code);
    }

    [Theory]
    [MemberData(nameof(RefusedKdfs))]
    public async Task KdfOfSyncIsRefused(int type, int iterations, int? memory, int? parallelism, string code)
    {
        _server.MakeTokenMinimal();
        _server.Vault.SetUnlock(new KdfSettings((KdfType)type, iterations, memory, parallelism), _server.Vault.Wrap("x", ScriptedVault.QuickKdf));
        await AssertRefusedAsync(code);
    }

    [Theory]
    [MemberData(nameof(RefusedKdfs))]
    public async Task KdfOfPreloginIsRefused(int type, int iterations, int? memory, int? parallelism, string code)
    {
        _server.MakeTokenMinimal();
        _server.Vault.Sync.Remove("userDecryption");
        _server.Prelogin = new JsonObject { ["kdf"] = type, ["kdfIterations"] = iterations, ["kdfMemory"] = memory, ["kdfParallelism"] = parallelism };
        await AssertRefusedAsync(code);
    }

    [Fact]
    public async Task WrongPasswordOfAFreshSessionCostsNoExtraSync()
    {
        using BitwardenSession session = await _server.ConnectAsync();
        await AssertWrongAsync(session);
        Assert.Equal(1, _server.Count("sync"));
    }

    [Fact]
    public async Task WrongPasswordOfASyncedSessionCostsOneExtraSync()
    {
        using BitwardenSession session = await _server.ConnectAsync();
        await session.SyncAsync(force: true);
        await AssertWrongAsync(session);
        Assert.Equal(2, _server.Count("sync"));
        await ScriptedServer.UnlockAsync(session);
        Assert.Equal(BitwardenSessionState.Unlocked, session.State);
    }

    [Fact]
    public async Task WrongPasswordOfAnUnlockedSessionLeavesItUnlocked()
    {
        using BitwardenSession session = await _server.ConnectUnlockedAsync();
        await Assert.ThrowsAsync<AuthenticationFailedException>(() => ScriptedServer.UnlockAsync(session, "wrong"));
        Assert.Equal(BitwardenSessionState.Unlocked, session.State);
    }

    [Fact]
    public async Task KdfThatWasRaisedAfterTheLoginStillUnlocks()
    {
        using BitwardenSession session = await _server.ConnectAsync();
        _server.Vault.SetUnlock(s_otherKdf, _server.Vault.Wrap(ScriptedVault.Password, s_otherKdf));
        await ScriptedServer.UnlockAsync(session);
        Assert.Equal(BitwardenSessionState.Unlocked, session.State);
    }

    [Fact]
    public async Task PasswordThatWasChangedAfterTheLastSyncStillUnlocks()
    {
        using BitwardenSession session = await _server.ConnectAsync();
        await session.SyncAsync(force: true);
        _server.Vault.SetUnlock(s_otherKdf, _server.Vault.Wrap("new password", s_otherKdf));
        await ScriptedServer.UnlockAsync(session, "new password");
        Assert.Equal(BitwardenSessionState.Unlocked, session.State);
    }

    [Fact]
    public async Task ContainedKeyIdThatMatchesIsAccepted()
    {
        _server.MakeTokenMinimal();
        _server.Vault.Sync["userDecryption"]!["masterPasswordUnlock"]!["containedKeyId"] = _server.Vault.UserKey.DeriveKeyId();
        using BitwardenSession session = await _server.ConnectUnlockedAsync();
        Assert.Equal(BitwardenSessionState.Unlocked, session.State);
    }

    [Fact]
    public async Task ContainedKeyIdOfAnotherKeyIsRefused()
    {
        _server.MakeTokenMinimal();
        _server.Vault.Sync["userDecryption"]!["masterPasswordUnlock"]!["containedKeyId"] = "00112233445566778899aabbccddeeff";
        using BitwardenSession session = await _server.ConnectAsync();
        EncryptionException failure = await Assert.ThrowsAsync<EncryptionException>(() => ScriptedServer.UnlockAsync(session));
        Assert.Equal("MalformedEncString", failure.Code);
        Assert.Equal(BitwardenSessionState.Locked, session.State);
    }

    [Theory]
    [InlineData("sync")]
    [InlineData("accounts/prelogin")]
    public async Task CancelledUnlockEndsAtOnceAndCanBeRepeated(string path)
    {
        _server.MakeTokenMinimal();
        _server.Vault.Sync.Remove("userDecryption");
        using BitwardenSession session = await _server.ConnectAsync();
        Func<ScriptedRequest, CancellationToken, Task<HttpResponseMessage>> works = _server.Routes[path];
        using CancellationTokenSource cancel = new();
        _server.Routes[path] = async (_, token) =>
        {
            await cancel.CancelAsync();
            await Task.Delay(Timeout.Infinite, token);
            return null!;
        };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => ScriptedServer.UnlockAsync(session, cancellation: cancel.Token).WaitAsync(TimeSpan.FromSeconds(30)));
        Assert.Equal(BitwardenSessionState.Locked, session.State);
        _server.Routes[path] = works;
        await ScriptedServer.UnlockAsync(session);
        Assert.Equal(BitwardenSessionState.Unlocked, session.State);
    }

    [Fact]
    public async Task CancelledDerivationEndsAtOnce()
    {
        KdfSettings slow = new(KdfType.Argon2id, 10, 256, 4);
        _server.SetTokenUnlock(slow, _server.Vault.Wrap("x", ScriptedVault.QuickKdf));
        using BitwardenSession session = await _server.ConnectAsync();
        using CancellationTokenSource cancel = new();
        Task unlock = ScriptedServer.UnlockAsync(session, cancellation: cancel.Token);
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => unlock.WaitAsync(TimeSpan.FromSeconds(30)));
        Assert.Equal(BitwardenSessionState.Locked, session.State);
    }

    [Fact]
    public async Task FailedSyncFailsTheUnlock()
    {
        using BitwardenSession session = await _server.ConnectAsync();
        _server.Answer("sync", HttpStatusCode.InternalServerError);
        Assert.Equal("ServerError", (await Assert.ThrowsAsync<ServerException>(() => ScriptedServer.UnlockAsync(session))).Code);
        Assert.Equal(BitwardenSessionState.Locked, session.State);
    }

    [Theory]
    [InlineData("ApiUseKeyConnector", "true")]
    [InlineData("UserDecryptionOptions", "{\"HasMasterPassword\":false}")]
    public async Task AccountWithoutMasterPasswordIsNamedBeforeAnySync(string member, string value)
    {
        _server.Token[member] = JsonNode.Parse(value);
        using BitwardenSession session = await _server.ConnectAsync();
        Assert.False(session.HasMasterPassword);
        AuthenticationFailedException failure = await Assert.ThrowsAsync<AuthenticationFailedException>(() => ScriptedServer.UnlockAsync(session));
        Assert.Equal("NoMasterPassword", failure.Code);
        Assert.Equal(0, _server.Count("sync"));
    }

    [Fact]
    public async Task KeyConnectorThatOnlySyncTellsIsNamed()
    {
        _server.MakeTokenMinimal();
        _server.Vault.Profile["usesKeyConnector"] = true;
        _server.Vault.Sync.Remove("userDecryption");
        using BitwardenSession session = await _server.ConnectAsync();
        Assert.Equal("NoMasterPassword", (await Assert.ThrowsAsync<AuthenticationFailedException>(() => ScriptedServer.UnlockAsync(session))).Code);
    }

    [Fact]
    public async Task UserKeyOfEncryptionVersion2IsUnsupported()
    {
        using MasterKey master = MasterKey.Derive(System.Text.Encoding.UTF8.GetBytes(ScriptedVault.Password), ScriptedVault.Email, ScriptedVault.QuickKdf);
        using SymmetricKey stretched = master.Stretch();
        string wrapped = stretched.Encrypt(new byte[80]).ToWireString();
        _server.SetTokenUnlock(ScriptedVault.QuickKdf, wrapped);
        _server.Vault.SetUnlock(ScriptedVault.QuickKdf, wrapped);
        await AssertUnsupportedAsync();
    }

    [Fact]
    public async Task PrivateKeyOfEncryptionVersion2IsUnsupported()
    {
        _server.Vault.Profile["privateKey"] = "7." + Convert.ToBase64String(new byte[64]);
        await AssertUnsupportedAsync();
    }

    [Fact]
    public async Task PrivateKeyInItsNewPlaceWins()
    {
        (Guid organization, SymmetricKey key) = _server.Vault.AddOrganization("Org");
        JsonObject item = _server.Vault.Add("shared", key: key);
        item["organizationId"] = organization.ToString();
        _server.Vault.Profile["accountKeys"] = new JsonObject
        {
            ["publicKeyEncryptionKeyPair"] = new JsonObject { ["wrappedPrivateKey"] = (string)_server.Vault.Profile["privateKey"]! },
        };
        _server.Vault.Profile["privateKey"] = null;
        using BitwardenSession session = await _server.ConnectUnlockedAsync();
        Assert.Equal("Org", session.GetVault().Find("shared").Organization);
    }

    public void Dispose() => _server.Dispose();

    private async Task AssertRefusedAsync(string code)
    {
        using BitwardenSession session = await _server.ConnectAsync();
        KdfException failure = await Assert.ThrowsAsync<KdfException>(() => ScriptedServer.UnlockAsync(session));
        Assert.Equal(code, failure.Code);
        Assert.Equal(BitwardenSessionState.Locked, session.State);
    }

    private async Task AssertUnsupportedAsync()
    {
        using BitwardenSession session = await _server.ConnectAsync();
        EncryptionException failure = await Assert.ThrowsAsync<EncryptionException>(() => ScriptedServer.UnlockAsync(session));
        Assert.Equal("UnsupportedEncryption", failure.Code);
        Assert.Equal(BitwardenSessionState.Locked, session.State);
    }

    private static async Task AssertWrongAsync(BitwardenSession session)
    {
        AuthenticationFailedException failure =
            await Assert.ThrowsAsync<AuthenticationFailedException>(() => ScriptedServer.UnlockAsync(session, "wrong password"));
        Assert.Equal("InvalidMasterPassword", failure.Code);
        Assert.DoesNotContain("wrong password", failure.ToString());
        Assert.Equal(BitwardenSessionState.Locked, session.State);
    }
}
