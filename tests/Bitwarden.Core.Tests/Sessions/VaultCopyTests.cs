using System.Text;
using System.Text.Json.Nodes;
using Bitwarden.Core.Api;
using Bitwarden.Core.Crypto;
using Bitwarden.Core.Errors;
using Bitwarden.Core.Sessions;
using Bitwarden.Core.Tests.Scripted;
using Bitwarden.Core.Vault;
using Bitwarden.Core.Vault.Editing;
using Xunit;

namespace Bitwarden.Core.Tests.Sessions;

/// <summary>Copies of a vault on the disk: what they hold, who opens them, and what a session from one can do.</summary>
public sealed class VaultCopyTests : IDisposable
{
    private readonly CopyHarness _copy = new();

    public void Dispose() => _copy.Dispose();

    // Made by a program of its own from RFC 2104, RFC 5869 and RFC 8018, with the key 00 01 .. 3F.
    [Fact]
    public async Task KnownCopyOpens()
    {
        File.WriteAllText(_copy.Path, CopyHarness.KnownCopy);
        BitwardenSession session = await _copy.OpenUnlockedAsync();
        Assert.Equal("päss", session.GetVault().Find("kept").Password!.RevealText());
    }

    [Fact]
    public async Task SavedCopyIsOpenedByThePassword()
    {
        BitwardenSession saved = await _copy.SaveAsync();
        _copy.Time.Advance(TimeSpan.FromHours(30));
        BitwardenSession session = _copy.Open();
        Assert.Equal("VaultLocked", Assert.Throws<SessionException>(session.GetVault).Code);
        Assert.Equal(TimeSpan.FromHours(30), session.CopyAge);
        await ScriptedServer.UnlockAsync(session);
        Assert.Equal("p@ss", session.GetVault().Find("kept").Password!.RevealText());
        Assert.Equal(saved.Account, session.Account);
        Assert.Equal(saved.ClientId, session.ClientId);
        Assert.Equal(saved.Server.Api, session.Server.Api);
        Assert.Null(saved.CopyAge);
    }

    [Fact]
    public async Task NothingElseOpensIt()
    {
        await _copy.SaveAsync();
        BitwardenSession session = _copy.Open();
        Assert.Equal(
            "InvalidMasterPassword", (await Assert.ThrowsAsync<AuthenticationFailedException>(() => ScriptedServer.UnlockAsync(session, "wrong"))).Code);
        await ScriptedServer.UnlockAsync(session);
        session.Lock();
        await ScriptedServer.UnlockAsync(session);
    }

    [Fact]
    public async Task IsForItsOwnerAloneAndLeavesNothingBesideIt()
    {
        await _copy.SaveAsync();
        Assert.Equal([_copy.Path], Directory.GetFileSystemEntries(_copy.Folder));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_copy.Path));
        }
    }

    [Fact]
    public async Task HoldsNoTokenAndNothingInClear()
    {
        JsonObject item = _copy.Server.Vault.AddLogin("with file");
        item["attachments"] = new JsonArray(new JsonObject
        {
            ["id"] = "f1", ["fileName"] = _copy.Server.Vault.Seal("cert.pfx"), ["key"] = "2.x", ["url"] = "https://vault.example.org/f1?token=eyJmaWxl",
        });
        await _copy.SaveAsync();
        string text = File.ReadAllText(_copy.Path);
        using SecretBytes key = _copy.Server.Vault.UserKey.CopyBytes();
        string[] secrets = ["token=", "eyJ", "e30.", ScriptedServer.ClientSecret, ScriptedVault.Password, "kept", "p@ss", Convert.ToBase64String(key.Span)];
        Assert.DoesNotContain(secrets, secret => text.Contains(secret, StringComparison.Ordinal));
        BitwardenSession session = await _copy.OpenUnlockedAsync();
        Assert.Equal("cert.pfx", Assert.Single(session.GetVault().Find("with file").Attachments).FileName);
    }

    [Fact]
    public async Task EveryChangedByteIsRefused()
    {
        byte[] whole = Encoding.UTF8.GetBytes(CopyHarness.KnownCopy);
        string[] expected =
        [
            "InvalidVaultCopy", "UnsupportedVaultCopy", "VaultCopyChanged", "InvalidMasterPassword", "InsufficientKdf", "ExcessiveKdf", "UnsupportedKdf",
            "UnsupportedEncryption",
        ];
        for (int i = 0; i < whole.Length; i++)
        {
            byte[] changed = [.. whole];
            changed[i] ^= 1;
            _copy.Write(changed);
            BitwardenException failure = await Assert.ThrowsAnyAsync<BitwardenException>(_copy.OpenUnlockedAsync);
            Assert.True(expected.Contains(failure.Code), $"byte {i}: {failure.Code}");
        }
    }

    [Fact]
    public async Task ChangedValueIsToldFromWrongPassword()
    {
        string text = CopyHarness.KnownCopy.Replace("2026-10-31", "2026-11-01", StringComparison.Ordinal);
        File.WriteAllText(_copy.Path, text);
        VaultCopyException failure = await Assert.ThrowsAsync<VaultCopyException>(_copy.OpenUnlockedAsync);
        Assert.Equal("VaultCopyChanged", failure.Code);
    }

    [Fact]
    public void CutFileIsRefusedBeforeAnybodyIsAsked()
    {
        byte[] whole = Encoding.UTF8.GetBytes(CopyHarness.KnownCopy);
        for (int length = 0; length < whole.Length; length += 7)
        {
            _copy.Write(whole[..length]);
            Assert.Equal("InvalidVaultCopy", Assert.Throws<VaultCopyException>(() => _copy.Open()).Code);
        }
    }

    [Theory]
    [InlineData("", "InvalidVaultCopy")]
    [InlineData("{\"encrypted\":false}", "InvalidVaultCopy")]
    [InlineData("bitwarden-vault-copy 2\n{}\n", "UnsupportedVaultCopy")]
    [InlineData("bitwarden-vault-copy \n{}\n", "InvalidVaultCopy")]
    [InlineData("bitwarden-vault-copy 1\nnull\n", "InvalidVaultCopy")]
    [InlineData("bitwarden-vault-copy 1\n{\"length\":-1}\n", "InvalidVaultCopy")]
    public void OtherFilesAreRefused(string content, string code)
    {
        File.WriteAllText(_copy.Path, content);
        Assert.Equal(code, Assert.Throws<VaultCopyException>(() => _copy.Open()).Code);
    }

    [Theory]
    [InlineData("https://vault.example.org/api/", "http://vault.example.org/api/")]
    [InlineData("\"https://vault.example.org/identity/\"", "null")]
    [InlineData("\"account\":\"ada@example.org\"", "\"account\":\"eve@example.org\"")]
    [InlineData("\"length\":406", "\"length\":405")]
    [InlineData("\"length\":406", "\"length\":2147483647")]
    [InlineData("\"wrappedUserKey\":\"2.", "\"wrappedUserKey\":\"9.")]
    public void OddHeadersAreRefusedBeforeAnybodyIsAsked(string old, string changed)
    {
        File.WriteAllText(_copy.Path, CopyHarness.KnownCopy.Replace(old, changed, StringComparison.Ordinal));
        Assert.Equal("InvalidVaultCopy", Assert.Throws<VaultCopyException>(() => _copy.Open()).Code);
    }

    [Theory]
    [InlineData("1", "InsufficientKdf")]
    [InlineData("2000001", "ExcessiveKdf")]
    public async Task LimitsOfTheKeyDerivationHoldForStrangersFiles(string iterations, string code)
    {
        File.WriteAllText(_copy.Path, CopyHarness.KnownCopy.Replace("5000", iterations, StringComparison.Ordinal));
        Assert.Equal(code, (await Assert.ThrowsAsync<KdfException>(_copy.OpenUnlockedAsync)).Code);
    }

    [Fact]
    public void FolderAndMissingFileAreFileErrors()
    {
        Directory.CreateDirectory(_copy.Path);
        Assert.Equal("FileUnusable", Assert.Throws<LocalFileException>(() => _copy.Open()).Code);
        Directory.Delete(_copy.Path);
        Assert.Equal("FileUnusable", Assert.Throws<LocalFileException>(() => _copy.Open()).Code);
    }

    [Fact]
    public async Task FileLargerThanAnyVaultIsNotRead()
    {
        await _copy.SaveAsync();
        ConnectionOptions small = _copy.Connection with { LargestAnswer = 100 };
        VaultCopyException failure = Assert.Throws<VaultCopyException>(
            () => VaultCopy.Open(_copy.Path, new VaultCopyLimits(), small, new SessionOptions()));
        Assert.Contains("larger", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AgeLimitCountsAndFutureHasNoAge()
    {
        await _copy.SaveAsync();
        VaultCopyLimits day = new() { MaxAge = TimeSpan.FromDays(1) };
        _copy.Time.Advance(TimeSpan.FromHours(24));
        Assert.NotNull(_copy.Open(day));
        _copy.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("VaultCopyTooOld", Assert.Throws<VaultCopyException>(() => _copy.Open(day)).Code);
        File.WriteAllText(_copy.Path, CopyHarness.KnownCopy);
        Assert.Contains("still to come", Assert.Throws<VaultCopyException>(() => _copy.Open(day)).Message, StringComparison.Ordinal);
        Assert.True(_copy.Open().CopyAge < TimeSpan.Zero);
    }

    [Fact]
    public async Task CopyOfAnotherAccountOrServerIsRefused()
    {
        await _copy.SaveAsync();
        VaultCopyLimits own = new() { Server = _copy.Server.Environment, UserId = ScriptedServer.UserId };
        Assert.NotNull(_copy.Open(own));
        Assert.Equal("OtherVaultCopy", Assert.Throws<VaultCopyException>(() => _copy.Open(own with { UserId = Guid.NewGuid() })).Code);
        Assert.Equal(
            "OtherVaultCopy", Assert.Throws<VaultCopyException>(() => _copy.Open(own with { Server = ServerEnvironment.UnitedStates })).Code);
    }

    [Fact]
    public async Task SessionFromACopyNeverTalksToTheServer()
    {
        await _copy.SaveAsync();
        BitwardenSession session = await _copy.OpenUnlockedAsync();
        _copy.Server.Requests.Clear();
        VaultItem item = session.GetVault().Find("kept");
        ItemEdit edit = new() { Name = "other" };
        await AssertOfflineAsync(() => session.SyncAsync(force: true));
        await AssertOfflineAsync(() => session.ExportAsync(withUserKey: true));
        await AssertOfflineAsync(() => session.SaveAsync(_copy.In("second")));
        await AssertOfflineAsync(() => session.GetWriter().Items.UpdateAsync(item, edit));
        await AssertOfflineAsync(() => session.GetWriter().Folders.CreateAsync("new"));
        Assert.Empty(_copy.Server.Requests);
        Assert.Equal("kept", session.GetVault().Find("kept").Name);
        Assert.Equal([_copy.Path], Directory.GetFileSystemEntries(_copy.Folder));
    }

    [Fact]
    public async Task OnlyAnOpenVaultWithAMasterPasswordIsSaved()
    {
        BitwardenSession session = await _copy.UnlockedAsync();
        session.Lock();
        Assert.Equal("VaultLocked", (await Assert.ThrowsAsync<SessionException>(() => session.SaveAsync(_copy.Path))).Code);
        Assert.Empty(Directory.GetFileSystemEntries(_copy.Folder));
    }

    [Fact]
    public async Task AnotherFileIsReplacedOnlyWhenThatIsSaid()
    {
        BitwardenSession session = await _copy.UnlockedAsync();
        File.WriteAllText(_copy.Path, "mine");
        Assert.Equal("FileExists", (await Assert.ThrowsAsync<LocalFileException>(() => session.SaveAsync(_copy.Path))).Code);
        Assert.Equal("mine", File.ReadAllText(_copy.Path));
        await session.SaveAsync(_copy.Path, overwrite: true);
        await _copy.OpenUnlockedAsync();
        Assert.Equal("FileUnusable", (await Assert.ThrowsAsync<LocalFileException>(() => session.SaveAsync(_copy.Folder, overwrite: true))).Code);
    }

    [Fact]
    public async Task LinkIsReplacedAndNotFollowed()
    {
        BitwardenSession session = await _copy.UnlockedAsync();
        File.WriteAllText(_copy.In("target"), "mine");
        File.CreateSymbolicLink(_copy.Path, _copy.In("target"));
        await session.SaveAsync(_copy.Path, overwrite: true);
        Assert.Equal("mine", File.ReadAllText(_copy.In("target")));
        await _copy.OpenUnlockedAsync();
    }

    [Fact]
    public async Task LoginSaysHowToUnlockWhereSyncDoesNot()
    {
        _copy.Server.Vault.Sync.Remove("userDecryption");
        await _copy.SaveAsync();
        BitwardenSession session = await _copy.OpenUnlockedAsync();
        Assert.Equal(ScriptedVault.QuickKdf, session.Kdf);
    }

    [Fact]
    public async Task OlderDerivationOpensTheCopyAndIsNotRemembered()
    {
        // A server of its own: what the process remembers of an account would meet other tests.
        ServerEnvironment server = ServerEnvironment.Resolve($"https://{Guid.NewGuid():N}.example.org");
        using BitwardenSession saved = await _copy.Server.ConnectAsync(server, _copy.Time, null, ScriptedServer.ClientSecret, null, default);
        await ScriptedServer.UnlockAsync(saved);
        await saved.SaveAsync(_copy.Path);
        KdfSettings stronger = ScriptedVault.QuickKdf with { Iterations = 6_000 };
        ServerEnvironment shown = _copy.Open().Server;
        SessionStore.KdfHistory.Record(ScriptedVault.Email, shown.Name, new UnlockMaterial(stronger, ScriptedVault.Email, string.Empty));
        BitwardenSession session = await _copy.OpenUnlockedAsync();
        Assert.Null(session.KdfWeakenedFrom);
    }

    private static async Task AssertOfflineAsync(Func<Task> call) =>
        Assert.Equal("SessionOffline", (await Assert.ThrowsAsync<SessionException>(call)).Code);
}
