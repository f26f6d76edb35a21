using System.Text;
using Bitwarden.Core.Api;
using Bitwarden.Core.Crypto;
using Bitwarden.Core.Errors;
using Bitwarden.Core.Sessions;
using Bitwarden.Core.Tests.Scripted;
using Xunit;

namespace Bitwarden.Core.Tests.Sessions;

/// <summary>A server that asks for a weaker key derivation than this process has seen for the account gets nothing that was derived with it.</summary>
public sealed class WeakenedKdfTests : IDisposable
{
    private static readonly KdfSettings s_strong = new(KdfType.Pbkdf2Sha256, 6_000);
    private readonly ScriptedServer _server = new();

    // The history is one for the process: a server name of its own for each test.
    private readonly ServerEnvironment _environment = ServerEnvironment.Resolve($"https://{Guid.NewGuid():N}.example.org");

    [Fact]
    public async Task LoginIsRefusedBeforeAnythingIsSent()
    {
        await UnlockStronglyAsync();
        KdfException failure = await Assert.ThrowsAsync<KdfException>(BeginAsync);
        Assert.Equal("WeakenedKdf", failure.Code);
        Assert.Contains("6000", failure.Message, StringComparison.Ordinal);
        Assert.Equal("accounts/prelogin", _server.Requests.Last().Path);
    }

    [Fact]
    public async Task ChangeFromArgon2idToPbkdf2IsWeaker()
    {
        Ask(new KdfSettings(KdfType.Argon2id, 2, 16, 1));
        using BitwardenSession session = await ConnectAsync();
        await ScriptedServer.UnlockAsync(session);
        Ask(KdfSettings.DefaultPbkdf2);
        Assert.Equal("WeakenedKdf", (await Assert.ThrowsAsync<KdfException>(BeginAsync)).Code);
    }

    [Fact]
    public async Task UnlockIsRefused()
    {
        await UnlockStronglyAsync();
        Ask(ScriptedVault.QuickKdf);
        using BitwardenSession session = await ConnectAsync();
        Assert.Equal("WeakenedKdf", (await Assert.ThrowsAsync<KdfException>(() => ScriptedServer.UnlockAsync(session))).Code);
        Assert.Equal(BitwardenSessionState.Locked, session.State);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task ApiKeyIsNotAskedForWithAWeakerHash(bool rotate)
    {
        Ask(s_strong);
        using BitwardenSession session = await ConnectAsync();
        await ScriptedServer.UnlockAsync(session);
        Ask(ScriptedVault.QuickKdf);
        await session.SyncAsync(force: true);
        using SecretBytes password = new(Encoding.UTF8.GetBytes(ScriptedVault.Password));
        Assert.Equal("WeakenedKdf", (await Assert.ThrowsAsync<KdfException>(() => session.GetApiKeyAsync(rotate, password))).Code);
        Assert.DoesNotContain(_server.Requests, request => request.Path.EndsWith("api-key", StringComparison.Ordinal));
    }

    [Fact]
    public async Task PermissionForAWeakerOneCountsForItsOwnCallOnly()
    {
        await UnlockStronglyAsync();
        Ask(ScriptedVault.QuickKdf);
        using BitwardenSession session = await ConnectAsync();
        using SecretBytes password = new(Encoding.UTF8.GetBytes(ScriptedVault.Password));
        await session.UnlockAsync(password, new UnlockOptions { AllowWeakerKdf = true });
        Assert.Equal(s_strong, session.KdfWeakenedFrom);
        Assert.Equal("WeakenedKdf", (await Assert.ThrowsAsync<KdfException>(() => session.GetApiKeyAsync(rotate: false, password))).Code);
        Assert.Equal("WeakenedKdf", (await Assert.ThrowsAsync<KdfException>(BeginAsync)).Code);
        session.Lock();
        Assert.Equal("WeakenedKdf", (await Assert.ThrowsAsync<KdfException>(() => ScriptedServer.UnlockAsync(session))).Code);
        await session.UnlockAsync(password, new UnlockOptions { AllowWeakerKdf = true });
        Assert.Equal(s_strong, session.KdfWeakenedFrom);
    }

    [Fact]
    public async Task StrongerOneIsTheMeasureFromThenOn()
    {
        await UnlockStronglyAsync();
        KdfSettings stronger = new(KdfType.Pbkdf2Sha256, 7_000);
        Ask(stronger);
        using BitwardenSession session = await ConnectAsync();
        await ScriptedServer.UnlockAsync(session);
        Assert.Null(session.KdfWeakenedFrom);
        Ask(s_strong);
        Assert.Contains("7000", (await Assert.ThrowsAsync<KdfException>(BeginAsync)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task LoginWithAWeakerOneIsAcceptedOnDemand()
    {
        await UnlockStronglyAsync();
        Ask(ScriptedVault.QuickKdf);
        using SecretBytes password = new(Encoding.UTF8.GetBytes(ScriptedVault.Password));
        using PasswordLogin login = await PasswordLogin.BeginAsync(
            ScriptedVault.Email, password, _environment, Options, new UnlockOptions { AllowWeakerKdf = true });
        using BitwardenSession session = await login.SubmitAsync(new SessionOptions());
        Assert.Equal((ScriptedVault.QuickKdf, s_strong), (session.Kdf, session.KdfWeakenedFrom));
    }

    [Fact]
    public async Task LimitsAreToldBeforeTheComparison()
    {
        await UnlockStronglyAsync();
        _server.Prelogin["kdfIterations"] = 4_999;
        Assert.Equal("InsufficientKdf", (await Assert.ThrowsAsync<KdfException>(BeginAsync)).Code);
    }

    [Fact]
    public async Task OlderAnswerThatIsWeakerGivesWayToTheNewest()
    {
        using BitwardenSession old = await ConnectAsync();
        await ScriptedServer.UnlockAsync(old);
        old.Lock();
        await UnlockStronglyAsync();
        await ScriptedServer.UnlockAsync(old);
        Assert.Equal((BitwardenSessionState.Unlocked, s_strong), (old.State, old.Kdf));
    }

    private ConnectionOptions Options => new() { MessageHandler = _server, TimeProvider = new ManualTimeProvider() };

    private async Task UnlockStronglyAsync()
    {
        Ask(s_strong);
        using BitwardenSession session = await ConnectAsync();
        await ScriptedServer.UnlockAsync(session);
        _server.Prelogin["kdfIterations"] = 5_000;
    }

    private Task<BitwardenSession> ConnectAsync() => _server.ConnectAsync(_environment, null, null, ScriptedServer.ClientSecret, null, default);

    private async Task<PasswordLogin> BeginAsync()
    {
        using SecretBytes password = new(Encoding.UTF8.GetBytes(ScriptedVault.Password));
        return await PasswordLogin.BeginAsync(ScriptedVault.Email, password, _environment, Options);
    }

    private void Ask(KdfSettings kdf)
    {
        string wrapped = _server.Vault.Wrap(ScriptedVault.Password, kdf);
        _server.SetTokenUnlock(kdf, wrapped);
        _server.Vault.SetUnlock(kdf, wrapped);
        _server.Prelogin["kdf"] = (int)kdf.Type;
        _server.Prelogin["kdfIterations"] = kdf.Iterations;
        _server.Prelogin["kdfMemory"] = kdf.MemoryMib;
        _server.Prelogin["kdfParallelism"] = kdf.Parallelism;
    }

    public void Dispose() => _server.Dispose();
}
