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
    [InlineData("web#username", "web#username", null)]
    [InlineData("web#username#username", "web#username", "username")]
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
        Assert.Equal(["twin (castor)", "twin (pollux)"], failure.Candidates.Order());
    }

    [Theory]
    [InlineData("bw://")]
    [InlineData("bw:///")]
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
