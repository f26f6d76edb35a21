using System.Text;
using System.Text.Json.Nodes;
using Bitwarden.Core.Api;
using Bitwarden.Core.Errors;
using Bitwarden.Core.Sessions;
using Bitwarden.Core.Tests.Raw;
using Bitwarden.Core.Tests.Scripted;
using Xunit;

namespace Bitwarden.Core.Tests.Api;

/// <summary>No answer is longer in memory than its kind of call allows, whatever its compression says.</summary>
public sealed class AnswerLimitTests : IDisposable
{
    private const int Mebibyte = 1024 * 1024;
    private static readonly byte[] s_spaces = Encoding.ASCII.GetBytes(new string(' ', 64 * 1024));
    private static readonly byte[] s_file = [.. Enumerable.Repeat((byte)2, 64 * 1024)];
    private readonly RawSession _raw = new();
    private readonly ConnectionOptions _options = new() { TimeProvider = new SwiftTimeProvider(2) };

    public void Dispose() => _raw.Dispose();

    [Theory]
    [InlineData("connect/token")]
    [InlineData("accounts/revision-date")]
    public async Task EndlessSmallAnswerIsCut(string path)
    {
        _raw.Server.Faults[path] = (answer, _) => EndlessAsync(answer, 200);
        ServerException failure = await Assert.ThrowsAsync<ServerException>(SyncAsync);
        Assert.Equal("AnswerTooLarge", failure.Code);
        Assert.Contains("4 MiB", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task EndlessSyncIsCut()
    {
        _raw.Server.Faults["sync"] = async (answer, _) =>
        {
            await answer.HeadAsync(200);
            await answer.ForeverAsync(s_spaces);
        };
        using BitwardenSession session = await _raw.ConnectAsync(_options with { LargestAnswer = 8 * Mebibyte });
        ServerException failure = await Assert.ThrowsAsync<ServerException>(() => session.SyncAsync(force: true));
        Assert.Equal("AnswerTooLarge", failure.Code);
        Assert.Contains("8 MiB", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task EndlessFileIsCutAtItsAnnouncedSize()
    {
        _raw.Server.Faults[RawSession.FilePath] = async (answer, _) =>
        {
            await answer.HeadAsync(200, "application/octet-stream");
            await answer.ForeverAsync(s_file);
        };
        using BitwardenSession session = await _raw.ConnectUnlockedAsync(_options);
        ServerException failure = await Assert.ThrowsAsync<ServerException>(() => session.ReadSecretAsync(RawSession.File));
        Assert.Equal("AnswerTooLarge", failure.Code);

        // In bytes: every limit that is not a file's own is in mebibytes.
        Assert.Matches("more than the [0-9]+ bytes", failure.Message);
    }

    [Fact]
    public async Task FileOfExactlyItsAnnouncedSizeIsRead()
    {
        using BitwardenSession session = await _raw.ConnectUnlockedAsync(_options);
        using Core.Vault.DecryptedSecret file = await session.ReadSecretAsync(RawSession.File);
        Assert.Equal(_raw.Content, file.Value.Span.ToArray());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("99999999999999999999")]
    public async Task FileWithoutAUsableSizeIsStillBounded(string? size)
    {
        JsonObject record = new() { ["id"] = "f", ["url"] = new Uri(_raw.Server.Url, RawSession.FilePath).AbsoluteUri, ["size"] = size };
        _raw.Scripted.Routes[_raw.AttachmentPath] = (_, _) => Task.FromResult(ScriptedServer.Json(record));
        using BitwardenSession session = await _raw.ConnectUnlockedAsync(_options with { LargestAnswer = 8 * Mebibyte });
        using (Core.Vault.DecryptedSecret file = await session.ReadSecretAsync(RawSession.File))
        {
            Assert.Equal(_raw.Content, file.Value.Span.ToArray());
        }

        _raw.Server.Faults[RawSession.FilePath] = (answer, _) => EndlessAsync(answer, 200, s_file);
        Assert.Equal("AnswerTooLarge", (await Assert.ThrowsAsync<ServerException>(() => session.ReadSecretAsync(RawSession.File))).Code);
    }

    [Fact]
    public async Task CompressedSmallAnswerIsNotUnpackedWithoutEnd()
    {
        byte[] bomb = AnswerMemoryTests.Bomb(100 * Mebibyte);
        _raw.Server.Faults["accounts/revision-date"] = (answer, _) => answer.SendAsync(200, bomb, more: "Content-Encoding: gzip\r\n");
        Assert.Equal("AnswerTooLarge", (await Assert.ThrowsAsync<ServerException>(SyncAsync)).Code);
    }

    private async Task SyncAsync()
    {
        using BitwardenSession session = await _raw.ConnectAsync(_options);
        await session.SyncAsync(force: false);
    }

    private static async Task EndlessAsync(RawAnswer answer, int status, byte[]? part = null)
    {
        await answer.HeadAsync(status);
        await answer.ForeverAsync(part ?? s_spaces);
    }
}
