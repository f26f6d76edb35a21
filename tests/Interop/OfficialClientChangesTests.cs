using System.Text.Json;
using System.Text.Json.Nodes;
using Bitwarden.Core.Crypto;
using Bitwarden.Core.Sessions;
using Bitwarden.Core.Vault;
using Bitwarden.TestServer;
using Bitwarden.TestServer.Vault;
using Bitwarden.Tests;
using Xunit;

namespace Bitwarden.Interop.Tests;

/// <summary>What the official client sends when it changes and moves items, for our own writes to be held against.</summary>
public sealed class OfficialClientChangesTests : IClassFixture<WritingFixture>
{
    private readonly WritingFixture _both;

    public OfficialClientChangesTests(WritingFixture both)
    {
        Skip.When(both.Missing is not null, both.Missing);
        _both = both;
    }

    [Fact]
    public async Task AnEditGivesTheItemAKeyAndWhatItReplacesGoesToTheHistoryNewestFirst()
    {
        JsonObject item = new()
        {
            ["type"] = 1,
            ["name"] = "with history",
            ["login"] = new JsonObject { ["password"] = "first" },
            ["fields"] = new JsonArray(new JsonObject { ["type"] = 1, ["name"] = "pin", ["value"] = "1234" }),
        };
        JsonObject created = JsonObject.Create(await _both.Official.WriteAsync(item, "create", "item"))!;
        string id = created["id"]!.GetValue<string>();
        created["login"]!["password"] = "second";
        created["fields"]![0]!["value"] = "5678";
        await _both.Official.WriteAsync(created, "edit", "item", id);

        StoredCipher stored = _both.Account.Vault.Find(Guid.Parse(id))!;
        using SymmetricKey key = _both.Account.UserKey.UnwrapKey(EncString.Parse(stored.Key!));
        Assert.Equal(["pin: 1234", "first"], stored.Content.PasswordHistory!.Select(entry => key.DecryptText(EncString.Parse(entry.Password!))));
        Assert.Equal(stored.Content.PasswordHistory![^1].LastUsedDate, stored.Content.Login!.PasswordRevisionDate);
        JsonElement sent = LastBody("PUT", $"/api/ciphers/{id}");
        Assert.Equal(_both.Account.UserId, sent.GetProperty("encryptedFor").GetGuid());
        Assert.Equal(_both.Account.UserKey.DeriveKeyId(), sent.GetProperty("encryptedByKeyId").GetString());
        Assert.False(sent.TryGetProperty("data", out _));
    }

    [Fact]
    public async Task AnItemWithAFileMovesIntoAnOrganizationAndIsReadThere()
    {
        Guid id = _both.Account.Items["with attachment"];
        StoredAttachment before = Assert.Single(_both.Account.Vault.Find(id)!.Attachments);
        StoredOrganization organization = Assert.Single(_both.Account.Vault.Organizations);
        Guid collection = _both.Account.Vault.Collections[0].Id;

        await _both.Official.WriteAsync(new JsonArray(collection.ToString()), "move", id.ToString(), organization.Id.ToString());

        JsonElement cipher = LastBody("PUT", $"/api/ciphers/{id}/share").GetProperty("cipher");
        Assert.False(cipher.TryGetProperty("encryptedByKeyId", out _));
        JsonElement renamed = cipher.GetProperty("attachments2").GetProperty(before.Id);
        StoredCipher stored = _both.Account.Vault.Find(id)!;
        using SymmetricKey organizationKey = _both.Account.OpenOrganizationKey(organization.Id);
        using SymmetricKey itemKey = organizationKey.UnwrapKey(EncString.Parse(stored.Key!));
        using SymmetricKey fileKey = itemKey.UnwrapKey(EncString.Parse(renamed.GetProperty("key").GetString()!));
        using SymmetricKey oldFileKey = _both.Account.UserKey.UnwrapKey(EncString.Parse(before.Key!));
        Assert.Equal("cert.pfx", itemKey.DecryptText(EncString.Parse(renamed.GetProperty("fileName").GetString()!)));
        Assert.Equal(oldFileKey.DeriveKeyId(), fileKey.DeriveKeyId());

        BitwardenSession session = await _both.OpenSessionAsync();
        VaultItem ours = session.GetVault().Find("with attachment");
        Assert.Equal("Example Org", ours.Organization);
        using DecryptedSecret file = await session.ReadSecretAsync("with attachment#attachment:cert.pfx");
        Assert.Equal(_both.Account.AttachmentContent, file.Value.Span.ToArray());
    }

    [Fact]
    public async Task CollectionsOfAnItemAreReplaced()
    {
        Guid id = _both.Account.Items["org-web"];
        Guid first = _both.Account.Vault.Collections[0].Id;
        Guid second = _both.Server.AddCollection(_both.Account, _both.Account.Vault.Organizations[0].Id, "Second");
        await _both.Official.TextAsync("sync");
        JsonArray wanted = new(second.ToString(), first.ToString());
        await _both.Official.WriteAsync(wanted, "edit", "item-collections", id.ToString());

        JsonElement sent = LastBody("PUT", $"/api/ciphers/{id}/collections_v2");
        Assert.Equal(["collectionIds"], sent.EnumerateObject().Select(member => member.Name));
        BitwardenSession session = await _both.OpenSessionAsync();
        Assert.Equal(["Production", "Second"], session.GetVault().Find("org-web").Collections.Order());
    }

    private JsonElement LastBody(string method, string path)
    {
        LoggedRequest request = _both.Server.Requests.All.Last(request => request.Method == method && request.Path == path);
        return JsonSerializer.Deserialize<JsonElement>(request.Body);
    }
}
