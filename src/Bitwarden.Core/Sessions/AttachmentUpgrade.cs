using System.Security.Cryptography;
using Bitwarden.Core.Crypto;
using Bitwarden.Core.Errors;
using Bitwarden.Core.Vault;

namespace Bitwarden.Core.Sessions;

/// <summary>Puts a file with a key of its own in the place of one without (protocol 5.9). At any moment there is the old one, the new one, or both.</summary>
internal sealed class AttachmentUpgrade
{
    private readonly VaultUpdate _update;
    private readonly AttachmentWriter _files;

    internal AttachmentUpgrade(VaultUpdate update, AttachmentWriter files)
    {
        _update = update;
        _files = files;
    }

    internal async Task<VaultItem> RunAsync(VaultItem item, ItemAttachment file, CancellationToken cancellationToken)
    {
        if (file.HasOwnKey)
        {
            return item;
        }

        item.EnsureWritable();
        if (string.IsNullOrWhiteSpace(file.FileName))
        {
            throw ItemWriteException.NotWritable(item.UniqueName, item.Id, $"the name of its file {file.Id} cannot be read");
        }

        using SecretBytes content = await _update.Files.ReadAsync(item, file, cancellationToken).ConfigureAwait(false);
        VaultItem changed = await HasCopyAsync(item, file, content, cancellationToken).ConfigureAwait(false)
            ? item
            : await AddAsync(item, file, content, cancellationToken).ConfigureAwait(false);
        try
        {
            return await _files.RemoveOnceQueuedAsync(changed, file, cancellationToken).ConfigureAwait(false);
        }
        catch (BitwardenException e) when (e is ServerException or ItemWriteException { Code: not ErrorCodes.ItemChanged })
        {
            throw ItemWriteException.InBothForms(file.FileName, item.Id, e);
        }
    }

    // An earlier attempt may have ended before it removed the old one.
    private async Task<bool> HasCopyAsync(VaultItem item, ItemAttachment file, SecretBytes content, CancellationToken cancellationToken)
    {
        foreach (ItemAttachment other in item.Attachments.Where(other => other.HasOwnKey && other.FileName == file.FileName && other.Size == file.Size))
        {
            if (await HoldsAsync(item, other, content, cancellationToken).ConfigureAwait(false))
            {
                return true;
            }
        }

        return false;
    }

    private async Task<VaultItem> AddAsync(VaultItem item, ItemAttachment file, SecretBytes content, CancellationToken cancellationToken)
    {
        ArraySegment<byte> bytes = content.Segment;
        using MemoryStream stream = new(bytes.Array!, bytes.Offset, bytes.Count, writable: false);
        (VaultItem changed, string mark) = await _files.AddOnceQueuedAsync(item, file.FileName, stream, cancellationToken).ConfigureAwait(false);
        try
        {
            ItemAttachment? added = changed.Attachments.FirstOrDefault(other => other.Record.FileName == mark);
            return added is not null && await HoldsAsync(changed, added, content, cancellationToken).ConfigureAwait(false)
                ? changed
                : throw _update.Unexpected("the file");
        }
        catch (Exception e) when (e is BitwardenException or OperationCanceledException)
        {
            bool isRemoved = await new AttachmentUndo(_update, changed, mark).RunAsync().ConfigureAwait(false) != AttachmentUndo.Outcome.Unknown;
            throw isRemoved || e is not BitwardenException cause ? e : ItemWriteException.InBothForms(file.FileName, item.Id, cause);
        }
    }

    private async Task<bool> HoldsAsync(VaultItem item, ItemAttachment file, SecretBytes content, CancellationToken cancellationToken)
    {
        try
        {
            using SecretBytes found = await _update.Files.ReadAsync(item, file, cancellationToken).ConfigureAwait(false);
            return CryptographicOperations.FixedTimeEquals(found.Span, content.Span);
        }
        catch (ItemUnreadableException)
        {
            return false;
        }
    }
}
