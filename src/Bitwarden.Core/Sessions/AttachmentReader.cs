using System.Security.Cryptography.X509Certificates;
using Bitwarden.Core.Auth;
using Bitwarden.Core.Crypto;
using Bitwarden.Core.Errors;
using Bitwarden.Core.Vault;

namespace Bitwarden.Core.Sessions;

/// <summary>Fetches the files of a session's items. Nothing is given out before the whole file was checked.</summary>
public sealed class AttachmentReader
{
    private readonly AccountConnection _account;
    private readonly ChangeQueue _changes;

    internal AttachmentReader(AccountConnection account, ChangeQueue changes)
    {
        _account = account;
        _changes = changes;
    }

    /// <summary>Fetches a file into memory; the caller disposes it.</summary>
    /// <param name="item">The item.</param>
    /// <param name="file">One of its files.</param>
    /// <param name="cancellationToken">Ends the download at once.</param>
    /// <exception cref="ItemUnreadableException">The file was changed, or cannot be decrypted.</exception>
    /// <exception cref="ServerException">The server refused it, or cannot be reached.</exception>
    /// <exception cref="SessionException">VaultLocked, SessionExpired or SessionDisconnected.</exception>
    public Task<SecretBytes> ReadAsync(VaultItem item, ItemAttachment file, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(item);
        ArgumentNullException.ThrowIfNull(file);
        return _changes.OrEndedAsync(() => new AttachmentDownload(_account).ReadAsync(item, file, cancellationToken));
    }

    /// <summary>Fetches a certificate in PFX form, with its private key. The key stays in memory where the system can do that; on macOS it cannot.</summary>
    /// <param name="item">The item.</param>
    /// <param name="file">One of its files.</param>
    /// <param name="password">Opens the file; null for none. Stays the caller's.</param>
    /// <param name="cancellationToken">Ends the download at once.</param>
    /// <returns>The certificate; the caller disposes it.</returns>
    /// <exception cref="InvalidInputException">InvalidCertificate or InvalidCertificatePassword.</exception>
    /// <inheritdoc cref="ReadAsync" path="/exception"/>
    public async Task<X509Certificate2> ReadCertificateAsync(
        VaultItem item, ItemAttachment file, SecretBytes? password, CancellationToken cancellationToken = default)
    {
        using SecretBytes content = await ReadAsync(item, file, cancellationToken).ConfigureAwait(false);
        return CertificateFile.Open(file.FileName, content, password);
    }

    /// <summary>
    /// Fetches a file to the disk, with memory that does not grow with it. Under its name there is the whole file or nothing, and only its owner may read it.
    /// </summary>
    /// <param name="item">The item.</param>
    /// <param name="file">One of its files.</param>
    /// <param name="path">Where to; the folder must be there.</param>
    /// <param name="overwrite">Whether it may take the place of another file.</param>
    /// <param name="cancellationToken">Ends the download at once and leaves nothing.</param>
    /// <exception cref="LocalFileException">FileExists or FileUnusable.</exception>
    /// <inheritdoc cref="ReadAsync" path="/exception"/>
    public Task SaveAsync(VaultItem item, ItemAttachment file, string path, bool overwrite = false, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(item);
        ArgumentNullException.ThrowIfNull(file);
        ArgumentException.ThrowIfNullOrEmpty(path);
        return _changes.OrEndedAsync(async () =>
        {
            await new AttachmentDownload(_account).SaveAsync(item, file, path, overwrite, cancellationToken).ConfigureAwait(false);
            return true;
        });
    }
}
