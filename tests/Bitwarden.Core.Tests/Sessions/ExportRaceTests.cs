using Bitwarden.Core.Crypto;
using Bitwarden.Core.Errors;
using Bitwarden.Core.Sessions;
using Bitwarden.Core.Tests.Scripted;
using Xunit;

namespace Bitwarden.Core.Tests.Sessions;

/// <summary>Exports while the vault is locked or the session disconnected: a typed error or a whole session, never anything between.</summary>
public sealed class ExportRaceTests : IDisposable
{
    private static readonly TimeSpan s_pastExpiry = TimeSpan.FromMinutes(56);
    private readonly ScriptedServer _server = new();
    private readonly ManualTimeProvider _time = new();

    [Theory]
    [InlineData(false, "VaultLocked")]
    [InlineData(true, "SessionDisconnected")]
    public async Task EndWhileTheExportGetsItsTokenIsTold(bool disconnect, string code)
    {
        using BitwardenSession session = await _server.ConnectUnlockedAsync(_time);
        Func<ScriptedRequest, CancellationToken, Task<HttpResponseMessage>> works = _server.Routes["connect/token"];
        _server.Routes["connect/token"] = (request, cancellationToken) =>
        {
            (disconnect ? (Action)session.Dispose : session.Lock)();
            return works(request, cancellationToken);
        };
        _time.Advance(s_pastExpiry);
        Assert.Equal(code, (await Assert.ThrowsAsync<SessionException>(() => session.ExportAsync(withUserKey: true))).Code);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task RacesEndWithASessionOrATypedError(bool disconnect)
    {
        using SecretBytes expected = _server.Vault.UserKey.CopyBytes();
        for (int round = 0; round < 60; round++)
        {
            using BitwardenSession session = await _server.ConnectUnlockedAsync(_time);
            Task<bool>[] exports = [.. Enumerable.Range(0, 2).Select(_ => Task.Run(() => ExportAsync(session, expected)))];
            await Task.Delay(round % 3);
            (disconnect ? (Action)session.Dispose : session.Lock)();
            await Task.WhenAll(exports);
        }
    }

    [Fact]
    public void ACopiedKeyIsWholeOrThereIsNone()
    {
        int copied = 0;
        for (int round = 0; round < 30_000; round++)
        {
            SymmetricKey key = new(Enumerable.Repeat((byte)0xA5, SymmetricKey.Length).ToArray());
            using Barrier start = new(2);
            Thread? other = null;
            other = new Thread(() =>
            {
                start.SignalAndWait();
                key.Dispose();
            });
            other.Start();
            start.SignalAndWait();
            try
            {
                using SecretBytes copy = key.CopyBytes();
                Assert.False(copy.Span.ContainsAnyExcept((byte)0xA5), $"The copy of round {round} is torn.");
                copied++;
            }
            catch (ObjectDisposedException)
            {
            }

            other.Join();
        }

        Assert.True(copied > 0);
    }

    public void Dispose() => _server.Dispose();

    private static async Task<bool> ExportAsync(BitwardenSession session, SecretBytes expected)
    {
        try
        {
            for (int i = 0; i < 50; i++)
            {
                using SecretBytes text = await session.ExportAsync(withUserKey: true);
                using ExportedSession exported = SessionToken.Open(text);
                Assert.True(exported.UserKey!.Span.SequenceEqual(expected.Span), "The exported key is torn.");
            }

            return true;
        }
        catch (SessionException e)
        {
            Assert.Contains(e.Code, new[] { "VaultLocked", "SessionDisconnected" });
            return false;
        }
    }
}
