using Bitwarden.Core.Crypto;
using Bitwarden.Core.Tests.Scripted;
using Bitwarden.Core.Vault;
using Xunit;

namespace Bitwarden.Core.Tests.Vault;

public sealed class OrganizationNameTests
{
    // The official server stores names of organizations encoded for HTML and decodes them in its answers (HtmlEncodingStringConverter of its profile model):
    // what looks encoded on the wire is what the owner typed.
    [Theory]
    [InlineData("Smith & Sons <IT>")]
    [InlineData("Smith &amp; Sons")]
    public void NameIsShownAsItComes(string name)
    {
        ScriptedVault vault = new();
        (Guid id, SymmetricKey key) = vault.AddOrganization(name);
        vault.Add("shared", key: key)["organizationId"] = id.ToString();
        Assert.Equal(name, vault.Open().Find("shared").Organization);
    }
}
