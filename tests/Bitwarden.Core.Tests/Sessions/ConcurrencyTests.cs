using Bitwarden.Core.Errors;
using Bitwarden.Core.Sessions;
using Bitwarden.Core.Tests.Scripted;
using Bitwarden.Core.Vault;
using Xunit;

namespace Bitwarden.Core.Tests.Sessions;

public sealed class ConcurrencyTests : IDisposable
{
    private const int Readers = 16;
    private const int Items = 40;
    private readonly ScriptedServer _server = new();
    private volatile bool _done;
    private volatile int _reads;

    public ConcurrencyTests()
    {
        using Bitwarden.Core.Crypto.SymmetricKey itemKey = Bitwarden.Core.Crypto.SymmetricKey.Generate();
        for (int i = 0; i < Items; i++)
        {
            _server.Vault.AddLogin($"item-{i}", $"user-{i}", $"pw-{i}");
        }

        for (int i = 0; i < Items; i++)
        {
            System.Text.Json.Nodes.JsonObject keyed = _server.Vault.Add($"keyed-{i}", key: itemKey);
            keyed["key"] = _server.Vault.UserKey.WrapKey(itemKey).ToWireString();
            keyed["login"] = new System.Text.Json.Nodes.JsonObject
            {
                ["username"] = _server.Vault.Seal($"user-{i}", itemKey), ["password"] = _server.Vault.Seal($"pw-{i}", itemKey),
            };
        }
    }

    [Fact]
    public async Task ReadersGetRightValuesOrVaultLocked()
    {
        using BitwardenSession session = await _server.ConnectUnlockedAsync();
        Task<(int Read, int Locked)>[] readers = [.. Enumerable.Range(0, Readers).Select(reader => Task.Factory.StartNew(
            () => ReadUntilDone(session, reader), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default))];
        for (int round = 0; round < 60; round++)
        {
            Task<bool> sync = session.SyncAsync(force: true);
            await Task.Delay(round % 3);
            session.Lock();
            await sync;
            await ScriptedServer.UnlockAsync(session);
        }

        int before = _reads;
        await Poll.UntilAsync("a read after the last unlock", () => _reads > before);
        _done = true;
        (int Read, int Locked)[] counts = await Task.WhenAll(readers).WaitAsync(TimeSpan.FromSeconds(30));
        Assert.True(counts.Sum(count => count.Read) > 0);
        Assert.True(counts.Sum(count => count.Locked) > 0);
        Assert.Equal(BitwardenSessionState.Unlocked, session.State);
        Assert.Equal("pw-7", session.GetVault().Find("item-7").Password!.RevealText());
    }

    [Fact]
    public async Task DisposeAmongReadersGivesNothingButSessionErrors()
    {
        for (int round = 0; round < 10; round++)
        {
            _done = false;
            BitwardenSession session = await _server.ConnectUnlockedAsync();
            Task<(int Read, int Locked)>[] readers = [.. Enumerable.Range(0, 4).Select(reader => Task.Run(() => ReadUntilDone(session, reader)))];
            Task sync = session.SyncAsync(force: true);
            await Task.Delay(round % 3);
            session.Dispose();
            try
            {
                await sync;
            }
            catch (SessionException e)
            {
                Assert.Equal("SessionDisconnected", e.Code);
            }

            _done = true;
            await Task.WhenAll(readers).WaitAsync(TimeSpan.FromSeconds(30));
            Assert.Equal(BitwardenSessionState.Disconnected, session.State);
            Assert.Throws<SessionException>(session.GetVault);
        }
    }

    public void Dispose() => _server.Dispose();

    private (int Read, int Locked) ReadUntilDone(BitwardenSession session, int reader)
    {
        (int read, int locked) = (0, 0);
        for (int i = reader; !_done; i++)
        {
            int number = i % Items;
            try
            {
                VaultItem item = session.GetVault().Find($"{(i % 2 == 0 ? "item" : "keyed")}-{number}");
                Assert.Equal($"user-{number}", item.Username);
                Assert.Equal($"pw-{number}", item.Password!.RevealText());
                Assert.Empty(item.Problems);
                read++;
                Interlocked.Increment(ref _reads);
            }
            catch (SessionException e)
            {
                Assert.Contains(e.Code, new[] { "VaultLocked", "SessionDisconnected" });
                locked++;
            }
        }

        return (read, locked);
    }
}
