using System.Security.Cryptography;
using Bitwarden.Core.Api;
using Bitwarden.Core.Crypto;
using Bitwarden.Core.Errors;
using Bitwarden.Core.Sessions;
using Bitwarden.Core.Vault;
using Bitwarden.TestServer.Vault;
using Xunit;

namespace Bitwarden.Core.Tests.Writing;

/// <summary>
/// The connection breaks at random bytes of an upload and of a download, in either direction: nothing half stays, here or there. BW_TEST_CUTS says how many
/// cuts each of the four gets, BW_TEST_SEED which.
/// </summary>
public sealed class AttachmentCutTests : IDisposable
{
    private const int FewCuts = 3;
    private static readonly int s_count = TestSetting.Read("BW_TEST_CUTS", FewCuts);
    private readonly int _seed = TestSetting.Read("BW_TEST_SEED", Random.Shared.Next(1_000_000));
    private readonly byte[] _content = RandomNumberGenerator.GetBytes(100_000);
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("bw-cut-");
    private readonly ConnectionCut _cut = new();
    private readonly Dictionary<string, int> _ends = [];

    private string Target => Path.Combine(_folder.FullName, "a.bin");

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task UploadThatIsCutLeavesAWholeFileOrNone(bool isSent)
    {
        await using WritingHarness harness = await WritingHarness.StartAsync();
        BitwardenSession session = await UnlockAsync(harness);
        _cut.Arm();
        await RemoveAsync(harness, session, await AddAsync(session));
        foreach (long at in Places(isSent))
        {
            Arm(isSent, at);
            Exception? failure = await Record.ExceptionAsync(() => AddAsync(session));
            _cut.Arm();
            StoredAttachment[] stored = [.. harness.Stored(Item(session)).Attachments];
            Note(failure);
            Assert.True(failure is null or BitwardenException, Told(at, failure));
            Assert.True(stored.All(file => IsWhole(harness, file)), Told(at, failure));
            bool isTold = failure is null ? stored.Length == 1 : stored.Length == 0 || failure is ItemWriteException { Code: "WriteUncertain" };
            Assert.True(isTold, Told(at, failure));
            await session.SyncAsync(force: true);
            await RemoveAsync(harness, session, Item(session));
        }

        Report(isSent ? "upload, cut while sending" : "upload, cut while receiving");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task DownloadThatIsCutLeavesAWholeFileOrNone(bool isSent)
    {
        await using WritingHarness harness = await WritingHarness.StartAsync();
        BitwardenSession session = await UnlockAsync(harness);
        VaultItem item = await AddAsync(session);
        _cut.Arm();
        await SaveAsync(session, item);
        foreach (long at in Places(isSent))
        {
            File.Delete(Target);
            Arm(isSent, at);
            Exception? failure = await Record.ExceptionAsync(() => SaveAsync(session, item));
            Note(failure);
            Assert.True(failure is null or BitwardenException, Told(at, failure));
            Assert.Equal(failure is null ? ["a.bin"] : [], _folder.GetFileSystemInfos().Select(file => file.Name));
            Assert.True(failure is not null || _content.SequenceEqual(await File.ReadAllBytesAsync(Target)), Told(at, failure));
        }

        Report(isSent ? "download, cut while sending" : "download, cut while receiving");
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private static VaultItem Item(BitwardenSession session) => session.GetVault().Find("token-only");

    private Task<BitwardenSession> UnlockAsync(WritingHarness harness) =>
        harness.UnlockAsync(new ConnectionOptions { MessageHandler = _cut.Handler() });

    private Task<VaultItem> AddAsync(BitwardenSession session) =>
        session.GetWriter().Files.AddAsync(Item(session), "a.bin", new MemoryStream(_content));

    private Task SaveAsync(BitwardenSession session, VaultItem item) => session.GetFiles().SaveAsync(item, item.Attachments[0], Target);

    private static async Task RemoveAsync(WritingHarness harness, BitwardenSession session, VaultItem item)
    {
        foreach (ItemAttachment file in item.Attachments)
        {
            item = await session.GetWriter().Files.RemoveAsync(item, file);
        }

        Assert.Empty(harness.Stored(item).Attachments);
    }

    // Within what passed when nothing was cut.
    private long[] Places(bool isSent)
    {
        (long sent, long received) = _cut.Passed;
        Random random = new(_seed);
        return [.. Enumerable.Range(0, s_count).Select(_ => random.NextInt64(isSent ? sent : received))];
    }

    private void Arm(bool isSent, long at) => _cut.Arm(isSent ? at : long.MaxValue, isSent ? long.MaxValue : at);

    private bool IsWhole(WritingHarness harness, StoredAttachment file)
    {
        using SymmetricKey key = harness.Account.UserKey.UnwrapKey(EncString.Parse(file.Key!));
        using SecretBytes content = file.Content is null ? new SecretBytes(0) : key.Decrypt(EncString.ParseBuffer(file.Content));
        return content.Span.SequenceEqual(_content);
    }

    private void Note(Exception? failure)
    {
        string end = (failure as BitwardenException)?.Code ?? "whole";
        _ends[end] = _ends.GetValueOrDefault(end) + 1;
    }

    private void Report(string what) => TestContext.Current.TestOutputHelper?.WriteLine(
        $"seed {_seed}, {what}: {string.Join(", ", _ends.Select(end => $"{end.Value} {end.Key}"))}");

    private string Told(long at, Exception? failure) => $"seed {_seed}, cut at byte {at}: {failure}";
}
