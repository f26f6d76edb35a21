using System.Text;
using System.Text.Json.Nodes;
using Bitwarden.Core.Crypto;
using Bitwarden.Core.Errors;
using Bitwarden.Core.Sessions;
using Bitwarden.Core.Vault;
using Bitwarden.Core.Vault.Editing;
using Bitwarden.TestServer.Vault;
using Xunit;

namespace Bitwarden.Core.Tests.Writing;

/// <summary>Copies of items: what they hold, what they leave behind, and what is refused.</summary>
public sealed class ItemCopyTests
{
    [Fact]
    public async Task EveryValueIsThereInAnEncryptionOfItsOwn()
    {
        await using WritingHarness harness = await WritingHarness.StartAsync();
        BitwardenSession session = await harness.UnlockAsync();
        foreach (VaultItem item in session.GetVault().Items.Where(item => !item.HidesPasswords).ToArray())
        {
            using ItemEdit edit = WritingHarness.Edit($"copy of {item.Id}");
            VaultItem copy = await session.GetWriter().Items.CopyAsync(item, edit);
            Assert.Equal((item.Type, item.Username, item.Reprompt), (copy.Type, copy.Username, copy.Reprompt));
            Assert.Equal(item.Uris, copy.Uris);
            Assert.Equal(item.Values.Keys.Order(), copy.Values.Keys.Order());
            Assert.All(item.Values, value => Assert.Equal(value.Value.RevealText(), copy.Values[value.Key].RevealText()));
            Assert.All(item.Values, value => Assert.NotEqual(Wire(item, value.Value), Wire(copy, copy.Values[value.Key])));
            Assert.Equal(item.Fields.Select(Show), copy.Fields.Select(Show));
            Assert.Empty(copy.Problems);
        }
    }

    [Fact]
    public async Task FilesPasskeysAndHistoryStayBehind()
    {
        await using WritingHarness harness = await WritingHarness.StartAsync();
        BitwardenSession session = await harness.UnlockAsync();
        VaultItem item = session.GetVault().Items.First(item => item.HasPasskeys());
        using ItemEdit edit = WritingHarness.Edit("copy");
        VaultItem copy = await session.GetWriter().Items.CopyAsync(item, edit);
        Assert.False(copy.HasPasskeys());
        StoredCipher stored = harness.Stored(copy);
        Assert.Null(stored.Content.PasswordHistory);
        using ItemEdit other = WritingHarness.Edit("copy without file");
        Assert.Empty((await session.GetWriter().Items.CopyAsync(session.GetVault().Find("with attachment"), other)).Attachments);
    }

    [Fact]
    public async Task OrganizationGetsACopyUnderItsKey()
    {
        await using WritingHarness harness = await WritingHarness.StartAsync();
        BitwardenSession session = await harness.UnlockAsync();
        VaultItem shared = session.GetVault().Find("org-sql");
        using ItemEdit edit = WritingHarness.Edit("copy");
        VaultItem copy = await session.GetWriter().Items.CopyAsync(
            session.GetVault().Find("prod-sql"), edit, shared.OrganizationId!.Value, shared.CollectionIds);
        Assert.Equal(shared.OrganizationId, copy.OrganizationId);
        Assert.Equal(session.GetVault().Find("prod-sql").Password!.RevealText(), copy.Password!.RevealText());
        VaultItem seen = (await harness.UnlockAsync()).GetVault().Find("copy");
        Assert.Equal(copy.Password!.RevealText(), seen.Password!.RevealText());
    }

    [Fact]
    public async Task HiddenPasswordIsNotCopied()
    {
        await using WritingHarness harness = await WritingHarness.StartAsync();
        BitwardenSession session = await harness.UnlockAsync();
        using ItemEdit edit = WritingHarness.Edit("copy");
        ItemWriteException refusal = await Assert.ThrowsAsync<ItemWriteException>(
            () => session.GetWriter().Items.CopyAsync(session.GetVault().Find("org-hidden"), edit));
        Assert.Equal(ErrorCodes.ItemNotWritable, refusal.Code);
        Assert.Null(session.GetVault().TryFind("copy"));
    }

    [Fact]
    public async Task UnknownValueIsEncryptedAnewToo()
    {
        await using WritingHarness harness = await WritingHarness.StartAsync();
        BitwardenSession session = await harness.UnlockAsync();
        VaultItem item = session.GetVault().Find("prod-sql");
        string wire = harness.Account.UserKey.EncryptText("of a newer server").ToWireString();
        harness.Server.AddUnknownMembers(harness.Account, item.Id, new JsonObject { ["someday"] = wire });
        await session.SyncAsync(force: true);
        using SymmetricKey owner = SymmetricKey.Generate();
        using ItemEdit edit = WritingHarness.Edit("copy");
        CipherRequest copy = ItemCopy.Make(session.GetVault().Find("prod-sql"), edit, owner, ownKey: false, DateTimeOffset.UtcNow);
        Assert.Equal("of a newer server", owner.DecryptText(EncString.Parse(CipherRequest.Text(copy.Body["someday"])!)));
    }

    private static string Show(ItemField field) => $"{field.Name} {field.Type} {field.Value?.RevealText()}";

    private static string Wire(VaultItem item, ItemValue value) => Encoding.UTF8.GetString(item.Row.Part(value.Place));
}
