using Bitwarden.Core.Crypto;
using Bitwarden.TestServer.Vault;

namespace Bitwarden.TestServer.Seeding;

/// <summary>A confirmed organization with one collection and three logins, one of them with its password hidden.</summary>
internal sealed class OrganizationSeeds(SeedWriter writer)
{
    internal const string OrganizationName = "Example Org";
    internal const string CollectionName = "Production";

    internal void Write(bool keyConnector = false)
    {
        using SymmetricKey organizationKey = SymmetricKey.Generate();
        OrganizationOwner owner = OrganizationOwner.Add(writer.Account, organizationKey, keyConnector);

        StoredCipher Shared(StoredCipher cipher) => cipher with { OrganizationId = owner.Id, CollectionIds = [owner.Collection] };
        AddLogin("org-sql", "org_sql_user", writer.Secret("0rg-sql-pw!"), organizationKey, Shared);
        AddLogin("org-web", "org_web_user", writer.Secret("0rg-web-pw!"), organizationKey, Shared);
        AddLogin("org-hidden", "org_hidden_user", writer.Secret("0rg-h1dden-pw!"), organizationKey, cipher => Shared(cipher) with { ViewPassword = false });
    }

    private void AddLogin(string name, string username, string password, SymmetricKey key, Func<StoredCipher, StoredCipher> adjust)
    {
        FieldSealer sealer = new(key);
        LoginData login = new() { Username = sealer.Seal(username), Password = sealer.Seal(password) };
        writer.Account.AddPassword(name, password);
        writer.Add(name, 1, new CipherContent { Login = login }, adjust, key);
    }
}
