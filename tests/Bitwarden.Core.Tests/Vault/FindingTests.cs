using System.Text.Json.Nodes;
using Bitwarden.Core.Crypto;
using Bitwarden.Core.Matching;
using Bitwarden.Core.Tests.Scripted;
using Bitwarden.Core.Vault;
using Xunit;

namespace Bitwarden.Core.Tests.Vault;

/// <summary>Finding items by what they hold: addresses, words, folders, collections, organizations.</summary>
public sealed class FindingTests
{
    private readonly ScriptedVault _scripted = new();

    [Theory]
    [InlineData(null, "https://other.example.org", true)]
    [InlineData(0, "https://other.example.org", true)]
    [InlineData(1, "https://other.example.org", false)]
    [InlineData(1, "https://sql.example.org/x", true)]
    [InlineData(2, "https://sql.example.org/login?a", true)]
    [InlineData(3, "https://sql.example.org/login", true)]
    [InlineData(3, "https://sql.example.org", false)]
    [InlineData(5, "https://sql.example.org/login", false)]
    [InlineData(77, "https://sql.example.org/login", false)]
    public void AddressIsComparedAsTheItemAsks(int? match, string wanted, bool isFound)
    {
        AddWithUri("sql", "https://sql.example.org/login", match);
        UnlockedVault vault = _scripted.Open();
        Assert.Equal(isFound, vault.Find("sql").HasAddress(vault.MatcherFor(wanted)));
    }

    [Theory]
    [InlineData("""{"type":16,"enabled":true,"data":{"uriMatchDetection":3}}""", "{}", false)]
    [InlineData("""{"type":16,"enabled":true,"data":{"uriMatchDetection":3}}""", """{"type":2,"status":2,"enabled":true,"usePolicies":true}""", false)]
    [InlineData("""{"type":16,"enabled":false,"data":{"uriMatchDetection":3}}""", "{}", true)]
    [InlineData("""{"type":15,"enabled":true,"data":{"uriMatchDetection":3}}""", "{}", true)]
    [InlineData("""{"type":16,"enabled":true,"data":null}""", "{}", true)]
    [InlineData("""{"type":16,"enabled":true,"data":{"uriMatchDetection":"odd"}}""", "{}", true)]
    [InlineData("""{"type":16,"enabled":true,"data":{"uriMatchDetection":9}}""", "{}", true)]
    [InlineData("""{"type":16,"enabled":true,"data":"odd"}""", "{}", true)]
    [InlineData("""{"type":16,"enabled":true,"data":{"uriMatchDetection":3}}""", """{"type":0}""", true)]
    [InlineData("""{"type":16,"enabled":true,"data":{"uriMatchDetection":3}}""", """{"type":1}""", true)]
    [InlineData("""{"type":16,"enabled":true,"data":{"uriMatchDetection":3}}""", """{"type":4,"permissions":{"managePolicies":true}}""", true)]
    [InlineData("""{"type":16,"enabled":true,"data":{"uriMatchDetection":3}}""", """{"enabled":false}""", true)]
    [InlineData("""{"type":16,"enabled":true,"data":{"uriMatchDetection":3}}""", """{"usePolicies":false}""", true)]
    [InlineData("""{"type":16,"enabled":true,"data":{"uriMatchDetection":3}}""", """{"status":0}""", true)]
    public void PolicyOfAnOrganizationSetsTheUsualWay(string policy, string organization, bool isByDomain)
    {
        (Guid id, _) = _scripted.AddOrganization("Org");
        JsonObject member = _scripted.Profile["organizations"]![0]!.AsObject();
        foreach ((string name, JsonNode? value) in JsonNode.Parse(organization)!.AsObject())
        {
            member[name] = value?.DeepClone();
        }

        JsonNode rule = JsonNode.Parse(policy)!;
        rule["organizationId"] = id.ToString();
        _scripted.Sync["policies"] = new JsonArray(rule);
        AddWithUri("sql", "https://sql.example.org");
        UnlockedVault vault = _scripted.Open();
        Assert.Equal(isByDomain, vault.Find("sql").HasAddress(vault.MatcherFor("https://web.example.org")));
        Assert.True(vault.Find("sql").HasAddress(vault.MatcherFor("https://sql.example.org")));
    }

    [Fact]
    public void PolicyOfAnotherOrganizationSetsNothing()
    {
        _scripted.Sync["policies"] = JsonNode.Parse(
            """[{"organizationId":"00000000-0000-0000-0000-000000000009","type":16,"enabled":true,"data":{"uriMatchDetection":3}}]""");
        AddWithUri("sql", "https://sql.example.org");
        UnlockedVault vault = _scripted.Open();
        Assert.True(vault.Find("sql").HasAddress(vault.MatcherFor("https://web.example.org")));
    }

    [Theory]
    [InlineData("PROD", true)]
    [InlineData("sql prod", true)]
    [InlineData("sql  absent", false)]
    [InlineData("ada", true)]
    [InlineData("strasse", false)]
    [InlineData("Zürich", true)]
    [InlineData("zurich", true)]
    [InlineData("db.example", true)]
    [InlineData("login-path", false)]
    [InlineData("pattern-host", false)]
    [InlineData("shelf SEVEN", true)]
    [InlineData("secret-pw", false)]
    [InlineData("", true)]
    [InlineData("   ", true)]
    public void WordsAreLookedForWhereTheOfficialClientLooks(string words, bool isFound)
    {
        JsonObject cipher = _scripted.AddLogin("prod sql Zürich", "Ada@example.org", "secret-pw");
        cipher["notes"] = _scripted.Seal("On Shelf Seven.");
        cipher["login"]!["uris"] = new JsonArray(Uri("https://db.example.org/login-path"), Uri("https://pattern-host.example.net", 4));
        Assert.Equal(isFound, new ItemSearch(words).IsMatch(_scripted.Open().Items[0]));
    }

    [Fact]
    public void NotesWithAccentsAreSearchedToo()
    {
        _scripted.Add("note", 2)["notes"] = _scripted.Seal("Schlüssel im Büro");
        VaultItem item = _scripted.Open().Items[0];
        Assert.True(new ItemSearch("SCHLUSSEL büro").IsMatch(item));
        Assert.False(new ItemSearch("keller").IsMatch(item));
    }

    [Fact]
    public void EightDigitsOfTheIdAreEnough()
    {
        _scripted.Add("x", 2);
        VaultItem item = _scripted.Open().Items[0];
        string id = item.Id.ToString();
        Assert.True(new ItemSearch(id[..8].ToUpperInvariant()).IsMatch(item));
        Assert.True(new ItemSearch(id).IsMatch(item));
        Assert.False(new ItemSearch(id[..7]).IsMatch(item));
        Assert.False(new ItemSearch(id[9..]).IsMatch(item));
    }

    [Theory]
    [InlineData("4111111111111234", "visa *1234", true)]
    [InlineData("4111111111111234", "11234", false)]
    [InlineData("371111111191234", "*91234", true)]
    [InlineData("371111111191234", "191234", false)]
    [InlineData("123", "123", false)]
    public void OfACardOnlyTheLastDigitsAreFound(string number, string words, bool isFound)
    {
        _scripted.Add("company card", 3)["card"] = new JsonObject { ["brand"] = _scripted.Seal("Visa"), ["number"] = _scripted.Seal(number) };
        Assert.Equal(isFound, new ItemSearch(words).IsMatch(_scripted.Open().Items[0]));
    }

    [Theory]
    [InlineData(4, "identity", """{"firstName":"Ada","lastName":"Lovelace"}""", "ada lovelace")]
    [InlineData(5, "sshKey", """{"keyFingerprint":"SHA256:abc"}""", "sha256:abc")]
    [InlineData(6, "bankAccount", """{"bankName":"Example Bank"}""", "bank")]
    [InlineData(7, "driversLicense", """{"firstName":"Ada","issuingState":"NRW"}""", "nrw")]
    [InlineData(8, "passport", """{"surname":"Lovelace","issuingCountry":"GBR"}""", "lovelace gbr")]
    public void WhatStandsBelowTheNameIsFound(int type, string member, string values, string words)
    {
        JsonObject content = JsonNode.Parse(values)!.AsObject();
        foreach ((string name, JsonNode? value) in content.ToArray())
        {
            content[name] = _scripted.Seal((string)value!);
        }

        _scripted.Add("x", type)[member] = content;
        Assert.True(new ItemSearch(words).IsMatch(_scripted.Open().Items[0]));
    }

    [Fact]
    public void BrokenPartsHideNothingElse()
    {
        JsonObject cipher = _scripted.AddLogin("prod", "ada");
        cipher["notes"] = "2.broken";
        VaultItem item = _scripted.Open().Items[0];
        Assert.True(new ItemSearch("prod").IsMatch(item));
        Assert.False(new ItemSearch("shelf").IsMatch(item));
    }

    [Fact]
    public void FoldersAreDescribed()
    {
        Guid work = _scripted.AddFolder("Work");
        Guid nested = _scripted.AddFolder("Work/Sub/Deep");
        _scripted.AddLogin("a", folder: work);
        _scripted.AddLogin("b", folder: nested);
        _scripted.AddLogin("archived", folder: work)["archivedDate"] = "2026-01-01T00:00:00Z";
        _scripted.AddLogin("trashed", folder: work)["deletedDate"] = "2026-01-01T00:00:00Z";
        IReadOnlyList<FolderInfo> folders = _scripted.Open().GetFolders();
        Assert.Equal([("Work", "Work", null, 1), ("Work/Sub/Deep", "Deep", "Work/Sub", 1)], folders.Select(f => (f.Name, f.Leaf, f.Parent, f.ItemCount)));
        Assert.Equal([work, nested], folders.Select(folder => folder.Id));
    }

    [Fact]
    public void FolderThatCannotBeReadIsThereWithoutAName()
    {
        Guid work = _scripted.AddFolder("Work");
        _scripted.Sync["folders"]![0]!["name"] = "2.broken";
        FolderInfo folder = Assert.Single(_scripted.Open().GetFolders());
        Assert.Equal((work, null, null, null), (folder.Id, folder.Name, folder.Leaf, folder.Parent));
    }

    [Fact]
    public void CollectionsAndOrganizationsAreDescribed()
    {
        (Guid organization, SymmetricKey key) = _scripted.AddOrganization("Org");
        JsonObject member = _scripted.Profile["organizations"]![0]!.AsObject();
        (member["type"], member["status"], member["enabled"]) = (2, 2, true);
        Guid id = Guid.NewGuid();
        _scripted.Sync["collections"]!.AsArray().Add(new JsonObject
        {
            ["id"] = id.ToString(), ["organizationId"] = organization.ToString(), ["name"] = _scripted.Seal("Ops/Db", key),
            ["readOnly"] = true, ["hidePasswords"] = true, ["manage"] = false, ["type"] = 1, ["externalId"] = "",
        });
        JsonObject cipher = _scripted.Add("shared", 1, key);
        cipher["organizationId"] = organization.ToString();
        cipher["collectionIds"] = new JsonArray(id.ToString(), Guid.NewGuid().ToString(), 7);
        UnlockedVault vault = _scripted.Open();
        CollectionInfo collection = Assert.Single(vault.GetCollections());
        Assert.Equal(("Ops/Db", "Db", "Ops", "Org", 1), (collection.Name, collection.Leaf, collection.Parent, collection.Organization, collection.ItemCount));
        Assert.Equal((true, true, false, true, null), (
            collection.ReadOnly, collection.HidePasswords, collection.Manage, collection.IsDefault, collection.ExternalId));
        OrganizationInfo described = Assert.Single(vault.GetOrganizations());
        Assert.Equal(("Org", OrganizationRole.User, MembershipStatus.Confirmed, true, 1, 1), (
            described.Name, described.Role, described.Status, described.Enabled, described.CollectionCount, described.ItemCount));
        Assert.Contains(id, vault.Items[0].CollectionIds);
        Assert.Equal(2, vault.Items[0].CollectionIds.Count);
    }

    private JsonObject Uri(string uri, int? match = null) => new() { ["uri"] = _scripted.Seal(uri), ["match"] = match };

    private void AddWithUri(string name, string uri, int? match = null) =>
        _scripted.Add(name)["login"] = new JsonObject { ["uris"] = new JsonArray(Uri(uri, match)) };
}
