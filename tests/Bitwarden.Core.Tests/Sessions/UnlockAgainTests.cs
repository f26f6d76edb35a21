using Bitwarden.Core.Crypto;
using Bitwarden.Core.Errors;
using Bitwarden.Core.Sessions;
using Bitwarden.Core.Tests.Scripted;
using Bitwarden.Core.Vault;
using Xunit;

namespace Bitwarden.Core.Tests.Sessions;

/// <summary>Unlocking a vault that is unlocked already: it ends unlocked and shows the newest state, or fails with a typed error.</summary>
public sealed class UnlockAgainTests : IDisposable
{
    private const string NewPassword = "another password";
    private readonly ScriptedServer _server = new();
    private readonly ManualTimeProvider _time = new();

    public UnlockAgainTests()
    {
        _server.Vault.AddLogin("web", "ada", "pw-1");
    }

    [Fact]
    public async Task NewPasswordAfterAChangeElsewhereOpensTheNewState()
    {
        using BitwardenSession session = await _server.ConnectUnlockedAsync(_time);
        VaultItem before = session.GetVault().Find("web");
        ChangePassword();
        _server.Vault.AddLogin("new", "ada", "pw-2");
        await ScriptedServer.UnlockAsync(session, NewPassword);
        Assert.Equal(BitwardenSessionState.Unlocked, session.State);
        Assert.Equal("pw-2", session.GetVault().Find("new").Password!.RevealText());

        // The user key is the same: what was handed out before stays readable.
        Assert.Equal("pw-1", before.Password!.RevealText());
        await session.SyncAsync(force: true);
        Assert.Equal(BitwardenSessionState.Unlocked, session.State);
    }

    [Fact]
    public async Task PrivateKeyThatNoLongerOpensDoesNotLockWhatWasJustUnlocked()
    {
        using BitwardenSession session = await _server.ConnectUnlockedAsync(_time);
        ChangePassword();
        using SymmetricKey other = SymmetricKey.Generate();
        _server.Vault.Profile["privateKey"] = _server.Vault.Seal("not a key", other);
        await ScriptedServer.UnlockAsync(session, NewPassword);
        Assert.Equal("pw-1", session.GetVault().Find("web").Password!.RevealText());
    }

    [Fact]
    public async Task AnotherKeyOfAnOrganizationIsStillAnError()
    {
        _server.Vault.AddOrganization("Org");
        using BitwardenSession session = await _server.ConnectUnlockedAsync(_time);
        ChangePassword();
        _server.Vault.AddOrganization("Other");
        _server.Vault.Profile["organizations"]![0]!["key"] = _server.Vault.Profile["organizations"]![1]!["key"]!.DeepClone();
        EncryptionException failure = await Assert.ThrowsAsync<EncryptionException>(() => ScriptedServer.UnlockAsync(session, NewPassword));
        Assert.Equal("KeyChanged", failure.Code);
        Assert.Equal("pw-1", session.GetVault().Find("web").Password!.RevealText());
    }

    [Fact]
    public async Task SyncAloneStillLocksAfterAChangeElsewhere()
    {
        using BitwardenSession session = await _server.ConnectUnlockedAsync(_time);
        ChangePassword();
        await session.SyncAsync(force: true);
        Assert.Equal(BitwardenSessionState.Locked, session.State);
        await ScriptedServer.UnlockAsync(session, NewPassword);
        Assert.Equal(BitwardenSessionState.Unlocked, session.State);
    }

    public void Dispose() => _server.Dispose();

    // The user key stays: that is what a change of the password without a rotation does.
    private void ChangePassword()
    {
        _server.Vault.Profile["securityStamp"] = "stamp-2";
        _server.Vault.SetUnlock(ScriptedVault.QuickKdf, _server.Vault.Wrap(NewPassword, ScriptedVault.QuickKdf));
        _server.Revision = 1_700_000_000_001;
    }
}
