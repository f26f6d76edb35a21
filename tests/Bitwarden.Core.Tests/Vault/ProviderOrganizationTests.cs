using System.Text.Json.Nodes;
using Bitwarden.Core.Crypto;
using Bitwarden.Core.Sessions;
using Bitwarden.Core.Tests.Scripted;
using Xunit;

namespace Bitwarden.Core.Tests.Vault;

public sealed class ProviderOrganizationTests
{
    [Fact]
    public async Task ItemsOfAnOrganizationThatIsReachedThroughAProviderAreRead()
    {
        ScriptedServer server = new();
        (Guid provider, SymmetricKey providerKey) = server.Vault.AddOrganization("provider");
        server.Vault.Profile["providers"] = server.Vault.Profile["organizations"]!.DeepClone();
        server.Vault.Profile["organizations"] = new JsonArray();
        Guid organization = Guid.NewGuid();
        using SymmetricKey key = SymmetricKey.Generate();

        // The official server's profileProviderOrganization: the organization's id is "id".
        server.Vault.Profile["providerOrganizations"] = new JsonArray(new JsonObject
        {
            ["id"] = organization.ToString(), ["providerId"] = provider.ToString(), ["name"] = "client", ["key"] = providerKey.WrapKey(key).ToWireString(),
        });
        JsonObject cipher = server.Vault.Add("shared", key: key);
        cipher["organizationId"] = organization.ToString();
        cipher["login"] = new JsonObject { ["password"] = server.Vault.Seal("pw", key) };
        using BitwardenSession session = await server.ConnectUnlockedAsync();
        Assert.Equal("pw", session.GetVault().Find("shared").Password!.RevealText());
    }
}
