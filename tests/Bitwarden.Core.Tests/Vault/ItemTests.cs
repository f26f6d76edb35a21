using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Bitwarden.Core.Crypto;
using Bitwarden.Core.Errors;
using Bitwarden.Core.Tests.Scripted;
using Bitwarden.Core.Vault;
using Xunit;

namespace Bitwarden.Core.Tests.Vault;

/// <summary>What one bad, old, new or odd part does to an item: nothing to its other parts, nothing to other items.</summary>
public sealed class ItemTests : IDisposable
{
    private readonly ScriptedVault _scripted = new();
    private readonly SymmetricKey _otherKey = SymmetricKey.Generate();

    [Fact]
    public void ItemWithItsOwnKeyIsRead()
    {
        JsonObject cipher = AddKeyed("own", ("https://own.example.org", "https://own.example.org"));
        cipher["notes"] = _scripted.Seal("n", _otherKey);
        VaultItem item = _scripted.Open().Find("own");
        Assert.Equal("pw", item.Password!.RevealText());
        Assert.Equal("n", item.Notes!.RevealText());
        Assert.Equal(["https://own.example.org"], item.Uris);
        Assert.Empty(item.Problems);
    }

    [Fact]
    public void RowOfAnItemIsWhatItsPartsAreOneByOne()
    {
        JsonObject cipher = AddKeyed("own", ("https://own.example.org", "https://own.example.org"), ("https://evil.example.org", "https://own.example.org"));
        cipher["login"]!["username"] = _scripted.Seal("ada", _otherKey);
        cipher["fields"] = new JsonArray(new JsonObject { ["name"] = _scripted.Seal("pin", _otherKey), ["value"] = _scripted.Seal("77", _otherKey) });
        VaultItem item = _scripted.Open().Find("own");
        VaultItem other = _scripted.Open().Find("own");
        item.DecryptRow();
        item.DecryptRow();
        Assert.Equal("ada", item.Username);
        Assert.Equal(["https://own.example.org"], item.Uris);
        Assert.Equal("pin", Assert.Single(item.Fields).Name);
        Assert.Equal("77", item.Fields[0].Value!.RevealText());
        Assert.Equal((other.Username, other.Uris[0], other.Fields[0].Name), (item.Username, item.Uris[0], item.Fields[0].Name));
    }

    [Fact]
    public void RowOfAnItemThatCannotBeReadIsEmptyAndOfALockedVaultAnError()
    {
        AddKeyed("own")["key"] = _scripted.Seal("not a key");
        _scripted.AddLogin("other", "ada", "pw");
        UnlockedVault vault = _scripted.Open();
        VaultItem broken = vault.Items.Single(candidate => candidate.Name is null);
        broken.DecryptRow();
        Assert.Null(broken.Username);
        Assert.Empty(broken.Fields);
        vault.Access.Close();
        Assert.Equal("VaultLocked", Assert.Throws<SessionException>(vault.Find("other").DecryptRow).Code);
    }

    [Fact]
    public void AddressWithAWrongChecksumIsDroppedAndTold()
    {
        AddKeyed("own", ("https://own.example.org", "https://own.example.org"), ("https://evil.example.org", "https://own.example.org"));
        VaultItem item = _scripted.Open().Find("own");
        Assert.Equal(["https://own.example.org"], item.Uris);
        Assert.Equal(new ItemProblem("uris[1]", "UriChecksumMismatch"), Assert.Single(item.Problems));
    }

    [Fact]
    public void AddressWithoutAChecksumIsDroppedFromAnItemWithItsOwnKey()
    {
        JsonObject cipher = AddKeyed("own", ("https://own.example.org", "https://own.example.org"));
        cipher["login"]!["uris"]![0]!["uriChecksum"] = null;
        Assert.Empty(_scripted.Open().Find("own").Uris);
    }

    [Fact]
    public void ChecksumIsNotAskedForWithoutAnItemKey()
    {
        _scripted.Add("plain")["login"] = new JsonObject { ["uri"] = _scripted.Seal("https://old.example.org") };
        Assert.Equal(["https://old.example.org"], _scripted.Open().Find("plain").Uris);
    }

    [Theory]
    [InlineData("type", "login")]
    [InlineData("organizationId", "Work")]
    public void ItemOfAnUnexpectedFormIsListedByItsIdAndTakesNoOtherWithIt(string member, string value)
    {
        JsonObject cipher = AddKeyed("own");
        cipher[member] = value;
        _scripted.AddLogin("other", "ada", "pw");
        UnlockedVault vault = _scripted.Open();
        VaultItem item = vault.Find(cipher["id"]!.GetValue<string>());
        Assert.Null(item.Name);
        Assert.Equal(new ItemProblem("item", "MalformedItem"), Assert.Single(item.Problems));
        Assert.Equal("MalformedItem", Assert.Throws<ItemUnreadableException>(item.EnsureReadable).Code);
        Assert.Equal("pw", vault.Find("other").Password!.RevealText());
    }

    [Fact]
    public void ItemWhoseKeyDoesNotOpenIsListedWithAProblem()
    {
        JsonObject cipher = AddKeyed("own");
        cipher["key"] = _scripted.Seal("not a key");
        _scripted.AddLogin("other", "ada", "pw");
        UnlockedVault vault = _scripted.Open();
        VaultItem item = vault.Items.Single(candidate => candidate.Name is null);
        Assert.Equal(new ItemProblem("key", "MalformedEncString"), Assert.Single(item.Problems));
        Assert.StartsWith("[", item.UniqueName);
        Assert.Equal("pw", vault.Find("other").Password!.RevealText());
    }

    [Fact]
    public void ItemOfAnOrganizationIsReadWithItsKey()
    {
        (Guid id, SymmetricKey key) = _scripted.AddOrganization("Org");
        Guid collection = Guid.NewGuid();
        _scripted.Sync["collections"]!.AsArray().Add(
            new JsonObject { ["id"] = collection.ToString(), ["organizationId"] = id.ToString(), ["name"] = _scripted.Seal("Prod", key) });
        JsonObject cipher = _scripted.Add("shared", key: key);
        cipher["organizationId"] = id.ToString();
        cipher["collectionIds"] = new JsonArray(collection.ToString(), Guid.NewGuid().ToString());
        cipher["notes"] = _scripted.Seal("n", key);
        VaultItem item = _scripted.Open().Find("shared");
        Assert.Equal(("Org", id), (item.Organization, item.OrganizationId));
        Assert.Equal(["Prod"], item.Collections);
        Assert.Equal("n", item.Notes!.RevealText());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void MissingOrganizationKeyMakesOnlyItsItemsUnreadable(bool listed)
    {
        (Guid id, SymmetricKey key) = _scripted.AddOrganization("Org");
        _scripted.Add("shared", key: key)["organizationId"] = id.ToString();
        _scripted.AddLogin("mine", "ada", "pw");
        _scripted.Profile["organizations"] = listed ? new JsonArray(new JsonObject { ["id"] = id.ToString(), ["name"] = "Org", ["key"] = null }) : [];
        UnlockedVault vault = _scripted.Open();
        Assert.Equal("pw", vault.Find("mine").Password!.RevealText());
        VaultItem item = vault.Items[0];
        Assert.Null(item.Name);
        Assert.Equal(new ItemProblem("key", "DecryptionFailed"), Assert.Single(item.Problems));
        Assert.Empty(item.Values);
    }

    [Theory]
    [InlineData(null, "MalformedEncString")]
    [InlineData("", "MalformedEncString")]
    [InlineData("plain text", "MalformedEncString")]
    [InlineData("2.AAAA|AAAA|AAAA", "MalformedEncString")]
    [InlineData("7.AAAA", "UnsupportedEncryption")]
    [InlineData("99.AAAA", "UnsupportedEncryption")]
    public void NameThatCannotBeDecryptedIsAProblem(string? wire, string code)
    {
        JsonObject cipher = _scripted.AddLogin("x", "ada", "pw");
        cipher["name"] = wire;
        VaultItem item = _scripted.Open().Items[0];
        Assert.Null(item.Name);
        Assert.Equal($"[{item.Id.ToString("N")[..8]}]", item.UniqueName);
        Assert.Contains(new ItemProblem("name", code), item.Problems);
        Assert.Equal("pw", item.Password!.RevealText());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(9)]
    [InlineData(1234)]
    [InlineData(-1)]
    public void UnknownTypeSurvives(int type)
    {
        JsonObject cipher = _scripted.Add("new kind", type);
        cipher["notes"] = _scripted.Seal("n");
        cipher["hologram"] = new JsonObject { ["depth"] = 3 };
        VaultItem item = _scripted.Open().Find("new kind");
        Assert.Equal(type, (int)item.Type);
        Assert.Equal("n", item.Notes!.RevealText());
        Assert.Equal(3, (int)JsonNode.Parse(item.Row.Json)!["hologram"]!["depth"]!);
    }

    [Fact]
    public void SealedBlobIsAProblemNotACrash()
    {
        JsonObject cipher = _scripted.Add("x");
        cipher["name"] = "";
        cipher["data"] = "{\"format_version\":1,\"data\":\"7.AAAA\"}";
        _scripted.AddLogin("other", "ada", "pw");
        UnlockedVault vault = _scripted.Open();
        VaultItem item = vault.Items[0];
        Assert.Equal(new ItemProblem("data", "UnsupportedEncryption"), Assert.Single(item.Problems));
        Assert.Null(item.Username);
        Assert.Equal("pw", vault.Find("other").Password!.RevealText());
    }

    [Theory]
    [InlineData("{\"Name\":\"2.x\"}")]
    [InlineData("")]
    public void OrdinaryDataIsIgnored(string data)
    {
        _scripted.AddLogin("web", "ada", "pw")["data"] = data;
        Assert.Empty(_scripted.Open().Find("web").Problems);
    }

    [Fact]
    public void UnknownMembersAreKept()
    {
        JsonObject cipher = _scripted.AddLogin("web", "ada", "pw");
        cipher["archivedBy"] = "bob";
        cipher["login"]!["fido2Credentials"] = new JsonArray(new JsonObject { ["rpId"] = "x" });
        cipher["login"]!["uris"] = new JsonArray(new JsonObject { ["uri"] = _scripted.Seal("https://x.example.org"), ["weight"] = 7 });
        cipher["fields"] = new JsonArray(new JsonObject { ["type"] = 0, ["colour"] = "red" });
        VaultItem item = _scripted.Open().Find("web");
        Assert.True(JsonNode.DeepEquals(cipher, JsonNode.Parse(item.Row.Json)));
        Assert.Empty(item.Problems);
    }

    [Fact]
    public void PascalCaseIsUnderstood()
    {
        (Guid id, SymmetricKey key) = _scripted.AddOrganization("Org");
        _scripted.AddLogin("web", "ada", "pw", _scripted.AddFolder("Work"));
        _scripted.Add("card", 3)["card"] = new JsonObject { ["cardholderName"] = _scripted.Seal("Ada"), ["number"] = _scripted.Seal("4111") };
        _scripted.Add("id", 4)["identity"] = new JsonObject { ["sSN"] = _scripted.Seal("078") };
        _scripted.Add("key", 5)["sSHKey"] = new JsonObject { ["keyFingerprint"] = _scripted.Seal("SHA256:x") };
        _scripted.Add("shared", key: key)["organizationId"] = id.ToString();
        JsonObject pascal = Pascal(_scripted.Sync);
        Assert.NotNull(pascal["Ciphers"]![0]!["Login"]!["Username"]);
        UnlockedVault vault = _scripted.Open(pascal);
        Assert.Equal("pw", vault.Find("Work/web").Password!.RevealText());
        Assert.Equal("Ada", vault.Find("card").Values["cardholderName"].RevealText());
        Assert.Equal("078", vault.Find("id").Values["ssn"].RevealText());
        Assert.Equal("SHA256:x", vault.Find("key").Values["fingerprint"].RevealText());
        Assert.Equal("Org", vault.Find("shared").Organization);
    }

    [Fact]
    public void NumbersMayBeText()
    {
        JsonObject cipher = _scripted.Add("card");
        cipher["type"] = "3";
        cipher["reprompt"] = "1";
        cipher["fields"] = new JsonArray(new JsonObject { ["type"] = "1", ["name"] = _scripted.Seal("f"), ["value"] = _scripted.Seal("v") });
        cipher["attachments"] = new JsonArray(
            new JsonObject { ["id"] = "a", ["size"] = "123" }, new JsonObject { ["id"] = "b", ["size"] = 456 },
            new JsonObject { ["id"] = "c", ["size"] = "big" }, new JsonObject { ["id"] = "d" });
        VaultItem item = _scripted.Open().Find("card");
        Assert.Equal(ItemType.Card, item.Type);
        Assert.True(item.Reprompt);
        Assert.Equal((FieldType.Hidden, "f"), (item.Fields[0].Type, item.Fields[0].Name));
        Assert.Equal([123, 456, null, null], item.Attachments.Select(file => file.Size));
    }

    [Fact]
    public void EmptyAccountOpens()
    {
        _scripted.Sync["folders"] = null;
        _scripted.Sync["collections"] = null;

        UnlockedVault vault = _scripted.Open();
        Assert.Empty(vault.Items);
        Assert.Empty(vault.Trash);
        Assert.Empty(vault.Folders);
    }

    [Fact]
    public void FolderThatCannotBeDecryptedIsNoFolder()
    {
        Guid id = _scripted.AddFolder("Work");
        _scripted.Sync["folders"]![0]!["name"] = _scripted.Seal("Work", _otherKey);
        _scripted.AddLogin("web", folder: id);
        Assert.Null(_scripted.Open().Find("web").Folder);
    }

    [Fact]
    public void ProviderKeyOpensItsOrganizations()
    {
        (Guid provider, SymmetricKey providerKey) = _scripted.AddOrganization("Provider");
        _scripted.Profile["providers"] = _scripted.Profile["organizations"]!.DeepClone();
        _scripted.Profile["organizations"] = new JsonArray();
        using SymmetricKey organizationKey = SymmetricKey.Generate();
        Guid organization = Guid.NewGuid();
        _scripted.Profile["providerOrganizations"] = new JsonArray(new JsonObject
        {
            ["id"] = organization.ToString(), ["providerId"] = provider.ToString(), ["name"] = "Client",
            ["key"] = providerKey.WrapKey(organizationKey).ToWireString(),
        });
        _scripted.Add("managed", key: organizationKey)["organizationId"] = organization.ToString();
        Assert.Equal("Client", _scripted.Open().Find("managed").Organization);
    }

    [Fact]
    public void StrippedMacIsRefused()
    {
        JsonObject cipher = _scripted.AddLogin("web", "ada", "pw");
        string[] parts = ((string)cipher["login"]!["password"]!)[2..].Split('|');
        cipher["login"]!["password"] = $"0.{parts[0]}|{parts[1]}";
        ItemUnreadableException failure = Assert.Throws<ItemUnreadableException>(() => _scripted.Open().Find("web").Password!.RevealText());
        Assert.Equal("UnsupportedEncryption", failure.Code);
    }

    public void Dispose() => _otherKey.Dispose();

    private JsonObject AddKeyed(string name, params (string Uri, string ChecksumOf)[] uris)
    {
        JsonObject cipher = _scripted.Add(name, key: _otherKey);
        cipher["key"] = _scripted.UserKey.WrapKey(_otherKey).ToWireString();
        cipher["login"] = new JsonObject
        {
            ["password"] = _scripted.Seal("pw", _otherKey),
            ["uris"] = new JsonArray([.. uris.Select(uri => new JsonObject
            {
                ["uri"] = _scripted.Seal(uri.Uri, _otherKey),
                ["uriChecksum"] = _scripted.Seal(Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(uri.ChecksumOf))), _otherKey),
            })]),
        };
        return cipher;
    }

    private static JsonObject Pascal(JsonObject node)
    {
        JsonObject result = [];
        foreach ((string name, JsonNode? value) in node)
        {
            result[char.ToUpperInvariant(name[0]) + name[1..]] = value switch
            {
                JsonObject member => Pascal(member),
                JsonArray list => new JsonArray([.. list.Select(entry => entry is JsonObject member ? Pascal(member) : entry?.DeepClone())]),
                _ => value?.DeepClone(),
            };
        }

        return result;
    }
}
