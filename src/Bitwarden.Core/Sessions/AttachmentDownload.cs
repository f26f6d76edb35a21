using Bitwarden.Core.Api;
using Bitwarden.Core.Api.Wire;
using Bitwarden.Core.Auth;
using Bitwarden.Core.Crypto;
using Bitwarden.Core.Errors;
using Bitwarden.Core.Reporting;
using Bitwarden.Core.Vault;

namespace Bitwarden.Core.Sessions;

/// <summary>Fetches and decrypts a file of an item, in any of its three generations (protocol 5.9). Nothing unverified is given out.</summary>
internal sealed class AttachmentDownload
{
    private readonly AccountConnection _account;

    internal AttachmentDownload(AccountConnection account)
    {
        _account = account;
    }

    /// <exception cref="BitwardenException">The file cannot be fetched or decrypted.</exception>
    internal async Task<SecretBytes> ReadAsync(VaultItem item, ItemAttachment file, CancellationToken cancellationToken)
    {
        WorkListener.Report(WorkStage.DownloadingFile);
        AttachmentRecord fresh = await _account.Api.GetAttachmentAsync(item.Id, file.Id, cancellationToken).ConfigureAwait(false);
        EncString content = await ReadContentAsync(item, fresh, cancellationToken).ConfigureAwait(false);
        return CipherCodec.DecryptFile(item, item.Access, fresh.Key ?? file.Record.Key, content);
    }

    private async Task<EncString> ReadContentAsync(VaultItem item, AttachmentRecord fresh, CancellationToken cancellationToken)
    {
        try
        {
            return await _account.Anonymous
                .DownloadAsync(AddressOf(fresh), fresh.Size, (answer, token) => EncryptedFile.ReadAsync(answer.Body, answer.Length, token), cancellationToken)
                .ConfigureAwait(false);
        }
        catch (EncryptionException e)
        {
            throw new ItemUnreadableException(item.Id, "attachment", e);
        }
    }

    private Uri AddressOf(AttachmentRecord record)
    {
        Uri api = _account.Server.Api;
        bool known = Uri.TryCreate(api, record.Url, out Uri? address);
        bool safe = known && (address!.Scheme == Uri.UriSchemeHttps || (ServerEnvironment.IsLoopback(address) && address.Scheme == api.Scheme));
        return safe
            ? address!
            : throw ServerException.Unexpected(api.Authority, System.Net.HttpStatusCode.OK, "no usable address for the attachment.");
    }
}
