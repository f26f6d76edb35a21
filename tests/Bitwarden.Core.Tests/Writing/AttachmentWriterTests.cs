using System.Security.Cryptography;
using Bitwarden.Core.Crypto;
using Bitwarden.Core.Errors;
using Bitwarden.Core.Sessions;
using Bitwarden.Core.Vault;
using Bitwarden.TestServer;
using Bitwarden.TestServer.Vault;
using Xunit;

namespace Bitwarden.Core.Tests.Writing;

public sealed class AttachmentWriterTests
{
    private static readonly byte[] s_content = RandomNumberGenerator.GetBytes(100_000);

    [Theory]
    [InlineData("a.txt")]
    [InlineData("Größe / [1] \\ .. 文 \"'`$\u202e.txt")]
    public async Task AddedFileIsThereAtOnceAndForOthers(string name)
    {
        await using WritingHarness harness = await WritingHarness.StartAsync();
        BitwardenSession session = await harness.UnlockAsync();
        VaultItem changed = await AddAsync(session, name);
        Assert.Equal([name], changed.Attachments.Select(file => file.FileName));
        Assert.Equal([name], session.GetVault().Find("token-only").Attachments.Select(file => file.FileName));
        BitwardenSession other = await harness.UnlockAsync();
        VaultItem seen = other.GetVault().Find("token-only");
        using SecretBytes read = await other.GetFiles().ReadAsync(seen, seen.Attachments[0]);
        Assert.Equal(s_content, read.Span.ToArray());
    }

    [Fact]
    public async Task ServerSeesNothingOfTheFile()
    {
        await using WritingHarness harness = await WritingHarness.StartAsync();
        VaultItem changed = await AddAsync(await harness.UnlockAsync(), "a.txt");
        StoredCipher item = harness.Stored(changed);
        StoredAttachment stored = Assert.Single(item.Attachments);
        Assert.Equal(stored.Content!.Length, stored.Size);
        Assert.Equal("a.txt", harness.Decrypt(item, stored.FileName!));
        Assert.Equal(-1, stored.Content.AsSpan().IndexOf(s_content.AsSpan(0, 16)));
    }

    [Fact]
    public async Task EveryFileHasAKeyOfItsOwn()
    {
        await using WritingHarness harness = await WritingHarness.StartAsync();
        BitwardenSession session = await harness.UnlockAsync();
        await AddAsync(session, "a.txt");
        StoredCipher item = harness.Stored(await AddAsync(session, "a.txt"));
        using SymmetricKey first = harness.Account.UserKey.UnwrapKey(EncString.Parse(item.Attachments[0].Key!));
        using SymmetricKey second = harness.Account.UserKey.UnwrapKey(EncString.Parse(item.Attachments[1].Key!));
        Assert.NotEqual(first.DeriveKeyId(), second.DeriveKeyId());
    }

    [Theory]
    [InlineData(FaultKind.RequestLost, 0)]
    [InlineData(FaultKind.BrokenConnection, 0)]
    [InlineData(FaultKind.TruncatedJson, 0)]
    [InlineData(FaultKind.AnswerCut, 0)]
    [InlineData(FaultKind.AnswerCut, 300)]
    [InlineData(FaultKind.ServerError, 0)]
    [InlineData(FaultKind.Html, 0)]
    public async Task AnnouncementThatFailsLeavesNothing(FaultKind fault, int bytes)
    {
        await using WritingHarness harness = await WritingHarness.StartAsync();
        BitwardenSession session = await harness.UnlockAsync();
        VaultItem item = session.GetVault().Find("token-only");
        harness.Server.Faults.Add(new Fault($"/api/ciphers/{item.Id}/attachment/v2", fault, Times: 1, Bytes: bytes));
        await Assert.ThrowsAnyAsync<BitwardenException>(() => AddAsync(session, "a.txt"));
        AssertNothingLeft(harness, session, item);
    }

    [Theory]
    [InlineData(FaultKind.RequestLost, 0)]
    [InlineData(FaultKind.AnswerCut, 0)]
    [InlineData(FaultKind.AnswerCut, 10)]
    [InlineData(FaultKind.ServerError, 0)]
    [InlineData(FaultKind.HtmlForbidden, 0)]
    public async Task UploadThatFailsLeavesNothing(FaultKind fault, int bytes)
    {
        await using WritingHarness harness = await WritingHarness.StartAsync();
        BitwardenSession session = await harness.UnlockAsync();
        VaultItem item = session.GetVault().Find("token-only");
        AddUploadFault(harness, item, fault, bytes);
        await Assert.ThrowsAsync<ServerException>(() => AddAsync(session, "a.txt"));
        AssertNothingLeft(harness, session, item);
        await AddAsync(session, "a.txt");
    }

    [Fact]
    public async Task StoppedUploadLeavesNothing()
    {
        await using WritingHarness harness = await WritingHarness.StartAsync();
        BitwardenSession session = await harness.UnlockAsync();
        VaultItem item = session.GetVault().Find("token-only");
        AddUploadFault(harness, item, FaultKind.Hang, 0);
        using CancellationTokenSource stop = new(TimeSpan.FromSeconds(1));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => session.GetWriter().Files.AddAsync(item, "a.txt", new MemoryStream(s_content), stop.Token));
        AssertNothingLeft(harness, session, item);
    }

    [Fact]
    public async Task HalfThatCannotBeRemovedIsTold()
    {
        await using WritingHarness harness = await WritingHarness.StartAsync();
        BitwardenSession session = await harness.UnlockAsync();
        VaultItem item = session.GetVault().Find("token-only");
        AddUploadFault(harness, item, FaultKind.ServerError, 0);
        harness.Server.Faults.Add(new Fault($"/api/ciphers/{item.Id}", FaultKind.ServerError, Method: "DELETE"));
        ItemWriteException failure = await Assert.ThrowsAsync<ItemWriteException>(() => AddAsync(session, "a.txt"));
        Assert.Equal("WriteUncertain", failure.Code);
    }

    [Fact]
    public async Task ItemThatWasChangedElsewhereIsItemChanged()
    {
        await using WritingHarness harness = await WritingHarness.StartAsync();
        BitwardenSession session = await harness.UnlockAsync();
        BitwardenSession other = await harness.UnlockAsync();
        harness.Server.Clock.Advance(TimeSpan.FromSeconds(10));
        await AddAsync(other, "theirs.txt");
        ItemWriteException failure = await Assert.ThrowsAsync<ItemWriteException>(() => AddAsync(session, "mine.txt"));
        Assert.Equal("ItemChanged", failure.Code);
        VaultItem changed = await AddAsync(session, "mine.txt");
        Assert.Equal(["mine.txt", "theirs.txt"], changed.Attachments.Select(file => file.FileName).Order());
    }

    [Fact]
    public async Task NameThatIsTooLongIsNotSent()
    {
        await using WritingHarness harness = await WritingHarness.StartAsync();
        InvalidInputException failure = await Assert.ThrowsAsync<InvalidInputException>(
            async () => await AddAsync(await harness.UnlockAsync(), new string('x', 700)));
        Assert.Equal("InputTooLong", failure.Code);
    }

    [Fact]
    public async Task RemovedFileIsGone()
    {
        await using WritingHarness harness = await WritingHarness.StartAsync();
        BitwardenSession session = await harness.UnlockAsync();
        VaultItem item = await AddAsync(session, "a.txt");
        VaultItem changed = await session.GetWriter().Files.RemoveAsync(item, item.Attachments[0]);
        Assert.Empty(changed.Attachments);
        AssertNothingLeft(harness, session, item);
    }

    [Theory]
    [InlineData(FaultKind.AnswerCut)]
    [InlineData(FaultKind.BrokenConnection)]
    public async Task RemovalWhoseAnswerIsLostIsLookedFor(FaultKind fault)
    {
        await using WritingHarness harness = await WritingHarness.StartAsync();
        BitwardenSession session = await harness.UnlockAsync();
        VaultItem item = await AddAsync(session, "a.txt");
        harness.Server.Faults.Add(new Fault($"/api/ciphers/{item.Id}/attachment", fault, Times: 1, Method: "DELETE"));
        Assert.Empty((await session.GetWriter().Files.RemoveAsync(item, item.Attachments[0])).Attachments);
    }

    private static Task<VaultItem> AddAsync(BitwardenSession session, string name) =>
        session.GetWriter().Files.AddAsync(session.GetVault().Find("token-only"), name, new MemoryStream(s_content));

    // The first fault lets the announcement through: its path is the longer one.
    private static void AddUploadFault(WritingHarness harness, VaultItem item, FaultKind fault, int bytes)
    {
        harness.Server.Faults.Add(new Fault($"/api/ciphers/{item.Id}/attachment/v2", FaultKind.SlowHeaders, DelayMilliseconds: 0));
        harness.Server.Faults.Add(new Fault($"/api/ciphers/{item.Id}/attachment/", fault, Times: 1, Method: "POST", Bytes: bytes));
    }

    private static void AssertNothingLeft(WritingHarness harness, BitwardenSession session, VaultItem item)
    {
        Assert.Empty(harness.Stored(item).Attachments);
        Assert.Empty(session.GetVault().Find("token-only").Attachments);
    }
}
