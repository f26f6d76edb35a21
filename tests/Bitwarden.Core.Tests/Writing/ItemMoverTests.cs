using Bitwarden.Core.Crypto;
using Bitwarden.Core.Errors;
using Bitwarden.Core.Sessions;
using Bitwarden.Core.Vault;
using Bitwarden.Core.Vault.Editing;
using Bitwarden.TestServer;
using Bitwarden.TestServer.Seeding;
using Xunit;

namespace Bitwarden.Core.Tests.Writing;

/// <summary>Moving items about, against the embedded server.</summary>
public sealed class ItemMoverTests
{
    [Fact]
    public async Task TrashRestoreAndDeletionShowAtOnce()
    {
        await using WritingHarness harness = await WritingHarness.StartAsync();
        BitwardenSession session = await harness.UnlockAsync();
        ItemMover mover = session.GetWriter().Places;
        VaultItem item = session.GetVault().Find("prod-sql");
        VaultItem trashed = Assert.Single(await mover.TrashAsync([item]));
        Assert.NotNull(trashed.DeletedDate);
        Assert.Null(session.GetVault().TryFind("prod-sql"));
        Assert.Same(trashed, session.GetVault().TryFind(item.Id, inTrash: true));
        ItemWriteException refused = await Assert.ThrowsAsync<ItemWriteException>(
            () => session.GetWriter().Items.UpdateAsync(item, WritingHarness.Edit(null, ("notes", "x"))));
        Assert.Equal("ItemNotWritable", refused.Code);
        VaultItem back = Assert.Single(await mover.RestoreAsync([item]));
        Assert.Same(back, session.GetVault().Find("prod-sql"));
        await mover.DeleteAsync([back]);
        Assert.Null(session.GetVault().TryFind(item.Id));
        Assert.Null(harness.Account.Vault.Find(item.Id));
        Assert.Equal("ItemChanged", (await Assert.ThrowsAsync<ItemWriteException>(() => mover.TrashAsync([item]))).Code);
    }

    [Fact]
    public async Task ManyGoInPiecesOfTheServersLimit()
    {
        await using WritingHarness harness = await WritingHarness.StartAsync();
        for (int i = 0; i < 1001; i++)
        {
            harness.Server.AddItem(harness.Account, $"many-{i}", "u", "p");
        }

        BitwardenSession session = await harness.UnlockAsync();
        VaultItem[] many = [.. session.GetVault().Items.Where(item => item.Name!.StartsWith("many-", StringComparison.Ordinal))];
        ItemMover mover = session.GetWriter().Places;
        Assert.All(await mover.TrashAsync(many), item => Assert.NotNull(item.DeletedDate));
        Assert.Equal(2, harness.Server.Requests.All.Count(request => request is { Method: "PUT", Path: "/api/ciphers/delete" }));
        Assert.Single(harness.Server.Requests.All, request => request.Method == "PUT" && request.Path.EndsWith("/delete", StringComparison.Ordinal)
            && request.Path != "/api/ciphers/delete");
        Assert.All(await mover.RestoreAsync(many), item => Assert.Null(item.DeletedDate));
        await mover.DeleteAsync(many);
        Assert.DoesNotContain(session.GetVault().Items, item => item.Name!.StartsWith("many-", StringComparison.Ordinal));
    }

    [Fact]
    public async Task ItemGoesToAFolderAndToTheArchiveAndBack()
    {
        await using WritingHarness harness = await WritingHarness.StartAsync();
        BitwardenSession session = await harness.UnlockAsync();
        VaultWriter writer = session.GetWriter();
        Guid folder = await writer.Folders.CreateAsync("Neu/Ü");
        VaultItem item = session.GetVault().Find("prod-sql");
        VaultItem moved = Assert.Single(await writer.Places.MoveToFolderAsync([item], folder));
        Assert.Equal("Neu/Ü", moved.Folder);
        Assert.Same(moved, session.GetVault().Find("Neu/Ü/prod-sql"));
        await writer.Folders.RenameAsync(folder, "Other");
        Assert.Equal(item.Id, session.GetVault().Find("Other/prod-sql").Id);
        await writer.Folders.RemoveAsync(folder);
        Assert.Null(session.GetVault().Find("prod-sql").Folder);
        Assert.NotNull(Assert.Single(await writer.Places.ArchiveAsync([item], archived: true)).ArchivedDate);
        Assert.Null(Assert.Single(await writer.Places.ArchiveAsync([item], archived: false)).ArchivedDate);
    }

    [Theory]
    [InlineData("prod-sql")]
    [InlineData("own key")]
    public async Task SharedItemIsReadUnderTheOrganizationsKey(string name)
    {
        await using WritingHarness harness = await WritingHarness.StartAsync();
        Guid organization = harness.Server.AddOrganization(harness.Account, "Writers");
        Guid collection = harness.Server.AddCollection(harness.Account, organization, "Shared");
        BitwardenSession session = await harness.UnlockAsync();
        VaultItem item = session.GetVault().Find(name);
        string password = item.Password!.RevealText();
        VaultItem shared = await session.GetWriter().Items.ShareAsync(item, organization, [collection]);
        Assert.Equal(organization, shared.OrganizationId);
        Assert.Equal(["Shared"], shared.Collections);
        Assert.Equal(password, shared.Password!.RevealText());
        VaultItem read = (await harness.UnlockAsync()).GetVault().TryFind(item.Id)!;
        Assert.Equal(password, read.Password!.RevealText());
        Assert.Empty(read.Problems);
        await session.SyncAsync(force: true);
        Assert.Equal(organization, session.GetVault().TryFind(item.Id)!.OrganizationId);
    }

    [Fact]
    public async Task ReadOnlyItemIsNotSent()
    {
        await using WritingHarness harness = await WritingHarness.StartAsync();
        Guid organization = harness.Server.AddOrganization(harness.Account, "Readers");
        Guid collection = harness.Server.AddCollection(harness.Account, organization, "Fixed", new CollectionRights { ReadOnly = true });
        harness.Server.AddSharedItem(harness.Account, "fixed", "u", "p", collection);
        BitwardenSession session = await harness.UnlockAsync();
        VaultItem item = session.GetVault().Find("fixed");
        int writes = harness.Server.Requests.All.Count(request => request.Method != "GET");
        Assert.Equal("ItemNotWritable", (await Assert.ThrowsAsync<ItemWriteException>(
            () => session.GetWriter().Items.UpdateAsync(item, WritingHarness.Edit(null, ("notes", "x"))))).Code);
        Assert.Equal("ItemNotWritable", (await Assert.ThrowsAsync<ItemWriteException>(() => session.GetWriter().Places.TrashAsync([item]))).Code);
        Assert.Equal(writes, harness.Server.Requests.All.Count(request => request.Method != "GET"));
        using ItemEdit favorite = new() { Favorite = true };
        Assert.True((await session.GetWriter().Items.UpdateAsync(item, favorite)).Favorite);
    }

    [Fact]
    public async Task CollectionsOfAnItemAreReplaced()
    {
        await using WritingHarness harness = await WritingHarness.StartAsync();
        Guid organization = harness.Server.AddOrganization(harness.Account, "Writers");
        Guid first = harness.Server.AddCollection(harness.Account, organization, "First");
        Guid second = harness.Server.AddCollection(harness.Account, organization, "Second");
        BitwardenSession session = await harness.UnlockAsync();
        VaultItem made = await session.GetWriter().Items.CreateAsync(ItemType.Login, WritingHarness.Edit("both", ("password", "p")), organization, [first]);
        Assert.Equal(["First"], made.Collections);
        VaultItem? moved = await session.GetWriter().Places.SetCollectionsAsync(made, [second]);
        Assert.Equal(["Second"], moved!.Collections);
    }

    [Theory]
    [InlineData(FaultKind.BrokenConnection, false)]
    [InlineData(FaultKind.RequestLost, true)]
    public async Task MoveWhoseAnswerIsLostIsLookedFor(FaultKind fault, bool isUncertain)
    {
        await using WritingHarness harness = await WritingHarness.StartAsync();
        BitwardenSession session = await harness.UnlockAsync();
        VaultItem item = session.GetVault().Find("prod-sql");
        harness.Server.Faults.Add(new Fault($"/api/ciphers/{item.Id}/delete", fault, Times: 1));
        Task<IReadOnlyList<VaultItem>> moving = session.GetWriter().Places.TrashAsync([item]);
        if (isUncertain)
        {
            Assert.Equal("WriteUncertain", (await Assert.ThrowsAsync<ItemWriteException>(() => moving)).Code);
            return;
        }

        Assert.NotNull(Assert.Single(await moving).DeletedDate);
    }

    [Fact]
    public async Task CollectionThatMayNotBeWrittenTakesNoItem()
    {
        await using WritingHarness harness = await WritingHarness.StartAsync();
        Guid organization = harness.Server.AddOrganization(harness.Account, "Writers");
        Guid writable = harness.Server.AddCollection(harness.Account, organization, "Open");
        Guid readOnly = harness.Server.AddCollection(harness.Account, organization, "Fixed", new CollectionRights { ReadOnly = true });
        BitwardenSession session = await harness.UnlockAsync();
        ItemWriter writer = session.GetWriter().Items;
        int writes = harness.Server.Requests.All.Count(request => request.Method != "GET");
        foreach (Guid[] collections in new[] { new[] { writable, readOnly }, [Guid.NewGuid()] })
        {
            Assert.Equal("InvalidItem", (await Assert.ThrowsAsync<InvalidInputException>(
                () => writer.CreateAsync(ItemType.SecureNote, WritingHarness.Edit("n"), organization, collections))).Code);
            Assert.Equal("InvalidItem", (await Assert.ThrowsAsync<InvalidInputException>(
                () => writer.ShareAsync(session.GetVault().Find("prod-sql"), organization, collections))).Code);
        }

        Assert.Equal(writes, harness.Server.Requests.All.Count(request => request.Method != "GET"));
    }

    [Fact]
    public async Task PolicyKeepsNewItemsOutOfThePersonalVault()
    {
        await using WritingHarness harness = await WritingHarness.StartAsync();
        Guid organization = harness.Server.AddOrganization(harness.Account, "Owners");
        harness.Server.SetPolicy(harness.Account, organization, type: 5);
        BitwardenSession session = await harness.UnlockAsync();
        int writes = harness.Server.Requests.All.Count(request => request.Method != "GET");
        InvalidInputException failure = await Assert.ThrowsAsync<InvalidInputException>(
            () => session.GetWriter().Items.CreateAsync(ItemType.SecureNote, WritingHarness.Edit("n")));
        Assert.Equal("InvalidItem", failure.Code);
        Assert.Equal(writes, harness.Server.Requests.All.Count(request => request.Method != "GET"));
    }
}
