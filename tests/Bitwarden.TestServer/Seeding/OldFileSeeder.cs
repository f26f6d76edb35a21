using Bitwarden.Core.Crypto;
using Bitwarden.TestServer.Vault;

namespace Bitwarden.TestServer.Seeding;

/// <summary>Files as the first clients wrote them: under the key of the vault, without one of their own.</summary>
internal static class OldFileSeeder
{
    /// <summary>Adds one to a personal item. Gives its id.</summary>
    internal static string Add(TestAccount account, Guid item, string name, byte[] content)
    {
        byte[] file = account.UserKey.Encrypt(content).ToBuffer();
        string id = Guid.NewGuid().ToString("N");
        _ = account.Vault.Update(item, cipher => cipher with
        {
            Attachments = cipher.Attachments.Add(new StoredAttachment(id, Seal(account, cipher, name), null, file.Length, file)),
            RevisionDate = account.Clock.UtcNow,
        }) ?? throw new ArgumentException($"There is no item {item}.", nameof(item));
        return id;
    }

    private static string Seal(TestAccount account, StoredCipher cipher, string name)
    {
        using SymmetricKey? own = cipher.Key is null ? null : account.UserKey.UnwrapKey(EncString.Parse(cipher.Key));
        return (own ?? account.UserKey).EncryptText(name).ToWireString();
    }
}
