using System.Text.Json.Nodes;
using Bitwarden.Core.Crypto;
using Bitwarden.Core.Errors;
using Bitwarden.Core.Vault;
using Bitwarden.Core.Vault.Editing;

namespace Bitwarden.Core.Sessions;

/// <summary>
/// Creates and changes items of a session's vault, which shows each change at once. Nothing that somebody else wrote is lost: a change meant for another
/// version is refused, or applied to the newest where that is wanted (protocol 7.3). Safe for use by several threads: one change of a session happens at a
/// time.
/// </summary>
public sealed class ItemWriter
{
    private const int MostAttempts = 10;

    // Servers take a version for the newest when it is a second older (protocol 7.3). So that two writers within one second cannot both pass, a version is at
    // least this old before something is written over it.
    private static readonly TimeSpan s_settling = TimeSpan.FromMilliseconds(1100);

    private readonly VaultUpdate _update;
    private readonly ChangeQueue _changes;
    private readonly TimeProvider _time;
    private readonly Func<bool> _givesOwnKeys;

    internal ItemWriter(VaultUpdate update, ChangeQueue changes, TimeProvider time, Func<bool> givesOwnKeys)
    {
        _update = update;
        _changes = changes;
        _time = time;
        _givesOwnKeys = givesOwnKeys;
    }

    /// <summary>Creates a personal item.</summary>
    /// <param name="type">Its kind.</param>
    /// <param name="edit">What it holds; a name at least. Stays the caller's.</param>
    /// <param name="cancellationToken">Ends the wait at once; the item may be created all the same.</param>
    /// <inheritdoc cref="CreateAsync(ItemType, ItemEdit, Guid, IReadOnlyList{Guid}, CancellationToken)" path="/exception"/>
    public Task<VaultItem> CreateAsync(ItemType type, ItemEdit edit, CancellationToken cancellationToken = default) =>
        CreateInAsync(New(type, edit), null, [], cancellationToken);

    /// <summary>Creates an item of an organization.</summary>
    /// <param name="type">Its kind.</param>
    /// <param name="edit">What it holds; a name at least. Stays the caller's.</param>
    /// <param name="organizationId">Who owns it.</param>
    /// <param name="collectionIds">The collections that hold it; one at least.</param>
    /// <param name="cancellationToken">Ends the wait at once; the item may be created all the same.</param>
    /// <exception cref="InvalidInputException">InvalidItem or InputTooLong: nothing was sent.</exception>
    /// <exception cref="ItemWriteException">WriteUncertain: the item may have been created. It is never sent twice.</exception>
    /// <exception cref="ServerException">The server refused it, or cannot be reached.</exception>
    /// <exception cref="SessionException">VaultLocked, SessionExpired or SessionDisconnected.</exception>
    public Task<VaultItem> CreateAsync(
        ItemType type, ItemEdit edit, Guid organizationId, IReadOnlyList<Guid> collectionIds, CancellationToken cancellationToken = default)
    {
        EnsureCollections(collectionIds);
        return CreateInAsync(New(type, edit), organizationId, collectionIds, cancellationToken);
    }

    /// <summary>Creates a personal item that holds what another one does, without its files, passkeys and history.</summary>
    /// <param name="item">The item, which stays as it is; one that can only be read will do.</param>
    /// <param name="edit">What is different in the copy. Stays the caller's.</param>
    /// <param name="cancellationToken">Ends the wait at once; the copy may be created all the same.</param>
    /// <returns>The copy.</returns>
    /// <exception cref="InvalidInputException">InvalidItem or InputTooLong: nothing was sent.</exception>
    /// <exception cref="ItemWriteException">ItemNotWritable, or WriteUncertain: the copy may have been created. It is never sent twice.</exception>
    /// <exception cref="ServerException">The server refused it, or cannot be reached.</exception>
    /// <exception cref="SessionException">VaultLocked, SessionExpired or SessionDisconnected.</exception>
    public Task<VaultItem> CopyAsync(VaultItem item, ItemEdit edit, CancellationToken cancellationToken = default) =>
        CreateInAsync(Copy(item, edit), null, [], cancellationToken);

    /// <summary>Creates an item of an organization that holds what another one does, without its files, passkeys and history.</summary>
    /// <param name="item">The item, which stays as it is; one that can only be read will do.</param>
    /// <param name="edit">What is different in the copy. Stays the caller's.</param>
    /// <param name="organizationId">Who owns the copy.</param>
    /// <param name="collectionIds">The collections that hold it; one at least.</param>
    /// <param name="cancellationToken">Ends the wait at once; the copy may be created all the same.</param>
    /// <inheritdoc cref="CopyAsync(VaultItem, ItemEdit, CancellationToken)" path="/returns"/>
    /// <inheritdoc cref="CopyAsync(VaultItem, ItemEdit, CancellationToken)" path="/exception"/>
    public Task<VaultItem> CopyAsync(
        VaultItem item, ItemEdit edit, Guid organizationId, IReadOnlyList<Guid> collectionIds, CancellationToken cancellationToken = default)
    {
        EnsureCollections(collectionIds);
        return CreateInAsync(Copy(item, edit), organizationId, collectionIds, cancellationToken);
    }

    /// <summary>Changes an item. Where nothing would change, nothing is sent.</summary>
    /// <param name="item">The item; what the session knows of it now counts, however old the object is.</param>
    /// <param name="edit">What changes; stays the caller's.</param>
    /// <param name="force">Whether to apply the change also to a version that somebody else wrote meanwhile.</param>
    /// <param name="cancellationToken">Ends the wait at once; the change may arrive all the same.</param>
    /// <returns>The item as it is now.</returns>
    /// <exception cref="InvalidInputException">InvalidItem or InputTooLong: nothing was sent.</exception>
    /// <exception cref="ItemWriteException">ItemChanged, ItemNotWritable or WriteUncertain.</exception>
    /// <exception cref="ServerException">The server refused it, or cannot be reached.</exception>
    /// <exception cref="SessionException">VaultLocked, SessionExpired or SessionDisconnected.</exception>
    public Task<VaultItem> UpdateAsync(VaultItem item, ItemEdit edit, bool force = false, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(item);
        ArgumentNullException.ThrowIfNull(edit);
        ItemWrite write = new($"The change of '{item.UniqueName}'", current => ItemEditor.Change(current, edit, _time.GetUtcNow()));
        return _changes.RunAsync(
            () =>
            {
                EnsureVersion(_update.Current(item), edit);
                return WriteAsync(item, write, force, cancellationToken);
            },
            cancellationToken);
    }

    /// <summary>Gives a personal item to an organization. Its files go with it.</summary>
    /// <param name="item">The item; what the session knows of it now counts.</param>
    /// <param name="organizationId">The organization.</param>
    /// <param name="collectionIds">The collections that will hold it; one at least.</param>
    /// <param name="force">Whether to do it also with a version that somebody else wrote meanwhile.</param>
    /// <param name="cancellationToken">Ends the wait at once; the change may arrive all the same.</param>
    /// <inheritdoc cref="UpdateAsync" path="/returns"/>
    /// <inheritdoc cref="UpdateAsync" path="/exception"/>
    public Task<VaultItem> ShareAsync(
        VaultItem item, Guid organizationId, IReadOnlyList<Guid> collectionIds, bool force = false, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(item);
        EnsureCollections(collectionIds);
        if (item.OrganizationId is not null)
        {
            throw ItemWriteException.NotWritable(item.UniqueName, item.Id, "it belongs to an organization already, which cannot be changed");
        }

        ItemWrite write = new(
            $"The move of '{item.UniqueName}'", current => current.OrganizationId == organizationId ? null : OwnerChange.Make(current, organizationId))
        {
            Collections = collectionIds,
        };
        return _changes.RunAsync(
            () =>
            {
                EnsureAllowed(organizationId, collectionIds);
                return WriteAsync(item, write, force, cancellationToken);
            },
            cancellationToken);
    }

    private Func<SymmetricKey, CipherRequest> New(ItemType type, ItemEdit edit)
    {
        ArgumentNullException.ThrowIfNull(edit);
        return owner => ItemEditor.Create(type, edit, owner, _givesOwnKeys(), _time.GetUtcNow());
    }

    private Func<SymmetricKey, CipherRequest> Copy(VaultItem item, ItemEdit edit)
    {
        ArgumentNullException.ThrowIfNull(item);
        ArgumentNullException.ThrowIfNull(edit);
        return owner => ItemCopy.Make(_update.Current(item), edit, owner, _givesOwnKeys(), _time.GetUtcNow());
    }

    private Task<VaultItem> CreateInAsync(
        Func<SymmetricKey, CipherRequest> make, Guid? organizationId, IReadOnlyList<Guid> collectionIds, CancellationToken cancellationToken) =>
        _changes.RunAsync(
            async () =>
            {
                EnsureAllowed(organizationId, collectionIds);
                JsonObject body = make(_update.Vault.Access.OwnerKey(organizationId)).Body;
                body["organizationId"] = organizationId?.ToString();
                _update.Sign(body);
                return await SendNewAsync(body, organizationId, collectionIds, cancellationToken).ConfigureAwait(false);
            },
            cancellationToken);

    private async Task<VaultItem> SendNewAsync(
        JsonObject body, Guid? organizationId, IReadOnlyList<Guid> collectionIds, CancellationToken cancellationToken)
    {
        string mark = CipherRequest.Text(body["name"])!;
        JsonObject request = organizationId is null ? body : ItemWrite.WithCollections(body, collectionIds);
        try
        {
            byte[] answer = await _update.Api
                .WriteAsync(HttpMethod.Post, organizationId is null ? "ciphers" : "ciphers/create", request, cancellationToken).ConfigureAwait(false);
            return _update.Show(answer, null, collectionIds);
        }
        catch (BitwardenException e) when (VaultUpdate.IsUncertain(e))
        {
            return await FindNewAsync(mark, e, cancellationToken).ConfigureAwait(false);
        }
    }

    // Each encryption is unique: an item with this very name is the one that was sent.
    private async Task<VaultItem> FindNewAsync(string mark, BitwardenException cause, CancellationToken cancellationToken)
    {
        try
        {
            await _update.SyncAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (ServerException)
        {
            throw ItemWriteException.Uncertain("The new item", null, "The server could not be asked.", cause);
        }

        return _update.Vault.Items.FirstOrDefault(item => item.HasName(mark))
            ?? throw ItemWriteException.Uncertain("The new item", null, "It was not in the vault a moment later.", cause);
    }

    private async Task<VaultItem> WriteAsync(VaultItem item, ItemWrite write, bool force, CancellationToken cancellationToken)
    {
        VaultItem current = _update.Current(item);
        for (int attempt = 1; ; attempt++)
        {
            if (write.Make(current) is not CipherRequest request)
            {
                return current;
            }

            await SettleAsync(current, cancellationToken).ConfigureAwait(false);
            _update.Sign(request.Body);
            try
            {
                byte[] answer = await _update.Api
                    .WriteAsync(HttpMethod.Put, $"ciphers/{current.Id}{request.Action}", write.Wrap(request.Body), cancellationToken).ConfigureAwait(false);
                return _update.Show(answer, current, write.Collections);
            }
            catch (BitwardenException e) when (VaultUpdate.IsRefusal(e) || VaultUpdate.IsUncertain(e))
            {
                current = await ExplainAsync(current, write, e, force && attempt < MostAttempts, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Looks what became of the item. Gives the version to go on with, or fails.</summary>
    private async Task<VaultItem> ExplainAsync(
        VaultItem known, ItemWrite write, BitwardenException cause, bool force, CancellationToken cancellationToken)
    {
        VaultItem newest = await _update.LookOrFailAsync(known, write.What, cause, cancellationToken).ConfigureAwait(false)
            ?? throw ItemWriteException.Gone(known.UniqueName, known.Id);
        if (VaultUpdate.IsUncertain(cause))
        {
            return write.IsDone(newest)
                ? newest
                : throw ItemWriteException.Uncertain(write.What, known.Id, "It was not to be seen a moment later.", cause);
        }

        if (newest.RevisionDate == known.RevisionDate)
        {
            throw cause;
        }

        return force
            ? newest
            : throw ItemWriteException.Changed(
                known.UniqueName, known.Id, known.RevisionDate, newest.RevisionDate, ItemComparison.Differences(known, newest));
    }

    private Task SettleAsync(VaultItem item, CancellationToken cancellationToken)
    {
        TimeSpan age = item.RevisionDate is DateTimeOffset revision ? _update.Api.Clock.Now - revision : s_settling;
        TimeSpan wait = s_settling - (age < TimeSpan.Zero ? TimeSpan.Zero : age);
        return wait <= TimeSpan.Zero ? Task.CompletedTask : Task.Delay(wait, _time, cancellationToken);
    }

    private void EnsureAllowed(Guid? organizationId, IReadOnlyList<Guid> collectionIds)
    {
        if (organizationId is Guid organization)
        {
            PlaceRules.EnsureWritable(_update.Vault.Snapshot, organization, collectionIds);
        }
        else
        {
            PlaceRules.EnsurePersonal(_update.Vault.Snapshot);
        }
    }

    // Somebody else in the process may have fetched a newer one since.
    private static void EnsureVersion(VaultItem current, ItemEdit edit)
    {
        if (edit.OfVersion is DateTimeOffset version && current.RevisionDate != version)
        {
            throw ItemWriteException.Changed(current.UniqueName, current.Id, version, current.RevisionDate, []);
        }
    }

    private static void EnsureCollections(IReadOnlyList<Guid> collectionIds)
    {
        ArgumentNullException.ThrowIfNull(collectionIds);
        if (collectionIds.Count == 0)
        {
            throw InvalidInputException.Item("An item of an organization needs a collection.");
        }
    }
}
