using System.Text.Json.Nodes;
using Bitwarden.Core.Crypto;
using Bitwarden.TestServer.Vault;

namespace Bitwarden.TestServer.Seeding;

/// <summary>Gives an account organizations, collections and shared items as their administrators would, while the server runs.</summary>
internal static class OrganizationSeeder
{
    internal static Guid AddOrganization(TestAccount account, string name)
    {
        using SymmetricKey key = SymmetricKey.Generate();
        Guid id = StableGuid.From("organization", $"{account.Email}/{name}");
        account.Vault.Put(new StoredOrganization(id, name, account.Keys.KeyPair.WrapKey(key).ToWireString()));
        account.Vault.Touch();
        return id;
    }

    internal static Guid AddCollection(TestAccount account, Guid organization, string name, CollectionRights rights)
    {
        using SymmetricKey key = account.OpenOrganizationKey(organization);
        Guid id = StableGuid.From("collection", $"{account.Email}/{organization}/{name}");
        account.Vault.Put(new StoredCollection(id, organization, new FieldSealer(key).Seal(name), rights.HidePasswords)
        {
            ReadOnly = rights.ReadOnly,
            Manage = rights.Manage,
            ExternalId = rights.ExternalId,
            Type = rights.IsMyItems ? 1 : 0,
            DefaultUserCollectionEmail = rights.IsMyItems ? account.Email : null,
        });
        account.Vault.Touch();
        return id;
    }

    /// <summary>Adds a login to collections of one organization.</summary>
    internal static Guid AddLogin(TestAccount account, string name, string? username, string? password, IReadOnlyList<Guid> collections)
    {
        Guid organization = account.Vault.Collections.First(collection => collections.Contains(collection.Id)).OrganizationId;
        using SymmetricKey key = account.OpenOrganizationKey(organization);
        FieldSealer sealer = new(key);
        SeedWriter writer = new(account, account.Clock.UtcNow);
        if (password is not null)
        {
            account.AddPassword(name, writer.Remember(password));
        }

        CipherContent content = new() { Login = new LoginData { Username = sealer.Seal(username), Password = sealer.Seal(password) } };
        return writer.Add(name, 1, content, cipher => cipher with { OrganizationId = organization, CollectionIds = collections }, key);
    }

    internal static void SetPolicy(TestAccount account, Guid organization, int type, bool enabled, JsonObject? data = null)
    {
        Guid id = StableGuid.From("policy", $"{organization}/{type}");
        account.Vault.Put(new StoredPolicy(id, organization, type, enabled, account.Clock.UtcNow) { Data = data });
        account.Vault.Touch();
    }

    internal static void AddUnknownMembers(TestAccount account, Guid item, JsonObject members) =>
        _ = account.Vault.Update(item, cipher => cipher with { UnknownMembers = members.DeepClone().AsObject(), RevisionDate = account.Clock.UtcNow })
            ?? throw new ArgumentException($"There is no item {item}.", nameof(item));
}
