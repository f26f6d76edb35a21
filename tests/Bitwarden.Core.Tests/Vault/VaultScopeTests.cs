using Bitwarden.Core.Errors;
using Bitwarden.Core.Tests.Scripted;
using Bitwarden.Core.Vault;
using Xunit;

namespace Bitwarden.Core.Tests.Vault;

public sealed class VaultScopeTests
{
    private readonly Guid _work;
    private readonly UnlockedVault _vault;

    public VaultScopeTests()
    {
        ScriptedVault scripted = new();
        _work = scripted.AddFolder("Work");
        scripted.AddFolder("twin");
        scripted.AddFolder("Twin");
        scripted.AddFolder(_work.ToString());
        scripted.AddLogin("web", "inside", folder: _work);
        scripted.AddLogin("web", "outside");
        scripted.AddLogin("web#username", "outside");
        _vault = scripted.Open();
    }

    [Theory]
    [InlineData("work")]
    [InlineData("WORK")]
    public void FolderIsFoundByName(string name) => Assert.Equal(_work, VaultScope.Of(_vault, null, null, name).FolderId);

    [Fact]
    public void IdBelongsToItsFolderWhateverAnotherIsCalled() => Assert.Equal(_work, VaultScope.Of(_vault, null, null, _work.ToString()).FolderId);

    [Fact]
    public void NothingNamedIsEverything()
    {
        VaultScope scope = VaultScope.Of(_vault, null, null, null);
        Assert.All(_vault.Items, item => Assert.True(scope.Contains(item)));
        Assert.Throws<ItemLookupException>(() => ResolvedReference.TryResolve(_vault, "web", scope));
    }

    [Theory]
    [InlineData(null, null, "nothing", "FolderNotFound")]
    [InlineData(null, null, "", "FolderNotFound")]
    [InlineData(null, "nothing", null, "CollectionNotFound")]
    [InlineData("nothing", null, null, "OrganizationNotFound")]
    [InlineData(null, null, "twin", "AmbiguousName")]
    public void PlaceThatIsNotOneIsAnError(string? organization, string? collection, string? folder, string code) =>
        Assert.Equal(code, Assert.Throws<ItemLookupException>(() => VaultScope.Of(_vault, organization, collection, folder)).Code);

    [Theory]
    [InlineData("web")]
    [InlineData("web#username")]
    [InlineData("Work/web")]
    [InlineData("bw://web")]
    public void WhatLiesElsewhereMakesNothingAmbiguous(string text)
    {
        ResolvedReference? read = ResolvedReference.TryResolve(_vault, text, VaultScope.Of(_vault, null, null, "Work"));
        Assert.Equal("inside", read?.Item.Username);
    }

    [Fact]
    public void WhatLiesElsewhereIsNotFound()
    {
        VaultScope scope = VaultScope.Of(_vault, null, null, "Work");
        VaultItem outside = _vault.Items.First(item => item.Username == "outside");
        Assert.Null(ResolvedReference.TryResolve(_vault, outside.Id.ToString(), scope));
        Assert.Null(ResolvedReference.TryResolve(_vault, $"bw://{outside.Id}#password", scope));
        Assert.Null(ResolvedReference.TryResolve(_vault, "web (outside)", scope));
    }
}
