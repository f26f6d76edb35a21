using System.IO.Compression;
using System.Text;
using Bitwarden.Core.Api;
using Bitwarden.Core.Errors;
using Bitwarden.Core.Sessions;
using Bitwarden.Core.Tests.Raw;
using Xunit;

namespace Bitwarden.Core.Tests.Api;

/// <summary>How much memory an answer takes. What is measured is the process's, so that nothing else runs meanwhile.</summary>
[Collection(Alone.Name)]
public sealed class AnswerMemoryTests : IDisposable
{
    private const int Mebibyte = 1024 * 1024;
    private readonly RawSession _raw = new();
    private readonly ConnectionOptions _options = new() { TimeProvider = new SwiftTimeProvider(2) };

    public void Dispose() => _raw.Dispose();

    [Fact]
    public async Task CompressedErrorIsNotUnpackedWithoutEnd()
    {
        byte[] bomb = Bomb(300 * Mebibyte);
        Assert.InRange(bomb.Length, 1, 4 * Mebibyte);
        _raw.Server.Faults["sync"] = (answer, _) => answer.SendAsync(400, bomb, more: "Content-Encoding: gzip\r\n");
        using BitwardenSession session = await _raw.ConnectAsync(_options);
        long before = GC.GetTotalAllocatedBytes();
        ServerException failure = await Assert.ThrowsAsync<ServerException>(() => session.SyncAsync(force: true));
        Assert.Equal("ApiError", failure.Code);
        Assert.InRange(GC.GetTotalAllocatedBytes() - before, 0, 100L * Mebibyte);
    }

    [Fact]
    public async Task FileIsInMemoryAboutTwice()
    {
        using RawSession raw = new(fileLength: 32 * Mebibyte);
        using BitwardenSession session = await raw.ConnectUnlockedAsync(_options);
        using (Core.Vault.DecryptedSecret warm = await session.ReadSecretAsync(RawSession.File))
        {
            Assert.Equal(raw.Content.Length, warm.Value.Length);
        }

        // What the scripted server needs for its own answer is allocated in this process, too.
        long before = GC.GetTotalAllocatedBytes(precise: true);
        using (HttpClient plain = new())
        {
            using Stream answer = await plain.GetStreamAsync(new Uri(raw.Server.Url, RawSession.FilePath));
            await answer.CopyToAsync(Stream.Null);
        }

        long transfer = GC.GetTotalAllocatedBytes(precise: true) - before;
        before = GC.GetTotalAllocatedBytes(precise: true);
        using Core.Vault.DecryptedSecret file = await session.ReadSecretAsync(RawSession.File);
        double copies = (GC.GetTotalAllocatedBytes(precise: true) - before - transfer) / (double)raw.Content.Length;
        Assert.InRange(copies, 1.5, 2.4);
    }

    internal static byte[] Bomb(int length)
    {
        byte[] spaces = Encoding.ASCII.GetBytes(new string(' ', 64 * 1024));
        using MemoryStream packed = new();
        using (GZipStream gzip = new(packed, CompressionLevel.Fastest))
        {
            gzip.Write("{\"message\":\""u8);
            for (int written = 0; written < length; written += spaces.Length)
            {
                gzip.Write(spaces);
            }

            gzip.Write("\"}"u8);
        }

        return packed.ToArray();
    }
}
