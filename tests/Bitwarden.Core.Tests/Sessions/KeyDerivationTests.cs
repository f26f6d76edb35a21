using Bitwarden.Core.Crypto;
using Bitwarden.Core.Errors;
using Bitwarden.Core.Sessions;
using Bitwarden.Core.Sessions.Unlocking;
using Bitwarden.Core.Tests.Scripted;
using Xunit;

namespace Bitwarden.Core.Tests.Sessions;

public sealed class KeyDerivationTests : IDisposable
{
    private static readonly TimeSpan s_long = TimeSpan.FromSeconds(30);
    private readonly ScriptedServer _server = new();

    [Fact]
    public async Task GivingUpEndsTheWaitAndZeroesWhatComesLate()
    {
        using ManualResetEventSlim goesOn = new();
        using CancellationTokenSource cancel = new();
        MasterKey late = MasterKey.FromBytes(new byte[MasterKey.Length]);
        Task<MasterKey> wait = KeyDerivation.RunAsync(
            () =>
            {
                goesOn.Wait();
                return late;
            },
            cancel.Token);
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => wait.WaitAsync(s_long));
        late.CopyBytes().Dispose();
        goesOn.Set();
        Assert.True(SpinWait.SpinUntil(() => IsZeroed(late), s_long));
    }

    [Fact]
    public async Task FailuresArriveAsTheyAre() => await Assert.ThrowsAsync<KdfException>(
        () => KeyDerivation.RunAsync<MasterKey>(() => throw KdfException.OutOfMemory("x"), CancellationToken.None));

    [Fact]
    public async Task ThePasswordMayBeZeroedWhileItIsDerivedFrom()
    {
        KdfSettings kdf = new(KdfType.Pbkdf2Sha256, 300_000);
        using MasterKey expected = MasterKey.Derive("pw"u8, "salt", kdf);
        SecretBytes password = SecretBytes.FromCharacters("pw");
        Task<MasterKey> derivation = KeyDerivation.RunAsync(password, "salt", kdf, CancellationToken.None);
        password.Dispose();
        using MasterKey key = await derivation;
        Assert.True(key.CopyBytes().Span.SequenceEqual(expected.CopyBytes().Span));
    }

    [Fact]
    public async Task CancelledPbkdf2UnlockEndsAtOnceAndNeverOpens()
    {
        KdfSettings slow = new(KdfType.Pbkdf2Sha256, 2_000_000);
        string wrapped = _server.Vault.Wrap(ScriptedVault.Password, slow);
        _server.SetTokenUnlock(slow, wrapped);
        _server.Vault.SetUnlock(slow, wrapped);
        using BitwardenSession session = await _server.ConnectAsync();
        await session.SyncAsync(force: true);
        using CancellationTokenSource cancel = new();
        Task unlock = ScriptedServer.UnlockAsync(session, cancellation: cancel.Token);
        await Task.Delay(50);
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => unlock.WaitAsync(s_long));
        Assert.Equal(BitwardenSessionState.Locked, session.State);
        await Task.Delay(TimeSpan.FromSeconds(2));
        Assert.Equal(BitwardenSessionState.Locked, session.State);
    }

    public void Dispose() => _server.Dispose();

    private static bool IsZeroed(MasterKey key)
    {
        try
        {
            key.CopyBytes().Dispose();
            return false;
        }
        catch (ObjectDisposedException)
        {
            return true;
        }
    }
}
