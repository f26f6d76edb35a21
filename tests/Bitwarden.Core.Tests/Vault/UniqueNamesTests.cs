using Bitwarden.Core.Errors;
using Bitwarden.Core.Tests.Scripted;
using Bitwarden.Core.Vault;
using Xunit;

namespace Bitwarden.Core.Tests.Vault;

public sealed class UniqueNamesTests
{
    private static readonly string[] s_names =
    [
        "a", "A", "b", "Work/a", "work/A", "a (ada)", "A (ADA)", "Work/a (ada)", "straße", "STRASSE", "Straße", "é", "e\u0301", "İ", "i", "I", "ı",
        "\U0001F511", " a", "a ", "#", "a#b", "/", "()", "[]", "Work/", "",
    ];

    private static readonly string?[] s_usernames = [null, "", "ada", "ADA", "bob"];

    public static TheoryData<int> Seeds() => [.. Enumerable.Range(1, 25)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void NamesAreUniqueIgnoringCaseAndResolve(int seed)
    {
        UnlockedVault vault = RandomVault(new Random(seed)).Open();
        Assert.Equal(vault.Items.Count, vault.Items.Select(item => item.UniqueName).ToHashSet(StringComparer.OrdinalIgnoreCase).Count);
        Assert.All(vault.Items, item =>
        {
            Assert.NotEmpty(item.UniqueName);
            Assert.Same(item, vault.Find(item.UniqueName));
            Assert.Same(item, vault.Find(item.UniqueName.ToUpperInvariant()));
            Assert.Same(item, vault.Find(item.Id.ToString()));
            Assert.True(item.IsNamed(item.Id.ToString()));
        });
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void NamesDoNotDependOnTheOrder(int seed)
    {
        ScriptedVault scripted = RandomVault(new Random(seed));
        Dictionary<Guid, string> first = scripted.Open().Items.ToDictionary(item => item.Id, item => item.UniqueName);
        System.Text.Json.Nodes.JsonNode[] shuffled = [.. scripted.Ciphers.Select(cipher => cipher!.DeepClone())];
        new Random(seed + 1000).Shuffle(shuffled);
        scripted.Sync["ciphers"] = new System.Text.Json.Nodes.JsonArray(shuffled);
        Assert.All(scripted.Open().Items, item => Assert.Equal(first[item.Id], item.UniqueName));
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void SharedPlainNameIsAmbiguous(int seed)
    {
        UnlockedVault vault = RandomVault(new Random(seed)).Open();
        IEnumerable<string> shared = vault.Items.GroupBy(item => item.Name!, StringComparer.OrdinalIgnoreCase)
            .Where(group => group.Key.Length > 0 && group.Count() > 1 && vault.Items.All(item => item.Id.ToString() != group.Key)).Select(group => group.Key);
        Assert.All(shared, name =>
        {
            Assert.True(vault.IsAmbiguous(name));
            ItemLookupException failure = Assert.Throws<ItemLookupException>(() => vault.Find(name));
            Assert.Equal("AmbiguousName", failure.Code);
            Assert.All(failure.Candidates, candidate => Assert.NotNull(vault.Find(candidate)));
        });
    }

    [Fact]
    public void FormsFollowTheLadder()
    {
        ScriptedVault scripted = new();
        Guid work = scripted.AddFolder("Work");
        Guid other = scripted.AddFolder("Other");
        scripted.AddLogin("single", "ada", folder: work);
        scripted.AddLogin("folders", "ada", folder: work);
        scripted.AddLogin("folders", "ada", folder: other);
        scripted.AddLogin("users", "ada", folder: work);
        scripted.AddLogin("users", "bob", folder: work);
        scripted.AddLogin("same", "ada", folder: work);
        string id = (string)scripted.AddLogin("same", "ada", folder: work)["id"]!;
        UnlockedVault vault = scripted.Open();
        Assert.Equal(
            ["single", "Work/folders", "Other/folders", "users (ada)", "users (bob)"], vault.Items.Take(5).Select(item => item.UniqueName));
        Assert.Equal($"same [{id[..8]}]", vault.Items[6].UniqueName);
    }

    [Fact]
    public void LongerFormsOfAUniqueNameResolveToo()
    {
        ScriptedVault scripted = new();
        string id = (string)scripted.AddLogin("web", "ada", folder: scripted.AddFolder("Work"))["id"]!;
        UnlockedVault vault = scripted.Open();
        Assert.All(
            ["web", "WORK/web", "Web (Ada)", $"web [{id[..8]}]", $"web [{id}]", id, id.ToUpperInvariant(), Guid.Parse(id).ToString("N")],
            text => Assert.Same(vault.Items[0], vault.Find(text)));
    }

    [Fact]
    public void ItemThatIsNamedLikeAnotherItemsIdDoesNotHideIt()
    {
        ScriptedVault scripted = new();
        string id = (string)scripted.AddLogin("victim")["id"]!;
        scripted.AddLogin(id, "mallory");
        UnlockedVault vault = scripted.Open();
        Assert.Equal("victim", vault.Find(id).Name);
        Assert.Equal(id, vault.Find(vault.Items[1].UniqueName).Name);
    }

    [Fact]
    public void ItemsThatAreNamedLikeEveryFormOfOthersLeaveThemAName()
    {
        ScriptedVault scripted = new();
        string first = (string)scripted.AddLogin("x", "ada")["id"]!;
        string second = (string)scripted.AddLogin("x", "ada")["id"]!;
        foreach (string id in new[] { first, second })
        {
            scripted.AddLogin($"x [{id[..8]}]");
            scripted.AddLogin($"x [{id}]");
        }

        UnlockedVault vault = scripted.Open();
        Assert.Equal(6, vault.Items.Select(item => item.UniqueName).ToHashSet(StringComparer.OrdinalIgnoreCase).Count);
        Assert.All(vault.Items, item => Assert.Same(item, vault.Find(item.UniqueName)));
        Assert.All(vault.Items, item => Assert.NotEmpty(item.UniqueName));
    }

    [Fact]
    public void TrashDoesNotTakeNames()
    {
        ScriptedVault scripted = new();
        scripted.AddLogin("web")["deletedDate"] = "2025-06-01T12:30:15Z";
        scripted.AddLogin("web");
        UnlockedVault vault = scripted.Open();
        Assert.Equal("web", Assert.Single(vault.Items).UniqueName);
        Assert.Same(vault.Items[0], vault.Find("web"));
        VaultItem trashed = Assert.Single(vault.Trash);
        Assert.Same(trashed, vault.TryFind(trashed.Id, inTrash: true));
        Assert.Null(vault.TryFind(trashed.Id));
        Assert.Null(vault.TryFind(trashed.Id.ToString()));
    }

    // As many as a large vault has, ten to a name.
    [Fact]
    public void EachOfFiveThousandItemsIsReadUnderItsListedName()
    {
        ScriptedVault scripted = new();
        Guid?[] folders = [null, scripted.AddFolder("Work"), scripted.AddFolder("Home")];
        for (int i = 0; i < 5_000; i++)
        {
            string name = i < 500 ? $"shared {i % 50}" : i % 10 == 0 ? $"bw://item {i}" : $"item {i}";
            scripted.AddLogin(name, i % 3 == 0 ? null : $"user {i % 7}", folder: folders[i % folders.Length]);
        }

        UnlockedVault vault = scripted.Open();
        Assert.Equal(5_000, vault.Items.Select(item => item.UniqueName).ToHashSet(StringComparer.OrdinalIgnoreCase).Count);
        Assert.All(vault.Items, item =>
        {
            ResolvedReference? read = ResolvedReference.TryResolve(vault, item.UniqueName);
            Assert.Same(item, read?.Item);
            Assert.Null(read?.Selector);
        });
    }

    [Fact]
    public void NameThatLooksLikeAnAddressIsNone()
    {
        ScriptedVault scripted = new();
        scripted.AddLogin("bw://web");
        scripted.AddLogin("bw://Work/web", folder: scripted.AddFolder("Work"));
        scripted.AddLogin("web");
        UnlockedVault vault = scripted.Open();
        Assert.All(vault.Items, item => Assert.False(ReferenceUri.IsOne(item.UniqueName)));
        Assert.All(vault.Items, item => Assert.Same(item, ResolvedReference.TryResolve(vault, item.UniqueName)?.Item));
        Assert.Equal("web", ResolvedReference.TryResolve(vault, "bw://web")?.Item.Name);
    }

    private static ScriptedVault RandomVault(Random random)
    {
        ScriptedVault scripted = new();
        Guid?[] folders = [null, scripted.AddFolder("Work"), scripted.AddFolder("work"), scripted.AddFolder("Work/a")];
        List<string> ids = [];
        for (int i = 0; i < 60; i++)
        {
            string name = ids.Count > 0 && random.Next(5) == 0 ? FormOf(ids[random.Next(ids.Count)], random) : s_names[random.Next(s_names.Length)];
            System.Text.Json.Nodes.JsonObject cipher = scripted.AddLogin(
                name, s_usernames[random.Next(s_usernames.Length)], folder: folders[random.Next(folders.Length)]);
            byte[] id = new byte[16];
            random.NextBytes(id);
            cipher["id"] = new Guid(id).ToString();
            ids.Add((string)cipher["id"]!);
        }

        return scripted;
    }

    private static string FormOf(string id, Random random) => random.Next(4) switch
    {
        0 => $"a [{id[..8]}]",
        1 => $"A [{id}]",
        2 => $"[{id[..8]}]",
        _ => id,
    };
}
