using System.Security.Cryptography;
using Bitwarden.Core.Api;
using Bitwarden.Core.Api.Wire;
using Bitwarden.Core.Crypto;
using Bitwarden.Core.Errors;

namespace Bitwarden.Core.Vault;

/// <summary>Fetches and decrypts a file of an item, in any of its three generations (client protocol 1.9). Nothing unverified is given out.</summary>
internal sealed class AttachmentDownload
{
    private readonly BitwardenApiClient _api;
    private readonly Uri _apiAddress;
    private readonly UnlockedVault _vault;

    internal AttachmentDownload(BitwardenApiClient api, Uri apiAddress, UnlockedVault vault)
    {
        _api = api;
        _apiAddress = apiAddress;
        _vault = vault;
    }

    /// <exception cref="BitwardenException">The file cannot be fetched or decrypted.</exception>
    internal async Task<SecretBytes> ReadAsync(VaultItem item, ItemAttachment file, CancellationToken cancellationToken)
    {
        AttachmentRecord fresh = await _api.GetAttachmentAsync(item.Id, file.Id, cancellationToken).ConfigureAwait(false);
        byte[] encrypted = await _api.DownloadAsync(AddressOf(fresh), cancellationToken).ConfigureAwait(false);
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
        bool known = Uri.TryCreate(_apiAddress, record.Url, out Uri? address);
        bool safe = known && (address!.Scheme == Uri.UriSchemeHttps || (address.IsLoopback && address.Scheme == _apiAddress.Scheme));
        return safe
            ? address!
            : throw ServerException.Unexpected(_apiAddress.Authority, System.Net.HttpStatusCode.OK, "no usable address for the attachment.");
    }
}
