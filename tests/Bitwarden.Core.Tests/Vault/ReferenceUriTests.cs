using System.Text.Json.Nodes;
using Bitwarden.Core.Errors;
using Bitwarden.Core.Tests.Scripted;
using Bitwarden.Core.Vault;
using Xunit;

namespace Bitwarden.Core.Tests.Vault;

/// <summary>References that are written, and references where an item is named.</summary>
public sealed class ReferenceUriTests
{
    private static readonly string[] s_names =
    [
        "a", "A", "b#password", "Work/a", "a (ada)", "bw://a", "BW://Work/a", "bw:", "/", "//", "#", "##", "%", "%41", "100%25", "é", "e\u0301",
        "\U0001F511 key",
        " a", "a ", "a\nb", "\u202Eevil", "a?b*c[d]", "{{ x }}", "..", "'\"`$", "",
    ];

    private static readonly string?[] s_folders = [null, "Work", "Work/a", "bw:", "a//b", "/", "%2F", "x#y", " "];

    public static TheoryData<int> Seeds() => [.. Enumerable.Range(1, 25)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void WhatIsWrittenReadsBack(int seed)
    {
        UnlockedVault vault = RandomVault(new Random(seed)).Open();
        Assert.All(vault.Items, item =>
        {
            foreach (bool byId in new[] { false, true })
            {
                ReferenceUri address = ReferenceUri.OfValue(vault, item, "field:odd #/% name", byId);
                Assert.Equal(address, ReferenceUri.Parse(address.ToString()));
                ResolvedReference found = ResolvedReference.Resolve(vault, address.ToString());
                Assert.Equal((item.Id, "field:odd #/% name"), (found.Item.Id, found.Selector));
                Assert.Same(item, vault.Find((address with { Selector = null }).ToString()));
                Assert.DoesNotContain(address.ToString(), c => c > '~' || c <= ' ');
            }
        });
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void NoUniqueNameIsTakenForAReference(int seed)
    {
        UnlockedVault vault = RandomVault(new Random(seed)).Open();
        Assert.All(vault.Items, item => Assert.Same(item, vault.Find(item.UniqueName)));
        Assert.DoesNotContain(vault.Items, item => ReferenceUri.IsOne(item.UniqueName));
    }

    [Theory]
    [InlineData("bw://Work/prod%20sql", "bw://Work/prod%20sql#password")]
    [InlineData("prod sql", "bw://Work/prod%20sql#password")]
    [InlineData("nowhere", "bw://nowhere#password")]
    [InlineData("twin (castor)", "bw://twin%20%28castor%29#password")]
    public void AReferenceIsAsShortAsItCanBe(string name, string expected)
    {
        ScriptedVault scripted = new();
        Guid work = scripted.AddFolder("Work");
        scripted.AddLogin("prod sql", "ada", "pw", work);
        scripted.AddLogin("nowhere", "ada", "pw");
        scripted.AddLogin("twin", "castor", "pw", work);
        scripted.AddLogin("twin", "pollux", "pw", work);
        UnlockedVault vault = scripted.Open();
        Assert.Equal(expected, ReferenceUri.OfValue(vault, vault.Find(name), null).ToString());
        Assert.Equal($"bw://{vault.Find(name).Id}#password", ReferenceUri.OfValue(vault, vault.Find(name), null, byId: true).ToString());
    }

    [Theory]
    [InlineData("totp", ErrorCodes.SecretNotFound)]
    [InlineData("field:twice", ErrorCodes.AmbiguousSecret)]
    [InlineData("twice", ErrorCodes.AmbiguousSecret)]
    [InlineData("attachment:none", ErrorCodes.SecretNotFound)]
    public void NoReferenceIsWrittenForWhatIsNotOneValue(string selector, string code)
    {
        ScriptedVault scripted = new();
        JsonObject login = scripted.AddLogin("web", "ada", "pw");
        login["fields"] = new JsonArray(Field(scripted, "twice"), Field(scripted, "Twice"));
        UnlockedVault vault = scripted.Open();
        Assert.Equal(code, Assert.Throws<ItemLookupException>(() => ReferenceUri.OfValue(vault, vault.Items[0], selector)).Code);
        Assert.Equal(code, Assert.Throws<ItemLookupException>(() => ResolvedReference.Resolve(vault, $"bw://web#{selector}").EnsureThere()).Code);
    }

    [Fact]
    public void NothingInTheTrashHasAReference()
    {
        ScriptedVault scripted = new();
        scripted.AddLogin("web", "ada", "pw")["deletedDate"] = "2025-06-01T12:30:15Z";
        UnlockedVault vault = scripted.Open();
        ItemLookupException failure = Assert.Throws<ItemLookupException>(() => ReferenceUri.Of(vault, vault.Trash[0]));
        Assert.Equal(NotFoundReason.InTrash, failure.Reason);
        Assert.Equal(NotFoundReason.InTrash, Assert.Throws<ItemLookupException>(() => vault.Find("bw://web")).Reason);
        Assert.Single(vault.FindAll("bw://web", inTrash: true));
    }

    [Theory]
    [InlineData("bw://a%")]
    [InlineData("bw://a%4")]
    [InlineData("bw://a%zz")]
    [InlineData("bw://a%+1")]
    [InlineData("bw://a%FF")]
    [InlineData("bw://a%C3")]
    [InlineData("bw://a#%ED%A0%80")]
    public void HalfAPercentEncodingIsNone(string text) =>
        Assert.Equal(ErrorCodes.InvalidReference, Assert.Throws<InvalidInputException>(() => ReferenceUri.Parse(text)).Code);

    [Fact]
    public void AReferenceToAValueNamesNoItem()
    {
        ScriptedVault scripted = new();
        scripted.AddLogin("web", "ada", "pw");
        UnlockedVault vault = scripted.Open();
        Assert.NotNull(vault.Find("bw://web"));
        Assert.Equal(ErrorCodes.InvalidReference, Assert.Throws<InvalidInputException>(() => vault.Find("bw://web#password")).Code);
        Assert.Equal(ErrorCodes.ItemNotFound, vault.Missing("bw://wep#password").Code);
    }

    private static ScriptedVault RandomVault(Random random)
    {
        ScriptedVault scripted = new();
        Guid?[] folders = [.. s_folders.Select(name => name is null ? (Guid?)null : scripted.AddFolder(name))];
        for (int i = 0; i < 60; i++)
        {
            string name = s_names[random.Next(s_names.Length)];
            JsonObject cipher = scripted.AddLogin(name, random.Next(3) == 0 ? "ada" : null, "pw", folders[random.Next(folders.Length)]);
            cipher["fields"] = new JsonArray(Field(scripted, "odd #/% name"));
        }

        return scripted;
    }

    private static JsonObject Field(ScriptedVault scripted, string name) =>
        new() { ["type"] = 0, ["name"] = scripted.Seal(name), ["value"] = scripted.Seal("value") };
}
