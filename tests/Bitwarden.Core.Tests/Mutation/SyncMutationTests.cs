using System.Text.Json;
using System.Text.Json.Nodes;
using Bitwarden.Core.Crypto;
using Bitwarden.Core.Errors;
using Bitwarden.Core.Tests.Scripted;
using Bitwarden.Core.Vault;
using Xunit;

namespace Bitwarden.Core.Tests.Mutation;

/// <summary>
/// Sync answers that were changed in some place: they are refused as a whole, or opened and read to the last value. Whatever is wrong is told in words of ours.
/// BW_TEST_SYNCS says how many are tried.
/// </summary>
public sealed class SyncMutationTests(ITestOutputHelper output)
{
    private const int Usual = 500;
    private const string Read = "read";
    private readonly MutationRun _run = new("BW_TEST_SYNCS", Usual);

    [Fact]
    public void MutatedAnswerIsRefusedOrRead()
    {
        ScriptedVault vault = FullVault();
        _run.Run(random => Check(vault, JsonMutator.Mutate(vault.Sync, random)));
        output.WriteLine(_run.ToString());
        _run.AssertUseful("read, with", Read, TimeSpan.FromSeconds(20));
    }

    private static string Check(ScriptedVault vault, byte[] answer)
    {
        VaultSnapshot snapshot;
        try
        {
            snapshot = SyncReader.Read(answer, ManualTimeProvider.Start);
        }
        catch (JsonException)
        {
            return "refused as UnexpectedResponse";
        }

        using SecretBytes copy = vault.UserKey.CopyBytes();
        SymmetricKey userKey = new(copy.Span);
        _ = snapshot.IsOpenedBy(userKey);
        using KeyRing keys = snapshot.OpenKeys(userKey);
        UnlockedVault opened = new(snapshot, new VaultAccess(keys, ScriptedVault.Email));
        int problems = opened.Items.Concat(opened.Trash).Sum(ReadAll);
        VaultCheck check = opened.Check();
        return problems == 0 && check.IsIntact ? Read : "read, with problems";
    }

    private static int ReadAll(VaultItem item)
    {
        object?[] shown =
        [
            item.Name, item.UniqueName, item.Type, item.Folder, item.Organization, item.Collections, item.Username, item.Uris, item.Fields.Count,
            item.Attachments.Count, item.CreationDate, item.RevisionDate, item.PasswordRevisionDate, item.DeletedDate, item.ArchivedDate, item.ToString(),
        ];
        int failures = item.Problems.Count + item.GetSelectors().Count(selector => !IsRead(() => ReadSelector(item, selector)));
        return failures + item.Values.Keys.Count(name => !IsRead(() => item.Values[name].Decrypt().Dispose())) + (shown.Length == 0 ? 1 : 0);
    }

    private static void ReadSelector(VaultItem item, string selector)
    {
        if (!selector.StartsWith("attachment:", StringComparison.Ordinal))
        {
            SecretSelector.Read(item, selector, new ManualTimeProvider()).Dispose();
        }
    }

    private static bool IsRead(Action read)
    {
        try
        {
            read();
            return true;
        }
        catch (BitwardenException)
        {
            return false;
        }
    }

    private static ScriptedVault FullVault()
    {
        ScriptedVault vault = new();
        Guid folder = vault.AddFolder("Work");
        (Guid organization, SymmetricKey key) = vault.AddOrganization("Org");
        JsonObject collection = new()
        {
            ["id"] = Guid.NewGuid().ToString(), ["organizationId"] = organization.ToString(), ["name"] = vault.Seal("Shared", key),
        };
        vault.Sync["collections"]!.AsArray().Add(collection);
        FillLogin(vault, vault.AddLogin("web", "ada", "pw", folder));
        AddSealed(vault, 3, "card", "cardholderName", "brand", "number", "expMonth", "expYear", "code");
        AddSealed(vault, 4, "identity", "title", "firstName", "ssn", "email", "phone");
        AddSealed(vault, 5, "sshKey", "privateKey", "publicKey", "keyFingerprint");
        vault.Add("note", 2)["notes"] = vault.Seal("text");
        vault.AddLogin("trashed", "ada", "pw")["deletedDate"] = "2025-01-02T03:04:05Z";
        JsonObject shared = vault.Add("shared", key: key);
        shared["organizationId"] = organization.ToString();
        shared["collectionIds"] = new JsonArray((string)collection["id"]!);
        shared["login"] = new JsonObject { ["password"] = vault.Seal("pw", key) };
        AddWithOwnKey(vault);
        return vault;
    }

    private static void FillLogin(ScriptedVault vault, JsonObject item)
    {
        JsonObject login = item["login"]!.AsObject();
        login["totp"] = vault.Seal("JBSWY3DPEHPK3PXP");
        login["uris"] = new JsonArray(new JsonObject { ["uri"] = vault.Seal("https://example.org"), ["match"] = 0 });
        login["passwordRevisionDate"] = "2025-01-02T03:04:05.678Z";
        (item["favorite"], item["reprompt"], item["edit"]) = (true, 0, true);
        (item["creationDate"], item["revisionDate"]) = ("2024-01-02T03:04:05Z", "2025-01-02T03:04:05Z");
        item["fields"] = new JsonArray(
            new JsonObject { ["name"] = vault.Seal("shown"), ["value"] = vault.Seal("v"), ["type"] = 0 },
            new JsonObject { ["name"] = vault.Seal("hidden"), ["value"] = vault.Seal("v"), ["type"] = 1 },
            new JsonObject { ["name"] = vault.Seal("linked"), ["value"] = null, ["type"] = 3, ["linkedId"] = 100 });
        item["passwordHistory"] = new JsonArray(new JsonObject { ["password"] = vault.Seal("old"), ["lastUsedDate"] = "2024-01-02T03:04:05Z" });
        item["attachments"] = new JsonArray(new JsonObject
        {
            ["id"] = "a1", ["url"] = "https://vault.example.org/a1", ["fileName"] = vault.Seal("cert.pfx"), ["size"] = "99", ["sizeName"] = "99 Bytes",
        });
    }

    private static void AddSealed(ScriptedVault vault, int type, string part, params string[] members) => vault.Add(part, type)[part] =
        new JsonObject(members.Select(member => KeyValuePair.Create(member, (JsonNode?)vault.Seal(member))));

    private static void AddWithOwnKey(ScriptedVault vault)
    {
        using SymmetricKey own = SymmetricKey.Generate();
        JsonObject item = vault.Add("own", key: own);
        item["key"] = vault.UserKey.WrapKey(own).ToWireString();
        item["login"] = new JsonObject { ["password"] = vault.Seal("pw", own) };
    }
}
