using System.Security.Cryptography;
using Bitwarden.Core.Crypto;
using Bitwarden.Core.Errors;
using Bitwarden.Core.Sessions;
using Bitwarden.Core.Vault;
using Bitwarden.TestServer;
using Bitwarden.TestServer.Vault;
using Xunit;

namespace Bitwarden.Core.Tests.Writing;

/// <summary>Whatever goes wrong while a file is renewed, its content is there afterwards.</summary>
public sealed class AttachmentUpgradeTests
{
    private const string Name = "Größe [1].txt";
    private static readonly byte[] s_content = RandomNumberGenerator.GetBytes(50_000);

    [Theory]
    [InlineData("token-only")]
    [InlineData("own key")]
    public async Task OldFileGetsAKeyOfItsOwn(string name)
    {
        await using WritingHarness harness = await WritingHarness.StartAsync();
        (BitwardenSession session, VaultItem item) = await StartAsync(harness, name);
        Assert.False(item.Attachments[0].HasOwnKey);
        VaultItem changed = await session.GetWriter().Files.UpgradeAsync(item, item.Attachments[0]);
        ItemAttachment file = Assert.Single(changed.Attachments);
        Assert.True(file.HasOwnKey);
        Assert.Equal(Name, file.FileName);
        Assert.NotNull(Assert.Single(harness.Stored(item).Attachments).Key);
        await AssertHasContentAsync(harness, name);
    }

    [Fact]
    public async Task FileWithAKeyIsLeftAlone()
    {
        await using WritingHarness harness = await WritingHarness.StartAsync();
        BitwardenSession session = await harness.UnlockAsync();
        VaultItem item = session.GetVault().Find("with attachment");
        StoredCipher before = harness.Stored(item);
        await session.GetWriter().Files.UpgradeAsync(item, item.Attachments[0]);
        Assert.Equal(before, harness.Stored(item));
    }

    [Fact]
    public async Task DamagedOldFileIsLeftAlone()
    {
        await using WritingHarness harness = await WritingHarness.StartAsync();
        (BitwardenSession session, VaultItem item) = await StartAsync(harness);
        harness.Stored(item).Attachments[0].Content![^1] ^= 1;
        await Assert.ThrowsAsync<ItemUnreadableException>(() => session.GetWriter().Files.UpgradeAsync(item, item.Attachments[0]));
        Assert.Null(Assert.Single(harness.Stored(item).Attachments).Key);
    }

    // The requests: link and content of the old one, announcement, content, look, link and content of the new one, removal, look.
    [Theory]
    [InlineData("/attachment/v2", "POST", FaultKind.ServerError, 1)]
    [InlineData("/attachment/v2", "POST", FaultKind.AnswerCut, 1)]
    [InlineData("/attachment/", "POST", FaultKind.RequestLost, 1)]
    [InlineData("/attachment/", "POST", FaultKind.AnswerCut, 1)]
    [InlineData("/attachment", "DELETE", FaultKind.ServerError, 2)]
    [InlineData("/attachment", "DELETE", FaultKind.Html, 2)]
    [InlineData("/attachment", "DELETE", FaultKind.AnswerCut, 1)]
    public async Task FaultLosesNothingAndTheNextAttemptGoesOn(string path, string method, FaultKind fault, int left)
    {
        await using WritingHarness harness = await WritingHarness.StartAsync();
        (BitwardenSession session, VaultItem item) = await StartAsync(harness);
        if (path == "/attachment/")
        {
            harness.Server.Faults.Add(new Fault($"/api/ciphers/{item.Id}/attachment/v2", FaultKind.SlowHeaders, DelayMilliseconds: 0));
        }

        harness.Server.Faults.Add(new Fault($"/api/ciphers/{item.Id}{path}", fault, Times: 1, Method: method));
        BitwardenException? failure = await Record.ExceptionAsync(
            () => session.GetWriter().Files.UpgradeAsync(item, item.Attachments[0])) as BitwardenException;
        Assert.Equal(left, harness.Stored(item).Attachments.Count);
        Assert.Equal(left == 2, failure is ItemWriteException { Code: "WriteUncertain" } && failure.Message.Contains("twice", StringComparison.Ordinal));
        await AssertHasContentAsync(harness, "token-only");
        await UpgradeAgainAsync(harness);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task NewFileThatReadsBackWronglyIsRemovedAndTheOldOneStays(bool isReachable)
    {
        await using WritingHarness harness = await WritingHarness.StartAsync();
        (BitwardenSession session, VaultItem item) = await StartAsync(harness);

        // The first download is that of the old file.
        harness.Server.Faults.Add(new Fault("/attachments", FaultKind.SlowHeaders, Times: 1, DelayMilliseconds: 0));
        harness.Server.Faults.Add(new Fault("/attachments", isReachable ? FaultKind.TruncatedJson : FaultKind.ServerError));
        await Assert.ThrowsAnyAsync<BitwardenException>(() => session.GetWriter().Files.UpgradeAsync(item, item.Attachments[0]));
        Assert.Null(Assert.Single(harness.Stored(item).Attachments).Key);
        harness.Server.Faults.Clear();
        await UpgradeAgainAsync(harness);
    }

    private static async Task<(BitwardenSession Session, VaultItem Item)> StartAsync(WritingHarness harness, string name = "token-only")
    {
        BitwardenSession session = await harness.UnlockAsync();
        harness.Server.AddOldFile(harness.Account, session.GetVault().Find(name).Id, Name, s_content);
        await session.SyncAsync(force: true);
        return (session, session.GetVault().Find(name));
    }

    private static async Task UpgradeAgainAsync(WritingHarness harness)
    {
        BitwardenSession session = await harness.UnlockAsync();
        VaultItem item = session.GetVault().Find("token-only");
        foreach (ItemAttachment file in item.Attachments)
        {
            item = await session.GetWriter().Files.UpgradeAsync(item, file);
        }

        Assert.True(Assert.Single(item.Attachments).HasOwnKey);
        await AssertHasContentAsync(harness, "token-only");
    }

    private static async Task AssertHasContentAsync(WritingHarness harness, string name)
    {
        BitwardenSession session = await harness.UnlockAsync();
        VaultItem item = session.GetVault().Find(name);
        foreach (ItemAttachment file in item.Attachments)
        {
            using SecretBytes content = await session.GetFiles().ReadAsync(item, file);
            Assert.Equal(s_content, content.Span.ToArray());
        }
    }
}
