using System.Security.Cryptography;
using Bitwarden.Core.Api.Wire;
using Bitwarden.Core.Auth;
using Bitwarden.Core.Crypto;
using Bitwarden.Core.Errors;
using Bitwarden.Core.Vault;

namespace Bitwarden.Core.Sessions;

/// <summary>Fetches and decrypts a file of an item, in any of its three generations (protocol 5.9). Nothing unverified is given out.</summary>
internal sealed class AttachmentDownload
{
    private readonly AccountConnection _account;
    private readonly UnlockedVault _vault;

    internal AttachmentDownload(AccountConnection account, UnlockedVault vault)
    {
        _account = account;
        _vault = vault;
    }

    /// <exception cref="BitwardenException">The file cannot be fetched or decrypted.</exception>
    internal async Task<SecretBytes> ReadAsync(VaultItem item, ItemAttachment file, CancellationToken cancellationToken)
    {
        AttachmentRecord fresh = await _account.Api.GetAttachmentAsync(item.Id, file.Id, cancellationToken).ConfigureAwait(false);
        byte[] encrypted = await _account.Anonymous.DownloadAsync(AddressOf(fresh), cancellationToken).ConfigureAwait(false);
        try
        {
            EncString content = EncString.ParseBuffer(encrypted);
            return _vault.WithItemKey(item.Record, key => Decrypt(key, fresh.Key ?? file.Record.Key, content));
        }
        catch (EncryptionException e)
        {
            throw new ItemUnreadableException(item.Id, "attachment", e);
        }
    }

    private static SecretBytes Decrypt(SymmetricKey itemKey, string? wrappedKey, EncString content)
    {
        if (string.IsNullOrEmpty(wrappedKey))
        {
            return itemKey.Decrypt(content);
        }

        using SymmetricKey fileKey = itemKey.UnwrapKey(EncString.Parse(wrappedKey));
        return fileKey.Decrypt(content);
    }

    private Uri AddressOf(AttachmentRecord record)
    {
        Uri api = _account.Server.Api;
        bool known = Uri.TryCreate(api, record.Url, out Uri? address);
        bool safe = known && (address!.Scheme == Uri.UriSchemeHttps || (address.IsLoopback && address.Scheme == api.Scheme));
        return safe
            ? address!
            : throw ServerException.Unexpected(api.Authority, System.Net.HttpStatusCode.OK, "no usable address for the attachment.");
    }
}
