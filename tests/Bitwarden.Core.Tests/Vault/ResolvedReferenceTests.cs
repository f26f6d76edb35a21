using Bitwarden.Core.Errors;
using Bitwarden.Core.Tests.Scripted;
using Bitwarden.Core.Vault;
using Xunit;

namespace Bitwarden.Core.Tests.Vault;

public sealed class ResolvedReferenceTests
{
    private readonly UnlockedVault _vault;

    public ResolvedReferenceTests()
    {
        ScriptedVault scripted = new();
        Guid work = scripted.AddFolder("Work");
        Guid nested = scripted.AddFolder("Work/Ünter raum");
        scripted.AddLogin("prod-sql", "ada", "pw", work);
        scripted.AddLogin("c# build", "ada", "pw", work);
        scripted.AddLogin("web", "ada", "pw");
        scripted.AddLogin("web#username", "ada", "pw");
        scripted.AddLogin("a/b?c%20d", "ada", "pw", nested);
        scripted.AddLogin("twin", "castor", "pw", work);
        scripted.AddLogin("twin", "pollux", "pw", work);
        scripted.AddLogin("#", "ada", "pw");
        _vault = scripted.Open();
    }

    [Theory]
    [InlineData("prod-sql", "prod-sql", null)]
    [InlineData("PROD-SQL#Username", "prod-sql", "Username")]
    [InlineData("Work/prod-sql#password", "prod-sql", "password")]
    [InlineData("prod-sql (ada)#uri", "prod-sql", "uri")]
    [InlineData("prod-sql#field:Name with space", "prod-sql", "field:Name with space")]
    [InlineData("prod-sql#attachment:a.b#c", null, null)]
    [InlineData("c# build", "c# build", null)]
    [InlineData("c# build#username", "c# build", "username")]
    [InlineData("web#username#username", "web#username", "username")]
    [InlineData("web%23username", null, null)]
    [InlineData("bw://web%23username", "web#username", null)]
    [InlineData("bw://web#username", "web", "username")]
    [InlineData("bw://a%2Fb%3Fc%2520d", "a/b?c%20d", null)]
    [InlineData("bw://Work/web", null, null)]
    [InlineData("web#password", "web", "password")]
    [InlineData("a/b?c%20d#notes", "a/b?c%20d", "notes")]
    [InlineData("#", "#", null)]
    [InlineData("##username", "#", "username")]
    [InlineData("prod-sql#", null, null)]
    [InlineData("#username", null, null)]
    [InlineData("", null, null)]
    [InlineData("missing", null, null)]
    [InlineData("missing#username", null, null)]
    [InlineData("bw://prod-sql", "prod-sql", null)]
    [InlineData("bw://Work/prod-sql#username", "prod-sql", "username")]
    [InlineData("BW://work/PROD-SQL#username", "prod-sql", "username")]
    [InlineData("bw://Work/prod%2Dsql#field%3AName%20with%20space", "prod-sql", "field:Name with space")]
    [InlineData("bw://c%23%20build#username", "c# build", "username")]
    [InlineData("bw://c%23%20build", "c# build", null)]
    [InlineData("bw://Work/%C3%9Cnter%20raum/a%2Fb%3Fc%2520d#notes", "a/b?c%20d", "notes")]
    [InlineData("bw://Work%2F%C3%9Cnter%20raum/a%2Fb%3Fc%2520d", "a/b?c%20d", null)]
    [InlineData("bw://missing#username", null, null)]
    public void ReferenceResolves(string text, string? name, string? selector)
    {
        ResolvedReference? reference = ResolvedReference.TryResolve(_vault, text);
        Assert.Equal((name, selector), (reference?.Item.Name, reference?.Selector));
    }

    [Theory]
    [InlineData("twin")]
    [InlineData("twin#username")]
    [InlineData("Work/twin#username")]
    [InlineData("bw://Work/twin#username")]
    public void AmbiguousNameIsNotGuessed(string text)
    {
        ItemLookupException failure = Assert.Throws<ItemLookupException>(() => ResolvedReference.TryResolve(_vault, text));
        Assert.Equal("AmbiguousName", failure.Code);
        string selector = text.Contains('#') ? "#username" : string.Empty;
        Assert.Equal([$"twin (castor){selector}", $"twin (pollux){selector}"], failure.Candidates.Order());
    }

    [Fact]
    public void NameAndNameWithSelectorThatMeanTwoThingsAreAmbiguous()
    {
        ItemLookupException failure = Assert.Throws<ItemLookupException>(() => ResolvedReference.TryResolve(_vault, "web#username"));
        Assert.Equal("AmbiguousName", failure.Code);
        Assert.Equal(2, failure.Candidates.Select(candidate => ResolvedReference.TryResolve(_vault, candidate)).OfType<ResolvedReference>().Distinct().Count());
    }

    [Theory]
    [InlineData("Work/prod-sql", "Work/prod-sql")]
    [InlineData("prod-sql (sa)", "prod-sql (sa)")]
    [InlineData("prod-sql#password", "prod-sql#password")]
    [InlineData("prod-sql#field:port", "prod-sql#field:port")]
    public void ItemNamedLikeAFormOfAnotherTakesNothingOver(string evil, string read)
    {
        ScriptedVault scripted = new();
        System.Text.Json.Nodes.JsonObject victim = scripted.AddLogin("prod-sql", "sa", "pw", scripted.AddFolder("Work"));
        victim["fields"] = new System.Text.Json.Nodes.JsonArray(
            new System.Text.Json.Nodes.JsonObject { ["type"] = 0, ["name"] = scripted.Seal("port"), ["value"] = scripted.Seal("1433") });
        scripted.AddLogin(evil, "mallory", "evil");
        UnlockedVault vault = scripted.Open();
        Assert.Equal("AmbiguousName", Assert.Throws<ItemLookupException>(() => ResolvedReference.TryResolve(vault, read)).Code);
        Assert.All(vault.Items, item => Assert.Same(item, ResolvedReference.TryResolve(vault, item.UniqueName)?.Item));
    }

    [Fact]
    public void IdOfATrashedItemIsNobodysName()
    {
        ScriptedVault scripted = new();
        System.Text.Json.Nodes.JsonObject trashed = scripted.AddLogin("old", "ada", "pw");
        trashed["deletedDate"] = "2025-06-01T12:30:15Z";
        string id = (string)trashed["id"]!;
        scripted.AddLogin(id, "mallory", "evil");
        UnlockedVault vault = scripted.Open();
        Assert.Null(ResolvedReference.TryResolve(vault, id));
        Assert.Null(ResolvedReference.TryResolve(vault, $"{id}#password"));
        Assert.Null(ResolvedReference.TryResolve(vault, $"bw://{id}#password"));
    }

    [Theory]
    [InlineData("bw://")]
    [InlineData("bw:///")]
    [InlineData("bw:///web")]
    [InlineData("bw://Work/")]
    [InlineData("bw://Work//prod-sql")]
    [InlineData("bw://#username")]
    [InlineData("bw://web#")]
    [InlineData("bw://c# build#username")]
    public void ReferenceThatNamesNothingIsRefused(string text) =>
        Assert.Equal("InvalidReference", Assert.Throws<InvalidInputException>(() => ResolvedReference.TryResolve(_vault, text)).Code);

    [Fact]
    public void MissingItemIsTold() =>
        Assert.Equal("ItemNotFound", Assert.Throws<ItemLookupException>(() => ResolvedReference.Resolve(_vault, "missing#username")).Code);

    [Theory]
    [InlineData("prod-sql#attachment:x", true)]
    [InlineData("prod-sql#ATTACHMENT:x", true)]
    [InlineData("prod-sql#attachments", false)]
    [InlineData("prod-sql", false)]
    public void FileIsRecognised(string text, bool isFile) => Assert.Equal(isFile, ResolvedReference.Resolve(_vault, text).IsFile);
}
