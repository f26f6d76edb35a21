using System.Text.Json.Nodes;
using Bitwarden.Core.Crypto;
using Bitwarden.Core.Errors;
using Bitwarden.Core.Sessions;
using Bitwarden.Core.Transfer;
using Bitwarden.TestServer;
using Bitwarden.TestServer.Vault;
using Xunit;

namespace Bitwarden.Core.Tests.Transfer;

/// <summary>Files in the vault, against the embedded server and what the official client wrote.</summary>
public sealed class ImportTests
{
    [Fact]
    public async Task AFileWithAPasswordOfTheOfficialClientHoldsWhatItSays()
    {
        await using TransferHarness harness = await TransferHarness.StartAsync();
        Dictionary<string, int> before = await harness.CountAsync();
        ImportSummary summary = await harness.ImportAsync(OfficialExport.PasswordFile, OfficialExport.Password);
        Assert.Equal((26, 0, 0), (summary.ItemCount, summary.PlaceCount, summary.SkippedCount));
        Assert.Equal(before.ToDictionary(pair => pair.Key, pair => 2 * pair.Value), await harness.CountAsync());
    }

    [Theory]
    [InlineData(ExportFormat.Json, null)]
    [InlineData(ExportFormat.EncryptedJson, "größe 🔑")]
    [InlineData(ExportFormat.AccountEncryptedJson, null)]
    public async Task WhatIsExportedComesBackWhole(ExportFormat format, string? password)
    {
        await using TransferHarness harness = await TransferHarness.StartAsync();
        Dictionary<string, int> before = await harness.CountAsync();
        (string path, _) = await harness.ExportAsync(format, password);
        foreach (Guid id in harness.Account.Vault.Ciphers.Where(cipher => cipher.OrganizationId is null).Select(cipher => cipher.Id))
        {
            harness.Account.Vault.Remove(id);
        }

        Assert.Equal(26, (await harness.ImportAsync(path, password)).ItemCount);
        Assert.Equal(before, await harness.CountAsync());
        Assert.Equal(3, harness.Account.Vault.Folders.Count);
    }

    [Fact]
    public async Task ATableComesBack()
    {
        await using TransferHarness harness = await TransferHarness.StartAsync();
        (string path, ExportSummary exported) = await harness.ExportAsync(ExportFormat.Csv);
        Assert.Equal(exported.ItemCount, (await harness.ImportAsync(path)).ItemCount);
        StoredCipher[] copies = [.. harness.Account.Vault.Ciphers.Where(cipher => cipher.CreationDate > DateTime.UtcNow.AddHours(-1))];
        Assert.Equal(exported.ItemCount, copies.Length);
        Assert.Equal(4, copies.Single(copy => copy.Favorite).Content.Fields!.Count);
        Assert.Equal(2, copies.Single(copy => copy.Favorite).Content.Login!.Uris!.Count);
        Assert.Equal(3, harness.Account.Vault.Folders.Count);
    }

    [Fact]
    public async Task WhatIsTooLongForTheServerIsNamedBeforeAnythingIsSent()
    {
        await using TransferHarness harness = await TransferHarness.StartAsync();
        JsonObject file = TransferHarness.PlainFile([("fits", null), ("too long", null)]);
        file["items"]![1]!["login"]!["password"] = new string('x', 4000);
        TransferException refused = await Assert.ThrowsAsync<TransferException>(() => harness.ImportAsync(harness.Write("long.json", file)));
        Assert.Equal("InputTooLong", refused.Code);
        Assert.Contains("items[1].login.password", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("xxxx", refused.Message, StringComparison.Ordinal);
        AssertNothingSent(harness);
    }

    [Fact]
    public async Task AnotherAccountsFileIsRefused()
    {
        await using TransferHarness harness = await TransferHarness.StartAsync();
        (string path, _) = await harness.ExportAsync(ExportFormat.AccountEncryptedJson);
        JsonObject file = OfficialExport.Read(path);
        using SymmetricKey other = SymmetricKey.Generate();
        file["encKeyValidation_DO_NOT_EDIT"] = other.EncryptText("id").ToWireString();
        TransferException refused = await Assert.ThrowsAsync<TransferException>(() => harness.ImportAsync(harness.Write("other.json", file)));
        Assert.Equal("FileKeyMismatch", refused.Code);
        AssertNothingSent(harness);
    }

    [Fact]
    public async Task FoldersAreUsedByNameAndAddedOnce()
    {
        await using TransferHarness harness = await TransferHarness.StartAsync();
        JsonObject file = TransferHarness.PlainFile([("a", "Work"), ("b", "New/Nested"), ("c", "New/Nested"), ("d", null)]);
        ImportSummary summary = await harness.ImportAsync(harness.Write("folders.json", file));
        Assert.Equal((4, 1), (summary.ItemCount, summary.PlaceCount));
        Assert.Equal(4, harness.Account.Vault.Folders.Count);
        Assert.Equal("Work", harness.Session.GetVault().Find("a").Folder);
        Assert.Equal("New/Nested", harness.Session.GetVault().Find("c").Folder);
        Assert.Null(harness.Session.GetVault().Find("d").Folder);
    }

    [Fact]
    public async Task FoldersWithoutItemsAreAdded()
    {
        await using TransferHarness harness = await TransferHarness.StartAsync();
        ImportSummary summary = await harness.ImportAsync(
            harness.Write("folders.json", "{\"items\":[],\"folders\":[{\"id\":\"1\",\"name\":\"Lonely\"},{\"id\":\"2\",\"name\":\"Work\"}]}"));
        Assert.Equal((0, 1), (summary.ItemCount, summary.PlaceCount));
        Assert.Contains("Lonely", harness.Session.GetVault().Folders);
    }

    [Fact]
    public async Task MarksAndLineEndsOfEditorsDoNotMatter()
    {
        await using TransferHarness harness = await TransferHarness.StartAsync();
        string json = TransferHarness.PlainFile([("x", null)]).ToString().ReplaceLineEndings("\r\n");
        Assert.Equal(1, (await harness.ImportAsync(harness.Write("mark.json", "\uFEFF" + json))).ItemCount);
        string csv = "\uFEFFfolder,type,name,notes,login_uri,login_password\r\n\r\n"
            + "A\\B,login,=1+2,\"two\r\nlines, \"\"quoted\"\"\",\"x.example,https://y\", p \r\n";
        Assert.Equal(1, (await harness.ImportAsync(harness.Write("mark.csv", csv))).ItemCount);
        Core.Vault.VaultItem item = harness.Session.GetVault().Find("=1+2");
        Assert.Equal(("A/B", "two\nlines, \"quoted\"", " p "), (item.Folder, item.Notes!.RevealText(), item.Password!.RevealText()));
        Assert.Equal(["http://x.example", "https://y"], item.Uris);
    }

    [Fact]
    public async Task AnOrganizationMayForbidNewItems()
    {
        await using TransferHarness harness = await TransferHarness.StartAsync(
            server => server.SetPolicy(server.Pbkdf2, server.Pbkdf2.Vault.Organizations[0].Id, type: 5));
        string path = harness.Write("one.json", TransferHarness.PlainFile([("x", null)]));
        Assert.Equal("InvalidItem", (await Assert.ThrowsAsync<InvalidInputException>(() => harness.ImportAsync(path))).Code);
        AssertNothingSent(harness);
    }

    [Fact]
    public async Task AnOrganizationsItemsComeBackInTheirCollections()
    {
        await using TransferHarness harness = await TransferHarness.StartAsync(server =>
        {
            Guid id = server.Pbkdf2.Vault.Organizations[0].Id;
            Guid first = server.AddCollection(server.Pbkdf2, id, "Same");
            server.AddSharedItem(server.Pbkdf2, "in two", "u", "p", first, server.Pbkdf2.Vault.Collections[0].Id);
        });
        Guid organization = harness.Account.Vault.Organizations[0].Id;
        Dictionary<string, int> before = await harness.CountAsync(organization);
        foreach (ExportFormat format in new[] { ExportFormat.Json, ExportFormat.AccountEncryptedJson })
        {
            (string path, _) = await harness.ExportAsync(format, organization: organization);
            int count = before.Values.Sum();
            ImportSummary all = await harness.ImportAsync(path, organization: organization);
            Assert.Equal((count, 0, 0), (all.ItemCount, all.PlaceCount, all.SkippedCount));
            ImportSummary none = await harness.ImportAsync(path, organization: organization, resume: true);
            Assert.Equal((0, 0, count), (none.ItemCount, none.PlaceCount, none.SkippedCount));
            foreach (string content in before.Keys)
            {
                before[content] *= 2;
            }

            Assert.Equal(before, await harness.CountAsync(organization));
        }
    }

    [Fact]
    public async Task NewCollectionsAreMadeInAnotherOrganization()
    {
        Guid target = Guid.Empty;
        await using TransferHarness harness = await TransferHarness.StartAsync(server => target = server.AddOrganization(server.Pbkdf2, "Other Org"));
        Guid organization = harness.Account.Vault.Organizations.First(known => known.Id != target).Id;
        (string path, _) = await harness.ExportAsync(ExportFormat.Json, organization: organization);
        ImportSummary summary = await harness.ImportAsync(path, organization: target);
        Assert.Equal((3, 1), (summary.ItemCount, summary.PlaceCount));
        Assert.Equal(await harness.CountAsync(organization), await harness.CountAsync(target));
    }

    [Fact]
    public async Task AnItemWithoutACollectionIsNotGivenToAnOrganization()
    {
        await using TransferHarness harness = await TransferHarness.StartAsync();
        string path = harness.Write("one.json", TransferHarness.PlainFile([("x", "Work")]));
        Guid organization = harness.Account.Vault.Organizations[0].Id;
        Assert.Equal("InvalidItem", (await Assert.ThrowsAsync<InvalidInputException>(() => harness.ImportAsync(path, organization: organization))).Code);
        AssertNothingSent(harness);
    }

    private static void AssertNothingSent(TransferHarness harness) =>
        Assert.DoesNotContain(harness.Server.Requests.All, request => request.Method == "POST" && request.Path.Contains("/api/", StringComparison.Ordinal));
}
