using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using Bitwarden.Core.Vault;
using Bitwarden.TestServer.Vault;
using Bitwarden.Tests;
using Xunit;

namespace Bitwarden.Interop.Tests;

/// <summary>What the official client writes, our engine reads after it has synced.</summary>
public sealed class OfficialClientWritesTests : IClassFixture<WritingFixture>
{
    private readonly WritingFixture _both;

    public OfficialClientWritesTests(WritingFixture both)
    {
        Skip.When(both.Missing is not null, both.Missing);
        _both = both;
    }

    [Fact]
    public async Task ALoginWithEverythingInANewFolderAndWithAKeyOfItsOwnIsReadAfterASync()
    {
        JsonElement folder = await _both.Official.WriteAsync(new JsonObject { ["name"] = "Büro/Neu" }, "create", "folder");
        string folderId = folder.GetProperty("id").GetString()!;
        JsonElement official = await _both.Official.WriteAsync(Login(folderId), "create", "item");
        VaultItem ours = await FollowAsync(official);

        Assert.Equal(ItemDescription.Of(official, new Dictionary<string, string> { [folderId] = "Büro/Neu" }), ItemDescription.Of(ours));
        Assert.Equal("pässwörd \"1\" $HOME", ours.Password!.RevealText());
        Assert.Equal("official user", Assert.Single(ours.Fields, field => field.Type == FieldType.Linked).Value!.RevealText());
        Assert.NotNull(Assert.Single(_both.Account.Vault.Ciphers, cipher => cipher.Id == ours.Id).Key);
        Assert.Empty(ours.Problems);
    }

    [Fact]
    public async Task ANoteIsFollowedThroughAnEditIntoTheTrashAndBack()
    {
        JsonObject note = new() { ["type"] = 2, ["name"] = "official note", ["notes"] = "first\nversion", ["secureNote"] = new JsonObject { ["type"] = 0 } };
        JsonElement created = await _both.Official.WriteAsync(note, "create", "item");
        string id = created.GetProperty("id").GetString()!;
        Assert.Equal("first\nversion", (await FollowAsync(created)).Notes!.RevealText());

        JsonObject changed = JsonObject.Create(created)!;
        changed["name"] = "official note, edited";
        changed["notes"] = "zweite Fassung";
        VaultItem edited = await FollowAsync(await _both.Official.WriteAsync(changed, "edit", "item", id));
        Assert.Equal(("official note, edited", "zweite Fassung"), (edited.Name, edited.Notes!.RevealText()));

        await _both.Official.TextAsync("delete", "item", id);
        VaultItem trashed = await FollowAsync(created);
        Assert.NotNull(trashed.DeletedDate);
        Assert.Contains(trashed, _both.Session.GetVault().Trash);

        await _both.Official.TextAsync("restore", "item", id);
        VaultItem restored = await FollowAsync(created);
        Assert.Null(restored.DeletedDate);
        Assert.Equal(restored, _both.Session.GetVault().Find("official note, edited"));
    }

    [Fact]
    public async Task AnItemOfAnOrganizationIsReadAfterASync()
    {
        StoredOrganization organization = Assert.Single(_both.Account.Vault.Organizations);
        StoredCollection collection = Assert.Single(_both.Account.Vault.Collections);
        JsonObject login = Login(folderId: null);
        login["organizationId"] = organization.Id.ToString();
        login["collectionIds"] = new JsonArray(collection.Id.ToString());
        JsonElement official = await _both.Official.WriteAsync(login, "create", "item");
        VaultItem ours = await FollowAsync(official);

        Assert.Equal(ItemDescription.Of(official, new Dictionary<string, string>()), ItemDescription.Of(ours));
        Assert.Equal(("Example Org", "Production"), (ours.Organization, Assert.Single(ours.Collections)));
    }

    [Fact]
    public async Task AnAttachmentThatItUploadsHasTheSameBytesHere()
    {
        string path = _both.TemporaryFile();
        byte[] content = RandomNumberGenerator.GetBytes(5000);
        await File.WriteAllBytesAsync(path, content);
        string item = _both.Account.Items["prod-web"].ToString();
        await _both.Official.TextAsync("create", "attachment", "--file", path, "--itemid", item);

        Assert.True(await _both.Session.SyncAsync(force: false));
        using DecryptedSecret ours = await _both.Session.ReadSecretAsync($"prod-web#attachment:{Path.GetFileName(path)}");
        Assert.Equal(content, ours.Value.Span.ToArray());
    }

    private static JsonObject Login(string? folderId) => new()
    {
        ["type"] = 1,
        ["name"] = "made by the official client ü",
        ["folderId"] = folderId,
        ["notes"] = "line 1\nline 2",
        ["favorite"] = true,
        ["reprompt"] = 1,
        ["fields"] = new JsonArray(
            new JsonObject { ["type"] = 0, ["name"] = "text", ["value"] = "visible" },
            new JsonObject { ["type"] = 1, ["name"] = "hidden", ["value"] = "invisible" },
            new JsonObject { ["type"] = 2, ["name"] = "flag", ["value"] = "true" },
            new JsonObject { ["type"] = 3, ["name"] = "linked", ["value"] = null, ["linkedId"] = 100 }),
        ["login"] = new JsonObject
        {
            ["username"] = "official user",
            ["password"] = "pässwörd \"1\" $HOME",
            ["totp"] = "otpauth://totp/official?secret=JBSWY3DPEHPK3PXP&digits=8&period=60&algorithm=SHA256",
            ["uris"] = new JsonArray(
                new JsonObject { ["match"] = null, ["uri"] = "https://made.example.org/" },
                new JsonObject { ["match"] = 4, ["uri"] = "^https://.*\\.example\\.org$" }),
        },
    };

    // Without force: that something has changed must show in the revision date.
    private async Task<VaultItem> FollowAsync(JsonElement official)
    {
        Assert.True(await _both.Session.SyncAsync(force: false));
        VaultItem? item = ItemDescription.Find(_both.Session, official);
        Assert.NotNull(item);
        return item;
    }
}
