using System.Text.Json.Nodes;
using Bitwarden.Core.Crypto;
using Bitwarden.Core.Sessions;
using Bitwarden.Core.Tests.Scripted;
using Xunit;

namespace Bitwarden.Core.Tests.Sessions;

/// <summary>What docs/security.md says about naming an item by its id: the limits too, so that the page changes when they do.</summary>
public sealed class NamedByIdTests : IDisposable
{
    private readonly ScriptedServer _server = new();

    [Fact]
    public async Task AnotherCiphertextOfTheSameOwnerIsGivenOutUnderTheId()
    {
        JsonObject wanted = _server.Vault.AddLogin("wanted", "ada", "pw-wanted");
        JsonObject other = _server.Vault.AddLogin("other", "eve", "pw-other");
        Guid id = Guid.Parse((string)wanted["id"]!);
        using BitwardenSession session = await _server.ConnectUnlockedAsync();
        wanted["login"] = other["login"]!.DeepClone();
        Assert.True(await session.SyncAsync(force: true));
        Assert.Equal("pw-other", session.GetVault().TryFind(id)!.Password!.RevealText());
    }

    [Fact]
    public async Task ItemThatWasLeftOutMayComeBackWithAnotherOwner()
    {
        (Guid organization, SymmetricKey key) = _server.Vault.AddOrganization("Org");
        JsonObject wanted = _server.Vault.AddLogin("wanted", "ada", "pw-wanted");
        Guid id = Guid.Parse((string)wanted["id"]!);
        using BitwardenSession session = await _server.ConnectUnlockedAsync();
        _server.Vault.Ciphers.Remove(wanted);
        Assert.True(await session.SyncAsync(force: true));
        Assert.Null(session.GetVault().TryFind(id));
        wanted["organizationId"] = organization.ToString();
        wanted["name"] = _server.Vault.Seal("wanted", key);
        _server.Vault.Ciphers.Add(wanted);
        Assert.True(await session.SyncAsync(force: true));
        Assert.Equal(organization, session.GetVault().TryFind(id)!.OrganizationId);
    }

    [Fact]
    public async Task OfTwoItemsWithOneIdTheLastCounts()
    {
        JsonObject first = _server.Vault.AddLogin("first");
        _server.Vault.AddLogin("last")["id"] = (string)first["id"]!;
        using BitwardenSession session = await _server.ConnectUnlockedAsync();
        Assert.Equal("last", session.GetVault().TryFind(Guid.Parse((string)first["id"]!))!.Name);
    }

    public void Dispose() => _server.Dispose();
}
