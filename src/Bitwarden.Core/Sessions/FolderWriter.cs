using System.Text.Json;
using System.Text.Json.Nodes;
using Bitwarden.Core.Api.Wire;
using Bitwarden.Core.Errors;
using Bitwarden.Core.Vault;

namespace Bitwarden.Core.Sessions;

/// <summary>
/// Creates, renames and removes folders of a session's vault, which shows each change at once. Folders are the account's own; a slash in a name nests it. Safe
/// for use by several threads.
/// </summary>
public sealed class FolderWriter
{
    private readonly VaultUpdate _update;
    private readonly ChangeQueue _changes;

    internal FolderWriter(VaultUpdate update, ChangeQueue changes)
    {
        _update = update;
        _changes = changes;
    }

    /// <summary>Creates a folder.</summary>
    /// <param name="name">Its name, with <c>/</c> for nesting; encrypted, at most 1,000 characters.</param>
    /// <param name="cancellationToken">Ends the wait at once; the folder may be created all the same.</param>
    /// <returns>The folder's id.</returns>
    /// <exception cref="InvalidInputException">InvalidItem or InputTooLong: nothing was sent.</exception>
    /// <exception cref="ItemWriteException">WriteUncertain: the folder may have been created. It is never sent twice.</exception>
    /// <exception cref="ServerException">The server refused it, or cannot be reached.</exception>
    /// <exception cref="SessionException">VaultLocked, SessionExpired or SessionDisconnected.</exception>
    public Task<Guid> CreateAsync(string name, CancellationToken cancellationToken = default) => _changes.RunAsync(
        () => SaveAsync(null, name, cancellationToken), cancellationToken);

    /// <summary>Renames a folder; its items stay in it.</summary>
    /// <param name="id">The folder.</param>
    /// <param name="name">Its new name.</param>
    /// <param name="cancellationToken">Ends the wait at once; the change may arrive all the same.</param>
    /// <inheritdoc cref="CreateAsync" path="/exception"/>
    public Task RenameAsync(Guid id, string name, CancellationToken cancellationToken = default) => _changes.RunAsync(
        () => SaveAsync(id, name, cancellationToken), cancellationToken);

    /// <summary>Removes a folder. Its items stay, filed nowhere.</summary>
    /// <param name="id">The folder.</param>
    /// <param name="cancellationToken">Ends the wait at once; the change may arrive all the same.</param>
    /// <inheritdoc cref="CreateAsync" path="/exception"/>
    public Task RemoveAsync(Guid id, CancellationToken cancellationToken = default) => _changes.RunAsync(
        () => RemoveOnceQueuedAsync(id, cancellationToken), cancellationToken);

    private async Task<bool> RemoveOnceQueuedAsync(Guid id, CancellationToken cancellationToken)
    {
        try
        {
            await _update.Api.WriteAsync(HttpMethod.Delete, $"folders/{id}", null, cancellationToken).ConfigureAwait(false);
            _update.ShowFolders(known => known.Where(folder => folder.Id != id));
        }
        catch (BitwardenException e) when (VaultUpdate.IsUncertain(e))
        {
            await LookAsync("The removal of the folder", id, folders => folders.All(folder => folder.Id != id), e, cancellationToken).ConfigureAwait(false);
        }

        return true;
    }

    private async Task<Guid> SaveAsync(Guid? id, string name, CancellationToken cancellationToken)
    {
        string wire = Encrypt(name);
        HttpMethod method = id is null ? HttpMethod.Post : HttpMethod.Put;
        try
        {
            byte[] answer = await _update.Api
                .WriteAsync(method, id is null ? "folders" : $"folders/{id}", new JsonObject { ["name"] = wire }, cancellationToken).ConfigureAwait(false);
            FolderRecord saved = Read(answer, id, wire);
            _update.ShowFolders(known => known.Where(folder => folder.Id != saved.Id).Append(saved));
            return saved.Id;
        }
        catch (BitwardenException e) when (VaultUpdate.IsUncertain(e))
        {
            string what = id is null ? "The new folder" : "The new name of the folder";
            await LookAsync(what, id, folders => folders.Any(folder => folder.Name == wire), e, cancellationToken).ConfigureAwait(false);
            return _update.Folders.First(folder => folder.Name == wire).Id;
        }
    }

    // Each encryption is unique: a folder with this very name is the one that was sent.
    private async Task LookAsync(
        string what, Guid? id, Func<IReadOnlyList<FolderRecord>, bool> isDone, BitwardenException cause, CancellationToken cancellationToken)
    {
        try
        {
            await _update.SyncAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (ServerException)
        {
            throw ItemWriteException.Uncertain(what, id, "The server could not be asked.", cause);
        }

        if (!isDone(_update.Folders))
        {
            throw ItemWriteException.Uncertain(what, id, "It was not to be seen a moment later.", cause);
        }
    }

    private FolderRecord Read(byte[] answer, Guid? id, string wire)
    {
        try
        {
            FolderRecord? saved = JsonSerializer.Deserialize(answer, SyncJson.Default.FolderRecord);
            return saved is not null && saved.Name == wire && saved.Id == (id ?? saved.Id) ? saved : throw _update.Unexpected("the folder");
        }
        catch (JsonException)
        {
            throw _update.Unexpected("the folder");
        }
    }

    private string Encrypt(string name)
    {
        if (string.IsNullOrWhiteSpace(name))
        {
            throw InvalidInputException.Item("A folder must have a name.");
        }

        string wire = _update.Vault.Access.OwnerKey(null).EncryptText(name).ToWireString();
        return wire.Length <= ItemMember.ShortLimit ? wire : throw InvalidInputException.TooLong("name", ItemMember.ShortLimit);
    }
}
