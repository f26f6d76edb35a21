using System.Text.Json.Nodes;
using Bitwarden.Core.Crypto;
using Bitwarden.Core.Errors;

namespace Bitwarden.Core.Vault.Editing;

/// <summary>
/// Makes a new item of one that is there. Every encrypted value, known or not, is encrypted anew; one that cannot be decrypted ends it. Files, passkeys and the
/// history stay behind, as with official clients: a passkey is one device's, and files have calls of their own.
/// </summary>
internal static class ItemCopy
{
    private static readonly string[] s_ofOriginal =
        ["lastKnownRevisionDate", "passwordHistory", "key", "folderId", "organizationId", "archivedDate", "encryptedFor", "attachments2"];

    /// <param name="item">The item; may be one that can only be read.</param>
    /// <param name="edit">What is different in the copy.</param>
    /// <param name="owner">The key of the copy's owner.</param>
    /// <param name="ownKey">Whether the copy gets a key of its own.</param>
    /// <param name="now">For what has a date.</param>
    /// <exception cref="ItemWriteException">ItemNotWritable.</exception>
    /// <exception cref="InvalidInputException">InvalidItem or InputTooLong.</exception>
    internal static CipherRequest Make(VaultItem item, ItemEdit edit, SymmetricKey owner, bool ownKey, DateTimeOffset now)
    {
        item.EnsureCopyable();
        CipherRequest request = CipherRequest.From(item);
        foreach (string name in s_ofOriginal)
        {
            request.Body.Remove(name);
        }

        request.Body["favorite"] = false;
        request.Member.Remove("fido2Credentials");
        request.Member.Remove("passwordRevisionDate");
        using SymmetricKey? key = ownKey ? SymmetricKey.Generate() : null;
        OwnerChange.Encrypt(item, request.Body, key ?? owner);
        CipherEncoder encoder = new(request, key ?? owner, now);
        encoder.Apply(AddressesOf(item));
        encoder.Apply(edit);
        request.Body.Remove("passwordHistory");
        if (key is not null)
        {
            request.Body["key"] = owner.WrapKey(key).ToWireString();
        }

        return request;
    }

    // An item with a key of its own needs the checksum of each address (protocol 5.6), which the original may lack.
    private static ItemEdit AddressesOf(VaultItem item) => new()
    {
        Addresses = item.Addresses.Count > 0 ? [.. item.Addresses.Select(address => new AddressEdit(address.Uri, address.Match))] : null,
    };
}
