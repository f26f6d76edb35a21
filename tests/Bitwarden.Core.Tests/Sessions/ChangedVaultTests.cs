using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using Bitwarden.Core.Crypto;
using Bitwarden.Core.Errors;
using Bitwarden.Core.Sessions;
using Bitwarden.Core.Tests.Scripted;
using Bitwarden.Core.Vault;
using Xunit;

namespace Bitwarden.Core.Tests.Sessions;

/// <summary>What a sync may not change behind a session's back, and what it leaves as it is.</summary>
public sealed class ChangedVaultTests : IDisposable
{
    private readonly ScriptedServer _server = new();
    private readonly ManualTimeProvider _time = new();

    public ChangedVaultTests()
    {
        _server.Vault.AddLogin("web", "ada", "pw-1");
    }

    [Fact]
    public async Task AnotherAccountsSyncIsRefused()
    {
        using BitwardenSession session = await _server.ConnectUnlockedAsync(_time);
        _server.Vault.Profile["id"] = Guid.NewGuid().ToString();
        _server.Vault.AddLogin("evil");
        Assert.Equal("AccountChanged", (await Assert.ThrowsAsync<ServerException>(() => session.SyncAsync(force: true))).Code);
        Assert.Equal("web", Assert.Single(session.GetVault().Items).Name);
    }

    [Fact]
    public async Task AnotherKeyOfAnOrganizationIsRefusedAndTheVaultStays()
    {
        (Guid id, SymmetricKey key) = _server.Vault.AddOrganization("Org");
        JsonObject shared = _server.Vault.Add("shared", key: key);
        shared["organizationId"] = id.ToString();
        using BitwardenSession session = await _server.ConnectUnlockedAsync(_time);
        JsonNode wrapped = _server.Vault.Profile["organizations"]![0]!["key"]!.DeepClone();
        (_, SymmetricKey other) = _server.Vault.AddOrganization("Other");
        _server.Vault.Profile["organizations"]![0]!["key"] = _server.Vault.Profile["organizations"]![1]!["key"]!.DeepClone();
        shared["name"] = _server.Vault.Seal("evil", other);
        _server.Revision = 1_700_000_000_001;
        Assert.Equal("KeyChanged", (await Assert.ThrowsAsync<EncryptionException>(() => session.SyncAsync(force: true))).Code);
        Assert.Equal("shared", session.GetVault().Find("shared").Name);

        // Nothing of it was kept: the next sync does not take the refused answer for known.
        _server.Vault.Profile["organizations"]![0]!["key"] = wrapped;
        shared["name"] = _server.Vault.Seal("renamed", key);
        Assert.True(await session.SyncAsync(force: false));
        Assert.Equal("renamed", session.GetVault().Find("renamed").Name);
    }

    [Fact]
    public async Task ItemThatMovesToAnotherOwnerIsRefusedUntilTheVaultIsUnlockedAgain()
    {
        (Guid id, SymmetricKey key) = _server.Vault.AddOrganization("Org");
        using BitwardenSession session = await _server.ConnectUnlockedAsync(_time);
        JsonObject web = _server.Vault.Ciphers[0]!.AsObject();
        web["organizationId"] = id.ToString();
        web["name"] = _server.Vault.Seal("web", key);
        Assert.Equal("KeyChanged", (await Assert.ThrowsAsync<EncryptionException>(() => session.SyncAsync(force: true))).Code);
        Assert.Null(session.GetVault().Find("web").OrganizationId);
        session.Lock();
        Assert.True(await session.SyncAsync(force: true));
        using SecretBytes password = SecretBytes.FromCharacters(ScriptedVault.Password);
        await session.UnlockAsync(password);
        Assert.Equal(id, session.GetVault().Find("web").OrganizationId);
    }

    [Fact]
    public async Task UnchangedItemsStayTheSameObjectsAndKeysAreNotOpenedAgain()
    {
        (_, SymmetricKey _) = _server.Vault.AddOrganization("Org");
        JsonObject changing = _server.Vault.AddLogin("changing", "ada", "pw-1");
        using BitwardenSession session = await _server.ConnectUnlockedAsync(_time);
        (VaultItem web, VaultItem old) = (session.GetVault().Find("web"), session.GetVault().Find("changing"));
        changing["login"]!["password"] = _server.Vault.Seal("pw-2");
        Assert.True(await session.SyncAsync(force: true));
        Assert.Same(web, session.GetVault().Find("web"));
        Assert.Equal("pw-1", web.Password!.RevealText());
        VaultItem changed = session.GetVault().Find("changing");
        Assert.NotSame(old, changed);
        Assert.Equal(("pw-1", "pw-2"), (old.Password!.RevealText(), changed.Password!.RevealText()));
        Assert.Empty(session.GetVault().Access.Keys.Retired);
    }

    [Fact]
    public async Task AnswerOfTheSameBytesRebuildsNothing()
    {
        using BitwardenSession session = await _server.ConnectUnlockedAsync(_time);
        UnlockedVault vault = session.GetVault();
        Assert.True(await session.SyncAsync(force: true));
        Assert.Same(vault, session.GetVault());
    }

    [Fact]
    public async Task KeysThatNoLongerOpenWhatIsThereAreNotUsedOnItUnderAnyStamp()
    {
        using BitwardenSession session = await _server.ConnectUnlockedAsync(_time);
        using SymmetricKey rotated = SymmetricKey.Generate();
        _server.Vault.Profile["privateKey"] = _server.Vault.Seal("another key pair", rotated);
        await session.SyncAsync(force: true);
        Assert.Equal(BitwardenSessionState.Locked, session.State);
    }

    [Fact]
    public async Task KeyOfAnOrganizationIsNotOpenedTwice()
    {
        _server.Vault.AddOrganization("Org");
        using BitwardenSession session = await _server.ConnectUnlockedAsync(_time);
        KeyRing keys = session.GetVault().Access.Keys;
        // Without it an organization's key cannot be opened.
        PrivateKeyOf(keys) = null;
        Assert.True(EncString.TryParse((string?)_server.Vault.Profile["organizations"]![0]!["key"], out EncString? wrapped));
        keys.AddOrganizationKey(Guid.Parse((string)_server.Vault.Profile["organizations"]![0]!["id"]!), wrapped);
    }

    [Fact]
    public async Task UnlockingAfterARotationElsewhereTakesTheKeysThatOpenWhatIsThere()
    {
        using BitwardenSession session = await _server.ConnectUnlockedAsync(_time);
        VaultItem before = session.GetVault().Find("web");
        ScriptedVault rotated = new();
        rotated.AddLogin("web", "ada", "pw-rotated");
        rotated.Profile["securityStamp"] = "stamp-2";
        rotated.SetUnlock(ScriptedVault.QuickKdf, rotated.Wrap("another password", ScriptedVault.QuickKdf));
        foreach ((string member, JsonNode? value) in rotated.Sync.ToArray())
        {
            _server.Vault.Sync[member] = value?.DeepClone();
        }

        using SecretBytes wrong = SecretBytes.FromCharacters("mistyped");
        Assert.Equal("InvalidMasterPassword", (await Assert.ThrowsAsync<AuthenticationFailedException>(() => session.UnlockAsync(wrong))).Code);
        using SecretBytes password = SecretBytes.FromCharacters("another password");
        await session.UnlockAsync(password);
        Assert.Equal("pw-rotated", session.GetVault().Find("web").Password!.RevealText());
        Assert.Equal("VaultLocked", Assert.Throws<SessionException>(() => before.Password!.RevealText()).Code);
    }

    [Fact]
    public async Task MistypedUnlockAfterAChangeElsewhereDoesNotLeaveASessionOnDeadKeys()
    {
        using BitwardenSession session = await _server.ConnectUnlockedAsync(_time);
        _server.Vault.Profile["securityStamp"] = "stamp-2";
        using SecretBytes wrong = SecretBytes.FromCharacters("mistyped");
        await Assert.ThrowsAsync<AuthenticationFailedException>(() => session.UnlockAsync(wrong));
        await session.SyncAsync(force: false);
        Assert.Equal(BitwardenSessionState.Locked, session.State);
    }

    public void Dispose() => _server.Dispose();

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_privateKey")]
    private static extern ref RsaKeyPair? PrivateKeyOf(KeyRing keys);
}
