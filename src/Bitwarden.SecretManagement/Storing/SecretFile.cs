using Bitwarden.Core.Errors;
using Bitwarden.Core.Sessions;
using Bitwarden.Core.Vault;

namespace Bitwarden.SecretManagement.Storing;

/// <summary>A file of an item, named by a selector. One that is replaced goes only after the new one has arrived.</summary>
internal sealed class SecretFile(VaultItem item, SelectedValue selected)
{
    /// <exception cref="BitwardenException">SecretTypeMismatch, AmbiguousSecret, or why the file was not sent.</exception>
    internal async Task WriteAsync(Func<AttachmentWriter> files, StoredSecret secret, CancellationToken cancellationToken)
    {
        byte[] content = secret.File ?? throw StoringErrors.Mismatch(item, "takes bytes as a file: give a byte[]");
        ItemAttachment? old = Single();
        using MemoryStream stream = new(content, writable: false);
        AttachmentWriter writer = files();
        VaultItem now = await writer.AddAsync(item, old?.FileName ?? selected.FileName!, stream, cancellationToken).ConfigureAwait(false);
        if (old is not null)
        {
            await writer.RemoveAsync(now, old, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <exception cref="BitwardenException">SecretNotFound, AmbiguousSecret, or why the file is still there.</exception>
    internal Task RemoveAsync(Func<AttachmentWriter> files, CancellationToken cancellationToken)
    {
        ItemAttachment file = Single() ?? throw selected.Missing();
        return files().RemoveAsync(item, file, cancellationToken);
    }

    private ItemAttachment? Single()
    {
        ItemAttachment[] found = selected.Files();
        return found.Length > 1 ? throw ItemLookupException.AmbiguousValue(item.UniqueName, $"attachment:{selected.FileName}") : found.FirstOrDefault();
    }
}
