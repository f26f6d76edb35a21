using System.Text.Json;
using System.Text.Json.Nodes;
using Bitwarden.Core.Crypto;
using Bitwarden.Core.Matching;
using Bitwarden.Core.Sessions;
using Bitwarden.Core.Ssh;
using Bitwarden.Core.Vault;
using Bitwarden.Core.Vault.Editing;
using Bitwarden.TestServer.Vault;
using Bitwarden.Tests;
using Xunit;

namespace Bitwarden.Interop.Tests;

/// <summary>What our engine writes, the official client reads and edits, and the other way round: every kind of item, member by member.</summary>
public sealed class OurWritesTests : IClassFixture<WritingFixture>
{
    private readonly WritingFixture _both;

    public OurWritesTests(WritingFixture both)
    {
        Skip.When(both.Missing is not null, both.Missing);
        _both = both;
    }

    private static IEnumerable<ItemType> Types => ItemTypes.All.Select(row => row.Type);

    private ItemWriter Items => _both.Session.GetWriter().Items;

    // One listing of the official client for all kinds: each of its calls starts a process.
    [Fact]
    public async Task ItemsOfOursAreReadAndEditedByTheOfficialClientAndByUsAgain()
    {
        Guid folder = await _both.Session.GetWriter().Folders.CreateAsync("Ours/Ü");
        Dictionary<ItemType, VaultItem> made = [];
        foreach (ItemType type in Types)
        {
            using ItemEdit edit = Everything(type, folder);
            made[type] = await Items.CreateAsync(type, edit);
        }

        foreach ((VaultItem ours, JsonElement theirs) in await TheirsAsync(made.Values))
        {
            AssertSame(theirs, ours);
            JsonObject changed = JsonObject.Create(theirs)!;
            changed["name"] = $"edited {ours.Type}";
            changed["notes"] = "edited by the official client";
            await _both.Official.WriteAsync(changed, "edit", "item", ours.Id.ToString());
        }

        await _both.Session.SyncAsync(force: true);
        foreach (ItemType type in Types)
        {
            VaultItem read = _both.Session.GetVault().TryFind(made[type].Id)!;
            Assert.Equal("edited by the official client", read.Notes!.RevealText());
            using ItemEdit again = new() { Favorite = false };
            again.Set("notes", SecretBytes.FromCharacters("edited by us ü"));
            again.SetField("text", SecretBytes.FromCharacters("second"));
            again.SetField("hidden", SecretBytes.FromCharacters("second secret"));
            again.RemoveField("flag");
            made[type] = await Items.UpdateAsync(read, again);
        }

        foreach ((VaultItem ours, JsonElement theirs) in await TheirsAsync(made.Values))
        {
            AssertSame(theirs, ours);
            Assert.Equal("hidden: secret", theirs.GetProperty("passwordHistory")[0].GetProperty("password").GetString());
        }
    }

    [Fact]
    public async Task ItemsOfTheOfficialClientKeepEverythingThatWeDoNotChange()
    {
        Dictionary<Guid, JsonElement> created = [];
        foreach (ItemType type in Types)
        {
            JsonElement item = await _both.Official.WriteAsync(Theirs(type), "create", "item");
            created[item.GetProperty("id").GetGuid()] = item;
        }

        await _both.Session.SyncAsync(force: true);
        List<VaultItem> edited = [];
        foreach (Guid id in created.Keys)
        {
            VaultItem read = _both.Session.GetVault().TryFind(id)!;
            using ItemEdit edit = new() { Name = $"{read.Name}, renamed here" };
            edited.Add(await Items.UpdateAsync(read, edit));
        }

        foreach ((VaultItem ours, JsonElement theirs) in await TheirsAsync(edited))
        {
            AssertSame(theirs, ours);
            JsonObject before = JsonObject.Create(created[ours.Id])!;
            JsonObject after = JsonObject.Create(theirs)!;
            foreach (string changes in new[] { "name", "revisionDate" })
            {
                before.Remove(changes);
                after.Remove(changes);
            }

            Assert.True(JsonNode.DeepEquals(before, after), $"{before.ToJsonString()}{Environment.NewLine}{after.ToJsonString()}");
        }
    }

    [Fact]
    public async Task ItemThatWeGiveToAnOrganizationIsReadByTheOfficialClient()
    {
        StoredOrganization organization = Assert.Single(_both.Account.Vault.Organizations);
        using ItemEdit edit = Everything(ItemType.Login, null);
        VaultItem made = await Items.CreateAsync(ItemType.Login, edit);
        VaultItem shared = await Items.ShareAsync(made, organization.Id, [_both.Account.Vault.Collections[0].Id]);
        (_, JsonElement theirs) = Assert.Single(await TheirsAsync([shared]));
        AssertSame(theirs, shared);
        Assert.Equal(organization.Id, theirs.GetProperty("organizationId").GetGuid());
    }

    // The longest key that we make: encrypted, it must fit what a server takes.
    [Fact]
    public async Task KeyPairsThatWeMakeAreReadByTheOfficialClient()
    {
        List<VaultItem> made = [];
        foreach (SshKeyType type in Enum.GetValues<SshKeyType>())
        {
            using SshKey key = SshKey.Generate(type, 4096);
            using ItemEdit edit = new() { Name = $"pair {type}" };
            edit.Set(key);
            made.Add(await Items.CreateAsync(ItemType.SshKey, edit));
        }

        foreach ((VaultItem ours, JsonElement theirs) in await TheirsAsync(made))
        {
            AssertSame(theirs, ours);
            JsonElement read = theirs.GetProperty("sshKey");
            using SecretBytes text = SecretBytes.FromCharacters(read.GetProperty("privateKey").GetString());
            using SshKey key = SshKey.Parse(text);
            Assert.Equal((key.PublicKey, key.Fingerprint), (read.GetProperty("publicKey").GetString(), read.GetProperty("keyFingerprint").GetString()));
        }
    }

    [Fact]
    public async Task SecretsOfSetSecretAreReadAndEditedByTheOfficialClientAndKeepTheirTypes()
    {
        Skip.When(SecretManagementRun.Missing is not null, SecretManagementRun.Missing);
        SecretManagementRun run = SecretManagementRun.Start(_both.Server, _both.Account, _both.TemporaryFile());
        Skip.When(!await run.IsWrittenAsync(), "SecretManagement is not installed.");
        await _both.Official.TextAsync("sync", "--force");
        Dictionary<string, JsonElement> theirs = (await _both.Official.ListAsync("items", "--search", "set "))
            .ToDictionary(item => item.GetProperty("name").GetString()!);
        Assert.Equal("two\nlines ü", theirs["set text"].GetProperty("notes").GetString());
        Assert.Equal("secure ü", theirs["set secure"].GetProperty("login").GetProperty("password").GetString());
        Assert.Equal("ada", theirs["set credential"].GetProperty("login").GetProperty("username").GetString());
        Assert.Equal("pass ü", theirs["set credential"].GetProperty("login").GetProperty("password").GetString());
        Assert.Equal(Convert.ToBase64String([0, 1, 255]), theirs["set bytes"].GetProperty("notes").GetString());
        Assert.Contains(theirs["set table"].GetProperty("fields").EnumerateArray(), field => field.GetProperty("value").GetString() == "sql ü");

        await EditAsync(theirs["set text"], item => item["notes"] = "edited\ntext");
        await EditAsync(theirs["set secure"], item => item["login"]!["password"] = "edited ü");
        await EditAsync(theirs["set credential"], item => item["login"]!["username"] = "bob");
        await EditAsync(theirs["set bytes"], item => item["notes"] = Convert.ToBase64String([7, 8]));
        await EditAsync(theirs["set table"], item => Assert.Single(item["fields"]!.AsArray(), IsUser)!["value"] = "edited ü");
        Assert.Equal(
            [
                "set text: SecureString edited\\ntext",
                "set secure: SecureString edited ü",
                "set credential: PSCredential bob pass ü",
                "set bytes: Byte[] 7 8",
                "set table: Hashtable login=PSCredential eve inner; raw=Byte[] 1 2; user=SecureString edited ü",
            ],
            await run.ReadAsync());
        static bool IsUser(JsonNode? field) => field!["name"]!.GetValue<string>() == "user";
    }

    private Task<JsonElement> EditAsync(JsonElement item, Action<JsonObject> change)
    {
        JsonObject changed = JsonObject.Create(item)!;
        change(changed);
        return _both.Official.WriteAsync(changed, "edit", "item", item.GetProperty("id").GetString()!);
    }

    private async Task<IEnumerable<(VaultItem Ours, JsonElement Theirs)>> TheirsAsync(IEnumerable<VaultItem> ours)
    {
        await _both.Official.TextAsync("sync", "--force");
        JsonElement[] all = await _both.Official.ListAsync("items");
        return ours.Select(item => (item, all.Single(theirs => theirs.GetProperty("id").GetGuid() == item.Id)));
    }

    private static void AssertSame(JsonElement theirs, VaultItem ours)
    {
        Dictionary<string, string> folders = [];
        if (ours.FolderId is Guid folder)
        {
            folders[folder.ToString()] = ours.Folder!;
        }

        Assert.Equal(ItemDescription.Of(theirs, folders), ItemDescription.Of(ours));
    }

    private static ItemEdit Everything(ItemType type, Guid? folder)
    {
        ItemEdit edit = new() { Name = $"ours {type} ü", Favorite = true, Reprompt = true };
        foreach (ItemMember member in ItemTypes.Of(type).Members.Append(ItemMember.Notes))
        {
            edit.Set(member.Selector, SecretBytes.FromCharacters(Value(member.Selector)));
        }

        edit.MoveTo(folder);
        edit.Addresses = type == ItemType.Login ? [new AddressEdit("https://ours.example.org/"), new AddressEdit("^x", UriMatch.RegularExpression)] : null;
        edit.SetField("text", SecretBytes.FromCharacters("visible"));
        edit.SetField("hidden", SecretBytes.FromCharacters("secret"), FieldType.Hidden);
        edit.SetField("flag", SecretBytes.FromCharacters("true"), FieldType.Boolean);
        return edit;
    }

    private static JsonObject Theirs(ItemType type)
    {
        ItemTypeInfo info = ItemTypes.Of(type);
        JsonObject member = new();
        foreach (ItemMember value in info.Members)
        {
            member[value.Selector == "fingerprint" ? "keyFingerprint" : value.Selector] = Value(value.Selector);
        }

        if (type == ItemType.SecureNote)
        {
            member["type"] = 0;
        }

        return new JsonObject
        {
            ["type"] = (int)type,
            ["name"] = $"theirs {type}",
            ["notes"] = "line 1\nline 2",
            ["favorite"] = true,
            ["fields"] = new JsonArray(
                new JsonObject { ["type"] = 1, ["name"] = "hidden", ["value"] = "secret" },
                new JsonObject { ["type"] = 3, ["name"] = "linked", ["value"] = null, ["linkedId"] = type == ItemType.Login ? 100 : 400 }),
            [info.WireMember] = member,
        };
    }

    private static string Value(string selector) => selector switch
    {
        "expMonth" => "7",
        "expYear" => "2031",
        "totp" => "JBSWY3DPEHPK3PXP",
        "dateOfBirth" or "issueDate" or "expirationDate" => "1990-04-30",
        _ => $"{selector} of ours ü",
    };
}
