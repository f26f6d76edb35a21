using System.Text.Json.Nodes;
using Bitwarden.Core.Crypto;
using Bitwarden.Core.Errors;
using Bitwarden.Core.Reporting;
using Bitwarden.Core.Tests.Raw;
using Bitwarden.Core.Tests.Scripted;
using Bitwarden.Core.Vault;
using Xunit;

namespace Bitwarden.Core.Tests.Vault;

/// <summary>A check of a whole vault looks at every MAC, and names what is broken without stopping there.</summary>
[Collection(Alone.Name)]
public sealed class VaultCheckTests : IDisposable
{
    private readonly ScriptedVault _scripted = new();
    private readonly SymmetricKey _fileKey = SymmetricKey.Generate();

    [Fact]
    public void IntactVaultIsCountedAndHasNoProblem()
    {
        AddFull("full", 1);
        _scripted.AddFolder("Work");
        _scripted.Add("card", 3)["card"] = new JsonObject { ["number"] = _scripted.Seal("4111") };
        _scripted.Add("gone", 2)["deletedDate"] = "2025-01-01T00:00:00Z";
        VaultCheck check = _scripted.Open().Check(cancellationToken: TestContext.Current.CancellationToken);
        Assert.True(check.IsIntact, string.Join("; ", check.Problems));
        Assert.Equal((3, 1, 1, 1, 0), (check.Items, check.Trash, check.Folders, check.Attachments, check.BrokenItems));
        Assert.Equal(new Dictionary<string, int> { ["Login"] = 1, ["Card"] = 1, ["SecureNote"] = 1 }, check.Types);

        // Eleven of the full item, its name among them; two of the card; the names of the note and of the folder.
        Assert.Equal(15, check.Values);
    }

    [Theory]
    [InlineData("name", "name")]
    [InlineData("notes", "notes")]
    [InlineData("login.password", "password")]
    [InlineData("login.totp", "totp")]
    [InlineData("login.uris[0].uri", "uris[0]")]
    [InlineData("fields[0].name", "fields[0].name")]
    [InlineData("fields[0].value", "fields[0]")]
    [InlineData("attachments[0].fileName", "attachments[0]")]
    [InlineData("attachments[0].key", "attachments[0].key")]
    [InlineData("passwordHistory[0].password", "passwordHistory[0]")]
    [InlineData("login.fido2Credentials[0].keyValue", "passkeys[0].keyValue")]
    public void EveryMacOfAnItemIsLookedAt(string path, string field)
    {
        JsonObject cipher = AddFull("full", 1);
        AddFull("other", 1);
        FlipMac(cipher, path);
        VaultCheck check = _scripted.Open().Check(cancellationToken: TestContext.Current.CancellationToken);
        VaultProblem problem = Assert.Single(check.Problems);
        Assert.Equal((cipher["id"]!.GetValue<string>(), field, "DecryptionFailed"), (problem.Id.ToString(), problem.Field, problem.Code));
        Assert.Equal(1, check.BrokenItems);
        Assert.False(check.IsIntact);
    }

    [Theory]
    [InlineData("login.password", "password")]
    [InlineData("login.totp", "totp")]
    [InlineData("fields[0].value", "fields[0]")]
    public void HiddenValuesAreCheckedToo(string path, string field)
    {
        JsonObject cipher = AddFull("hidden", 1);
        cipher["viewPassword"] = false;
        cipher["fields"]![0]!["type"] = 1;
        FlipMac(cipher, path);
        Assert.Equal(field, Assert.Single(_scripted.Open().Check(cancellationToken: TestContext.Current.CancellationToken).Problems).Field);
    }

    [Fact]
    public void TheTrashIsCheckedToo()
    {
        JsonObject cipher = AddFull("gone", 1);
        cipher["deletedDate"] = "2025-01-01T00:00:00Z";
        FlipMac(cipher, "notes");
        Assert.Equal("gone", Assert.Single(_scripted.Open().Check(cancellationToken: TestContext.Current.CancellationToken).Problems).Name);
    }

    [Theory]
    [InlineData("folders", "folder")]
    [InlineData("collections", "collection")]
    public void NamesOfFoldersAndCollectionsAreChecked(string list, string field)
    {
        (Guid organization, SymmetricKey key) = _scripted.AddOrganization("Org");
        _scripted.AddFolder("Work");
        _scripted.Sync["collections"]!.AsArray().Add(new JsonObject
        {
            ["id"] = Guid.NewGuid().ToString(), ["organizationId"] = organization.ToString(), ["name"] = _scripted.Seal("Shared", key),
        });
        JsonNode named = _scripted.Sync[list]![0]!;
        FlipMac(named.AsObject(), "name");
        VaultProblem problem = Assert.Single(_scripted.Open().Check(cancellationToken: TestContext.Current.CancellationToken).Problems);
        Assert.Equal((named["id"]!.GetValue<string>(), null, field, "DecryptionFailed"), (problem.Id.ToString(), problem.Name, problem.Field, problem.Code));
    }

    [Fact]
    public void ItemThatCannotBeParsedIsABrokenOneAmongOthers()
    {
        AddFull("good", 1);
        _scripted.Add("bad")["login"] = new JsonObject { ["uris"] = 5 };
        _scripted.Add("odd")["type"] = "login";
        VaultCheck check = _scripted.Open().Check(cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(3, check.Items);
        Assert.Contains(check.Problems, problem => problem.Code == "MalformedItem");
    }

    [Fact]
    public void CheckLeavesNothingParsedBehind()
    {
        for (int i = 0; i < 2_000; i++)
        {
            AddFull($"item {i}", 1);
        }

        UnlockedVault vault = _scripted.Open();
        long before = GC.GetTotalMemory(forceFullCollection: true);
        Assert.True(vault.Check(cancellationToken: TestContext.Current.CancellationToken).IsIntact);
        long grown = GC.GetTotalMemory(forceFullCollection: true) - before;

        // The contents of 2,000 items are 5 MB and more once they are kept.
        Assert.True(grown < 1_000_000, $"{grown:N0} bytes stayed.");
        GC.KeepAlive(vault);
    }

    [Fact]
    public void ProgressEndsWithTheWholeVault()
    {
        for (int i = 0; i < 130; i++)
        {
            _scripted.Add($"item {i}");
        }

        Reports reports = new();
        _scripted.Open().Check(reports, TestContext.Current.CancellationToken);
        Assert.Equal([64, 128, 130], reports.All.Select(report => report.Done).Order());
        Assert.All(reports.All, report => Assert.Equal((WorkStage.CheckingVault, 130L), (report.Stage, report.Total)));
    }

    [Fact]
    public void CheckIsCancelledInTheMiddle()
    {
        for (int i = 0; i < 1_000; i++)
        {
            _scripted.Add($"item {i}");
        }

        using CancellationTokenSource stop = new();
        Reports reports = new() { OnReport = stop.Cancel };
        Assert.ThrowsAny<OperationCanceledException>(() => _scripted.Open().Check(reports, stop.Token));
        Assert.True(reports.All.Max(report => report.Done) < 1_000);
    }

    [Fact]
    public void LockDuringACheckIsALock()
    {
        for (int i = 0; i < 1_000; i++)
        {
            _scripted.Add($"item {i}");
        }

        UnlockedVault vault = _scripted.Open();
        Reports reports = new()
        {
            OnReport = () =>
            {
                vault.Access.Close();
                vault.Access.Keys.Dispose();
            },
        };
        SessionException failure = Assert.Throws<SessionException>(() => vault.Check(reports, TestContext.Current.CancellationToken));
        Assert.Equal("VaultLocked", failure.Code);
    }

    public void Dispose() => _fileKey.Dispose();

    private JsonObject AddFull(string name, int type)
    {
        JsonObject cipher = _scripted.Add(name, type);
        cipher["notes"] = _scripted.Seal("n");
        cipher["login"] = new JsonObject
        {
            ["password"] = _scripted.Seal("p"),
            ["totp"] = _scripted.Seal("JBSWY3DPEHPK3PXP"),
            ["uris"] = new JsonArray(new JsonObject { ["uri"] = _scripted.Seal("https://example.org") }),
            ["fido2Credentials"] = new JsonArray(new JsonObject { ["keyValue"] = _scripted.Seal("k"), ["creationDate"] = "2025-01-01T00:00:00Z" }),
        };
        cipher["fields"] = new JsonArray(new JsonObject { ["type"] = 0, ["name"] = _scripted.Seal("f"), ["value"] = _scripted.Seal("v") });
        cipher["attachments"] = new JsonArray(new JsonObject
        {
            ["id"] = "a1", ["fileName"] = _scripted.Seal("a.txt"), ["key"] = _scripted.UserKey.WrapKey(_fileKey).ToWireString(), ["size"] = "7",
        });
        cipher["passwordHistory"] = new JsonArray(new JsonObject { ["password"] = _scripted.Seal("old"), ["lastUsedDate"] = "2025-01-01T00:00:00Z" });
        return cipher;
    }

    // The last byte but one of the MAC, so that the text keeps its form.
    private static void FlipMac(JsonObject root, string path)
    {
        string[] steps = path.Replace("[0]", ".0", StringComparison.Ordinal).Split('.');
        JsonNode parent = steps[..^1].Aggregate<string, JsonNode>(root, (node, step) => step == "0" ? node[0]! : node[step]!);
        string wire = parent[steps[^1]]!.GetValue<string>();
        int mac = wire.LastIndexOf('|') + 1;
        parent[steps[^1]] = wire[..mac] + (wire[mac] == 'A' ? 'B' : 'A') + wire[(mac + 1)..];
    }

    private sealed class Reports : IProgress<WorkProgress>
    {
        internal System.Collections.Concurrent.ConcurrentQueue<WorkProgress> All { get; } = [];

        internal Action OnReport { get; init; } = () => { };

        public void Report(WorkProgress value)
        {
            All.Enqueue(value);
            OnReport();
        }
    }
}
