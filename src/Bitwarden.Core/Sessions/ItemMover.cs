using System.Net;
using System.Text.Json.Nodes;
using Bitwarden.Core.Api;
using Bitwarden.Core.Errors;
using Bitwarden.Core.Reporting;
using Bitwarden.Core.Vault;
using Bitwarden.Core.Vault.Editing;

namespace Bitwarden.Core.Sessions;

/// <summary>
/// Moves items of a session's vault: to the trash and back, out of the vault for good, into the archive, into folders, collections and organizations. What the
/// items hold does not change. The vault shows each move at once. Safe for use by several threads.
/// </summary>
public sealed class ItemMover
{
    // The official server takes no more at once (protocol 7.1).
    private const int MostAtOnce = 500;

    private readonly VaultUpdate _update;
    private readonly ChangeQueue _changes;

    internal ItemMover(VaultUpdate update, ChangeQueue changes)
    {
        _update = update;
        _changes = changes;
    }

    /// <summary>Moves items to the trash. Those that are there already stay there.</summary>
    /// <param name="items">The items.</param>
    /// <param name="cancellationToken">Ends the wait at once; the change may arrive all the same.</param>
    /// <inheritdoc cref="MoveToFolderAsync" path="/returns"/>
    /// <inheritdoc cref="MoveToFolderAsync" path="/exception"/>
    public Task<IReadOnlyList<VaultItem>> TrashAsync(IReadOnlyList<VaultItem> items, CancellationToken cancellationToken = default) => RunAsync(
        items,
        new Move(HttpMethod.Put, "delete", "The move to the trash", item => item.DeletedDate is not null) { IsForOwners = true },
        cancellationToken);

    /// <summary>Takes items out of the trash.</summary>
    /// <param name="items">The items.</param>
    /// <param name="cancellationToken">Ends the wait at once; the change may arrive all the same.</param>
    /// <inheritdoc cref="MoveToFolderAsync" path="/returns"/>
    /// <inheritdoc cref="MoveToFolderAsync" path="/exception"/>
    public Task<IReadOnlyList<VaultItem>> RestoreAsync(IReadOnlyList<VaultItem> items, CancellationToken cancellationToken = default) => RunAsync(
        items,
        new Move(HttpMethod.Put, "restore", "The return from the trash", item => item.DeletedDate is null) { IsForOwners = true },
        cancellationToken);

    /// <summary>Deletes items for good, from the trash or not.</summary>
    /// <param name="items">The items.</param>
    /// <param name="cancellationToken">Ends the wait at once; the change may arrive all the same.</param>
    /// <inheritdoc cref="MoveToFolderAsync" path="/exception"/>
    public Task DeleteAsync(IReadOnlyList<VaultItem> items, CancellationToken cancellationToken = default) => RunAsync(
        items,
        new Move(HttpMethod.Delete, string.Empty, "The deletion", _ => false) { IsForOwners = true },
        cancellationToken);

    /// <summary>Moves items to the archive, or out of it.</summary>
    /// <param name="items">The items.</param>
    /// <param name="archived">Whether they are to be in the archive.</param>
    /// <param name="cancellationToken">Ends the wait at once; the change may arrive all the same.</param>
    /// <inheritdoc cref="MoveToFolderAsync" path="/returns"/>
    /// <inheritdoc cref="MoveToFolderAsync" path="/exception"/>
    public Task<IReadOnlyList<VaultItem>> ArchiveAsync(
        IReadOnlyList<VaultItem> items, bool archived, CancellationToken cancellationToken = default) => RunAsync(
            items,
            new Move(HttpMethod.Put, archived ? "archive" : "unarchive", "The change of the archive", item => item.ArchivedDate is not null == archived),
            cancellationToken);

    /// <summary>Moves items to a folder, or out of any. Folders are the account's own: items of organizations can be moved too.</summary>
    /// <param name="items">The items.</param>
    /// <param name="folderId">The folder; null for none.</param>
    /// <param name="cancellationToken">Ends the wait at once; the change may arrive all the same.</param>
    /// <returns>The items as they are now, in their order.</returns>
    /// <exception cref="ItemWriteException">ItemNotWritable, WriteUncertain, or ItemChanged for one that is gone.</exception>
    /// <exception cref="ServerException">The server refused it, or cannot be reached.</exception>
    /// <exception cref="SessionException">VaultLocked, SessionExpired or SessionDisconnected.</exception>
    public Task<IReadOnlyList<VaultItem>> MoveToFolderAsync(
        IReadOnlyList<VaultItem> items, Guid? folderId, CancellationToken cancellationToken = default) => RunAsync(
            items,
            new Move(HttpMethod.Put, "move", "The move to a folder", item => item.FolderId == folderId) { HasFolder = true, FolderId = folderId },
            cancellationToken);

    /// <summary>Puts an item of an organization into collections, and takes it out of all others.</summary>
    /// <param name="item">The item.</param>
    /// <param name="collectionIds">The collections.</param>
    /// <param name="cancellationToken">Ends the wait at once; the change may arrive all the same.</param>
    /// <returns>The item as it is now; null when the account may not see it in any of them.</returns>
    /// <inheritdoc cref="MoveToFolderAsync" path="/exception"/>
    public Task<VaultItem?> SetCollectionsAsync(VaultItem item, IReadOnlyList<Guid> collectionIds, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(item);
        ArgumentNullException.ThrowIfNull(collectionIds);
        if (item.OrganizationId is null)
        {
            throw ItemWriteException.NotWritable(item.UniqueName, item.Id, "a personal item is in no collections");
        }

        return _changes.RunAsync(() => SetOnceQueuedAsync(_update.Current(item), collectionIds, cancellationToken), cancellationToken);
    }

    private async Task<VaultItem?> SetOnceQueuedAsync(VaultItem item, IReadOnlyList<Guid> collectionIds, CancellationToken cancellationToken)
    {
        const string What = "The change of the collections";
        item.EnsureWritable();
        PlaceRules.EnsureWritable(_update.Vault.Snapshot, item.OrganizationId!.Value, collectionIds);
        BitwardenException? cause = null;
        try
        {
            JsonObject body = new() { ["collectionIds"] = CipherRequest.Ids(collectionIds) };
            await _update.Api.WriteAsync(HttpMethod.Put, $"ciphers/{item.Id}/collections_v2", body, cancellationToken).ConfigureAwait(false);
        }
        catch (BitwardenException e) when (VaultUpdate.IsUncertain(e))
        {
            cause = e;
        }

        VaultItem? now = await _update.LookOrFailAsync(item, What, cause, cancellationToken).ConfigureAwait(false);
        return cause is null || now is null || collectionIds.ToHashSet().SetEquals(now.CollectionIds)
            ? now
            : throw ItemWriteException.Uncertain(What, item.Id, "It was not to be seen a moment later.", cause);
    }

    private Task<IReadOnlyList<VaultItem>> RunAsync(IReadOnlyList<VaultItem> items, Move move, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(items);
        return _changes.RunAsync(() => RunOnceQueuedAsync(items, move, cancellationToken), cancellationToken);
    }

    private async Task<IReadOnlyList<VaultItem>> RunOnceQueuedAsync(IReadOnlyList<VaultItem> items, Move move, CancellationToken cancellationToken)
    {
        VaultItem[] current = [.. items.Select(_update.Current).Distinct()];
        VaultItem[] waiting = [.. current.Where(item => !move.IsDone(item))];
        foreach (VaultItem item in waiting.Where(item => move.IsForOwners && item.IsReadOnly))
        {
            throw ItemWriteException.NotWritable(item.UniqueName, item.Id, "your organization lets you only read it");
        }

        if (waiting.Length > 0)
        {
            BitwardenException? cause = await SendAsync(waiting, move, cancellationToken).ConfigureAwait(false);
            await ShowAsync(waiting, move, cause, cancellationToken).ConfigureAwait(false);
        }

        return move.Method == HttpMethod.Delete ? [] : [.. current.Select(_update.Current)];
    }

    // Gives the failure that leaves open whether a part arrived; nothing is sent after it.
    private async Task<BitwardenException?> SendAsync(VaultItem[] items, Move move, CancellationToken cancellationToken)
    {
        try
        {
            int done = 0;
            foreach (VaultItem[] part in items.Chunk(MostAtOnce))
            {
                WorkListener.Report(WorkStage.WritingItems, done, items.Length);
                await _update.Api.WriteAsync(move.Method, move.PathFor(part), move.BodyFor(part), cancellationToken).ConfigureAwait(false);
                done += part.Length;
            }

            return null;
        }
        catch (ServerException e) when (VaultUpdate.IsUncertain(e) || (e.Status == HttpStatusCode.NotFound && move.Method == HttpMethod.Delete))
        {
            // A call without a body is sent again by the connection itself when it broke before the answer began: what it deleted is not found then.
            return e;
        }
    }

    // The server does not say what became of them: it leaves out those that it does not let the account change.
    private async Task ShowAsync(VaultItem[] items, Move move, BitwardenException? cause, CancellationToken cancellationToken)
    {
        try
        {
            await LookAsync(items, move, cancellationToken).ConfigureAwait(false);
        }
        catch (ServerException e)
        {
            throw ItemWriteException.Uncertain(move.What, items.Length == 1 ? items[0].Id : null, "The server could not be asked.", cause ?? e);
        }

        foreach (VaultItem item in items)
        {
            VaultItem? now = _update.Find(item.Id);
            if (now is not null && !move.IsDone(now))
            {
                throw cause is null
                    ? ItemWriteException.NotWritable(now.UniqueName, now.Id, "the server left it as it is")
                    : ItemWriteException.Uncertain(move.What, now.Id, $"'{now.UniqueName}' was as before a moment later.", cause);
            }
        }
    }

    private async Task LookAsync(VaultItem[] items, Move move, CancellationToken cancellationToken)
    {
        if (items.Length > 1)
        {
            await _update.SyncAsync(cancellationToken).ConfigureAwait(false);
            return;
        }

        bool isThere = await _update.LookAsync(items[0], cancellationToken).ConfigureAwait(false) is not null;
        if (!isThere && move.Method != HttpMethod.Delete)
        {
            throw ItemWriteException.Gone(items[0].UniqueName, items[0].Id);
        }
    }

    /// <summary>What is done to items.</summary>
    /// <param name="Method">The method of the call.</param>
    /// <param name="Path">The end of the call's path; empty for none.</param>
    /// <param name="What">For messages, the start of a sentence.</param>
    /// <param name="IsDone">Whether an item is as it should be afterwards.</param>
    private sealed record Move(HttpMethod Method, string Path, string What, Func<VaultItem, bool> IsDone)
    {
        internal bool HasFolder { get; init; }

        internal Guid? FolderId { get; init; }

        internal bool IsForOwners { get; init; }

        // There is no call for the folder of one item alone that leaves the rest as it is.
        internal string PathFor(VaultItem[] items) => (items.Length == 1 && !HasFolder ? $"ciphers/{items[0].Id}/{Path}" : $"ciphers/{Path}").TrimEnd('/');

        internal JsonObject? BodyFor(VaultItem[] items)
        {
            if (items.Length == 1 && !HasFolder)
            {
                return null;
            }

            JsonObject body = new() { ["ids"] = CipherRequest.Ids(items.Select(item => item.Id)) };
            if (HasFolder)
            {
                body["folderId"] = FolderId?.ToString();
            }

            return body;
        }
    }
}
