using Bitwarden.Core.Crypto;
using Bitwarden.TestServer.Vault;

namespace Bitwarden.TestServer.Seeding;

/// <summary>An organization that an account belongs to, with its one collection.</summary>
internal sealed record OrganizationOwner(Guid Id, Guid Collection, SymmetricKey Key)
{
    /// <summary>Adds it to the account. The key stays the caller's.</summary>
    internal static OrganizationOwner Add(TestAccount account, SymmetricKey key, bool keyConnector = false)
    {
        OrganizationOwner owner = new(StableGuid.From("organization", account.Email), StableGuid.From("collection", account.Email), key);
        string sharedKey = account.Keys.KeyPair.WrapKey(key).ToWireString();
        account.Vault.Put(new StoredOrganization(owner.Id, OrganizationSeeds.OrganizationName, sharedKey, keyConnector));
        string name = new FieldSealer(key).Seal(OrganizationSeeds.CollectionName);
        account.Vault.Put(new StoredCollection(owner.Collection, owner.Id, name, HidePasswords: false));
        return owner;
    }
}
