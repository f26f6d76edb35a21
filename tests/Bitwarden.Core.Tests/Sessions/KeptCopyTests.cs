using Bitwarden.Core.Sessions;
using Bitwarden.Core.Tests.Scripted;
using Xunit;

namespace Bitwarden.Core.Tests.Sessions;

/// <summary>The copy that a session brings up to date by itself.</summary>
public sealed class KeptCopyTests : IDisposable
{
    private readonly CopyHarness _copy = new();

    private SessionOptions Keeping => new() { KeepCopyAt = _copy.Path };

    public void Dispose() => _copy.Dispose();

    [Fact]
    public async Task IsWrittenWhenTheVaultIsUnlockedAndAfterASync()
    {
        BitwardenSession session = await _copy.UnlockedAsync(Keeping);
        Assert.Equal("p@ss", (await _copy.OpenUnlockedAsync()).GetVault().Find("kept").Password!.RevealText());
        _copy.Server.Vault.AddLogin("later", password: "l8r");
        Assert.True(await session.SyncAsync(force: true));
        Assert.Equal("l8r", (await _copy.OpenUnlockedAsync()).GetVault().Find("later").Password!.RevealText());
        Assert.Null(session.CopyFailure);
    }

    [Fact]
    public async Task IsAsNewAsTheServerSaysEvenWhenNothingHasChanged()
    {
        BitwardenSession session = await _copy.UnlockedAsync(Keeping);
        _copy.Time.Advance(TimeSpan.FromMinutes(20));
        Assert.Equal(TimeSpan.FromMinutes(20), _copy.Open().CopyAge);
        Assert.False(await session.SyncAsync(force: false));
        Assert.Equal(TimeSpan.Zero, _copy.Open().CopyAge);
    }

    [Fact]
    public async Task IsNotWrittenByALockedSession()
    {
        using BitwardenSession session = await _copy.Server.ConnectAsync(_copy.Time, Keeping);
        await session.SyncAsync(force: true);
        Assert.False(File.Exists(_copy.Path));
        Assert.Null(session.CopyFailure);
    }

    [Theory]
    [InlineData("my notes")]
    [InlineData("bitwarden-vault-copy 2\n{}\n")]
    public async Task ReplacesNoOtherFile(string content)
    {
        File.WriteAllText(_copy.Path, content);
        BitwardenSession session = await _copy.UnlockedAsync(Keeping);
        Assert.Contains(_copy.Path, session.CopyFailure, StringComparison.Ordinal);
        Assert.Equal(content, File.ReadAllText(_copy.Path));
        Assert.Equal(BitwardenSessionState.Unlocked, session.State);
    }

    [Fact]
    public async Task ReplacesNoCopyOfAnotherAccount()
    {
        string other = CopyHarness.KnownCopy.Replace($"{ScriptedServer.UserId}", $"{Guid.Empty}", StringComparison.Ordinal);
        File.WriteAllText(_copy.Path, other);
        BitwardenSession session = await _copy.UnlockedAsync(Keeping);
        Assert.Contains("not of the account", session.CopyFailure, StringComparison.Ordinal);
        Assert.Equal(other, File.ReadAllText(_copy.Path));
    }

    [Fact]
    public async Task FailureIsForgottenOnceItIsWritten()
    {
        File.WriteAllText(_copy.Path, "my notes");
        BitwardenSession session = await _copy.UnlockedAsync(Keeping);
        File.Delete(_copy.Path);
        await session.SyncAsync(force: false);
        Assert.Null(session.CopyFailure);
        Assert.NotNull(_copy.Open());
    }
}
