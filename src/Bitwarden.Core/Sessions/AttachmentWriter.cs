using System.Net;
using System.Text.Json.Nodes;
using Bitwarden.Core.Api.Wire;
using Bitwarden.Core.Crypto;
using Bitwarden.Core.Errors;
using Bitwarden.Core.Vault;
using Bitwarden.Core.Vault.Editing;

namespace Bitwarden.Core.Sessions;

/// <summary>
/// Adds files to items of a session's vault, removes them, and renews old ones. The vault shows each change at once. What arrived of a file that could not be
/// sent whole is removed again. Safe for use by several threads.
/// </summary>
public sealed class AttachmentWriter
{
    // What servers take (protocol 7.6).
    private const long LargestFile = 500L * 1024 * 1024;

    private readonly VaultUpdate _update;
    private readonly ChangeQueue _changes;

    internal AttachmentWriter(VaultUpdate update, ChangeQueue changes)
    {
        _update = update;
        _changes = changes;
    }

    /// <summary>Adds a file to an item, with memory that does not grow with the file.</summary>
    /// <param name="item">The item; what the session knows of it now counts.</param>
    /// <param name="fileName">The file's name; encrypted, at most 1,000 characters.</param>
    /// <param name="content">The file, read to its end; stays the caller's.</param>
    /// <param name="cancellationToken">Ends the work at once; what arrived of the file is still removed.</param>
    /// <returns>The item as it is now.</returns>
    /// <exception cref="InvalidInputException">InvalidItem or InputTooLong: nothing was sent.</exception>
    /// <exception cref="ItemWriteException">ItemChanged, ItemNotWritable or WriteUncertain.</exception>
    /// <exception cref="LocalFileException">FileUnusable: nothing was sent.</exception>
    /// <exception cref="ServerException">The server refused it, or cannot be reached.</exception>
    /// <exception cref="SessionException">VaultLocked, SessionExpired or SessionDisconnected.</exception>
    public Task<VaultItem> AddAsync(VaultItem item, string fileName, Stream content, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(item);
        ArgumentNullException.ThrowIfNull(content);
        if (string.IsNullOrWhiteSpace(fileName))
        {
            throw InvalidInputException.Item("A file must have a name.");
        }

        EnsureFits(content.CanSeek ? content.Length : 0);
        return _changes.RunAsync(
            async () => (await AddOnceQueuedAsync(_update.Current(item), fileName, content, cancellationToken).ConfigureAwait(false)).Item, cancellationToken);
    }

    /// <summary>Removes a file from an item, for good.</summary>
    /// <param name="item">The item; what the session knows of it now counts.</param>
    /// <param name="file">One of its files.</param>
    /// <param name="cancellationToken">Ends the wait at once; the change may arrive all the same.</param>
    /// <returns>The item as it is now.</returns>
    /// <exception cref="ItemWriteException">ItemChanged for one that is gone, ItemNotWritable or WriteUncertain.</exception>
    /// <exception cref="ServerException">The server refused it, or cannot be reached.</exception>
    /// <exception cref="SessionException">VaultLocked, SessionExpired or SessionDisconnected.</exception>
    public Task<VaultItem> RemoveAsync(VaultItem item, ItemAttachment file, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(item);
        ArgumentNullException.ThrowIfNull(file);
        return _changes.RunAsync(() => RemoveOnceQueuedAsync(_update.Current(item), file, cancellationToken), cancellationToken);
    }

    /// <summary>
    /// Gives a file of the oldest form a key of its own: adds it anew, reads that back, and only then removes the old one. A fault leaves the old one or both.
    /// Done again after that, it goes on with the new one that is there. The file is held in memory meanwhile.
    /// </summary>
    /// <param name="item">The item; what the session knows of it now counts.</param>
    /// <param name="file">One of its files; one with a key of its own stays as it is.</param>
    /// <param name="cancellationToken">Ends the work at once; what arrived of a new file is still removed.</param>
    /// <returns>The item as it is now.</returns>
    /// <exception cref="ItemUnreadableException">The file cannot be decrypted: nothing was sent. Or the new one cannot: it was removed.</exception>
    /// <exception cref="ItemWriteException">ItemChanged, ItemNotWritable, or WriteUncertain, also when the file is there in both forms.</exception>
    /// <exception cref="ServerException">The server refused it, or cannot be reached.</exception>
    /// <exception cref="SessionException">VaultLocked, SessionExpired or SessionDisconnected.</exception>
    public Task<VaultItem> UpgradeAsync(VaultItem item, ItemAttachment file, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(item);
        ArgumentNullException.ThrowIfNull(file);
        return _changes.RunAsync(() => new AttachmentUpgrade(_update, this).RunAsync(_update.Current(item), file, cancellationToken), cancellationToken);
    }

    /// <summary>Adds a file within a change. Gives the item as it is then, and the encrypted name, by which the file is known.</summary>
    internal async Task<(VaultItem Item, string Mark)> AddOnceQueuedAsync(VaultItem item, string fileName, Stream content, CancellationToken cancellationToken)
    {
        item.EnsureWritable();
        string what = $"The file '{ForeignText.Show(fileName, ForeignText.NameLength)}'";
        using TemporaryFile encrypted = TemporaryFile.Make();
        JsonObject announcement = await EncryptAsync(item, fileName, content, encrypted.Stream, cancellationToken).ConfigureAwait(false);
        AttachmentUndo undo = new(_update, item, CipherRequest.Text(announcement["fileName"])!);
        bool isAnnounced = false;
        try
        {
            byte[] answer = await _update.Api
                .WriteAsync(HttpMethod.Post, $"ciphers/{item.Id}/attachment/v2", announcement, cancellationToken).ConfigureAwait(false);
            AttachmentUploadResponse place = AttachmentUploadResponse.Read(answer) ?? throw _update.Unexpected("the file");
            isAnnounced = true;
            await _update.Api.SendFileAsync(item.Id, place, undo.Mark, encrypted.Stream, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            await undo.RunAsync().ConfigureAwait(false);
            throw;
        }
        catch (BitwardenException e) when (isAnnounced || e is not ServerException { IsBeforeSending: true })
        {
            throw await undo.ExplainAsync(what, isAnnounced, e).ConfigureAwait(false);
        }

        VaultItem now = await _update.LookOrFailAsync(item, what, null, cancellationToken).ConfigureAwait(false)
            ?? throw ItemWriteException.Gone(item.UniqueName, item.Id);
        return (now, undo.Mark);
    }

    private static async Task<JsonObject> EncryptAsync(
        VaultItem item, string fileName, Stream content, Stream encrypted, CancellationToken cancellationToken)
    {
        JsonNode? revision = CipherRequest.From(item).Body["lastKnownRevisionDate"]?.DeepClone();
        using SymmetricKey fileKey = SymmetricKey.Generate();
        (string name, string wrapped) = item.Access.WithItemKey(
            item.Row, key => (key.EncryptText(fileName).ToWireString(), key.WrapKey(fileKey).ToWireString()));
        if (name.Length > ItemMember.ShortLimit)
        {
            throw InvalidInputException.TooLong("name of the file", ItemMember.ShortLimit);
        }

        using FileCipher cipher = new(fileKey);
        try
        {
            await cipher.EncryptAsync(content, encrypted, cancellationToken).ConfigureAwait(false);
        }
        catch (IOException e)
        {
            throw LocalFileException.Unreadable(fileName, e);
        }

        EnsureFits(encrypted.Length);
        return new JsonObject { ["key"] = wrapped, ["fileName"] = name, ["fileSize"] = encrypted.Length, ["lastKnownRevisionDate"] = revision };
    }

    /// <summary>Removes a file within a change.</summary>
    internal async Task<VaultItem> RemoveOnceQueuedAsync(VaultItem item, ItemAttachment file, CancellationToken cancellationToken)
    {
        string what = $"The removal of '{ForeignText.Show(file.FileName, ForeignText.NameLength)}'";
        item.EnsureWritable(inTrash: true);
        BitwardenException? cause = null;
        try
        {
            await _update.Api.RemoveFileAsync(item.Id, file.Id, cancellationToken).ConfigureAwait(false);
        }
        catch (ServerException e) when (VaultUpdate.IsUncertain(e) || e.Status == HttpStatusCode.NotFound)
        {
            // A call without a body is sent again by the connection itself when it broke before the answer began: what it deleted is not found then.
            cause = e;
        }

        VaultItem now = await _update.LookOrFailAsync(item, what, cause, cancellationToken).ConfigureAwait(false)
            ?? throw ItemWriteException.Gone(item.UniqueName, item.Id);
        if (now.Attachments.Any(other => other.Id == file.Id))
        {
            throw cause is null
                ? ItemWriteException.NotWritable(now.UniqueName, now.Id, "the server left the file where it is")
                : ItemWriteException.Uncertain(what, now.Id, "It was there a moment later.", cause);
        }

        return now;
    }

    private static void EnsureFits(long length)
    {
        if (length > LargestFile)
        {
            throw InvalidInputException.Item("The file is too large: servers take up to 500 MB.");
        }
    }
}
