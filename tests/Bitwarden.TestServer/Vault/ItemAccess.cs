namespace Bitwarden.TestServer.Vault;

/// <summary>What the account may do with an item. Of several collections, the most generous counts.</summary>
public sealed record ItemAccess(bool Edit, bool ViewPassword, bool Manage, bool Delete)
{
    internal static ItemAccess Full { get; } = new(Edit: true, ViewPassword: true, Manage: true, Delete: true);

    internal static ItemAccess Of(StoredCipher cipher, IReadOnlyCollection<StoredCollection> collections, bool limitDeletion)
    {
        bool edit = cipher.Edit && collections.Any(collection => !collection.ReadOnly);
        bool manage = edit && collections.Any(collection => collection.Manage);
        bool viewPassword = cipher.ViewPassword && collections.Any(collection => !collection.HidePasswords);
        return new ItemAccess(edit, viewPassword, manage, limitDeletion ? manage : edit);
    }
}
