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

    /// <exception cref="BitwardenException">The file cannot be fetched, decrypted or written.</exception>
    internal async Task SaveAsync(VaultItem item, ItemAttachment file, string path, bool overwrite, CancellationToken cancellationToken)
    {
        if (!overwrite && Path.Exists(path))
        {
            throw LocalFileException.Exists(path);
        }

        WorkListener.Report(WorkStage.DownloadingFile);
        AttachmentRecord fresh = await _account.Api.GetAttachmentAsync(item.Id, file.Id, cancellationToken).ConfigureAwait(false);
        using SymmetricKey key = CipherCodec.OpenFileKey(item, item.Access, fresh.Key ?? file.Record.Key);
        using TemporaryFile encrypted = TemporaryFile.Beside(path);
        await _account.Anonymous
            .DownloadAsync(_account.Server.FileAddress(fresh.Url), fresh.Size, (answer, token) => FillAsync(encrypted, answer, token), cancellationToken)
            .ConfigureAwait(false);
        using TemporaryFile plain = TemporaryFile.Beside(path);
        await DecryptAsync(item, key, encrypted, plain, path, cancellationToken).ConfigureAwait(false);
        plain.MoveTo(path, overwrite);
    }

    private static async Task<bool> FillAsync(TemporaryFile encrypted, ServerAnswer answer, CancellationToken cancellationToken)
    {
        await encrypted.FillAsync(answer.Body, cancellationToken).ConfigureAwait(false);
        return true;
    }

    private static async Task DecryptAsync(
        VaultItem item, SymmetricKey key, TemporaryFile encrypted, TemporaryFile plain, string path, CancellationToken cancellationToken)
    {
        using FileCipher cipher = new(key);
        try
        {
            await cipher.VerifyAsync(encrypted.Stream, cancellationToken).ConfigureAwait(false);
            await cipher.DecryptAsync(encrypted.Stream, plain.Stream, cancellationToken).ConfigureAwait(false);
        }
        catch (EncryptionException e)
        {
            throw new ItemUnreadableException(item.Id, "attachment", e);
        }
        catch (IOException e)
        {
            throw LocalFileException.Unwritable(path, e);
        }
    }

    private async Task<EncString> ReadContentAsync(VaultItem item, AttachmentRecord fresh, CancellationToken cancellationToken)
    {
        try
        {
            return await _account.Anonymous
                .DownloadAsync(
                    _account.Server.FileAddress(fresh.Url),
                    fresh.Size,
                    (answer, token) => EncryptedFile.ReadAsync(answer.Body, answer.Length, token),
                    cancellationToken)
                .ConfigureAwait(false);
        }
        catch (EncryptionException e)
        {
            throw new ItemUnreadableException(item.Id, "attachment", e);
        }
    }
}
