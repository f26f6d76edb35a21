using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Bitwarden.Core.Api;
using Bitwarden.Core.Api.Wire;
using Bitwarden.Core.Auth;
using Bitwarden.Core.Errors;
using Bitwarden.Core.Vault;
using Bitwarden.Core.Vault.Editing;

namespace Bitwarden.Core.Sessions;

/// <summary>
/// What those who write have in common: the way to the server, and the way back into the vault that the session shows. For use within one change of the session
/// (<see cref="ChangeQueue"/>).
/// </summary>
internal sealed class VaultUpdate
{
    private readonly AccountConnection _account;
    private readonly VaultLock _lock;

    internal VaultUpdate(AccountConnection account, VaultLock vaultLock)
    {
        _account = account;
        _lock = vaultLock;
    }

    internal AuthorizedApiClient Api => _account.Api;

    internal AttachmentDownload Files => new(_account);

    /// <summary>
    /// Says for whom and under which user key an item is encrypted, so that nothing is written with a key that was replaced elsewhere (protocol 7.5).
    /// </summary>
    internal void Sign(JsonObject item)
    {
        VaultSnapshot snapshot = _account.RequireSnapshot();
        item["encryptedFor"] = snapshot.Profile.Id.ToString();
        if (snapshot.Unlock?.ContainedKeyId is string keyId)
        {
            item["encryptedByKeyId"] = keyId;
        }
    }

    /// <exception cref="SessionException">VaultLocked, or why the session has ended.</exception>
    internal UnlockedVault Vault => _lock.Vault;

    /// <summary>An item as the session knows it now, whatever object the caller has of it.</summary>
    /// <exception cref="ItemWriteException">ItemChanged: the session knows that it is gone.</exception>
    internal VaultItem Current(VaultItem item) =>
        Find(item.Id) ?? throw ItemWriteException.Gone(item.UniqueName, item.Id);

    /// <summary>Shows the item of an answer.</summary>
    /// <param name="answer">What the server answered to a write, or to the question for the item.</param>
    /// <param name="old">The item as the session knows it; null for a new one.</param>
    /// <param name="collections">Its collections where the answer does not say; null for those that it had.</param>
    /// <exception cref="ServerException">UnexpectedResponse: it is not that item.</exception>
    internal VaultItem Show(byte[] answer, VaultItem? old, IReadOnlyList<Guid>? collections = null)
    {
        try
        {
            return _lock.Replace(old, CipherAnswer.Read(answer, old?.Id, collections ?? old?.CollectionIds))!;
        }
        catch (JsonException)
        {
            throw Unexpected("the item");
        }
    }

    /// <summary>The failure for an answer that is not what was written.</summary>
    /// <param name="what">What was.</param>
    internal ServerException Unexpected(string what) => ServerException.Unexpected(
        _account.Server.Api.Authority, HttpStatusCode.OK, $"something else than {what} that was written.");

    /// <summary>An item by its id, in the trash or not; null for none.</summary>
    internal VaultItem? Find(Guid id) => Vault.TryFind(id) ?? Vault.TryFind(id, inTrash: true);

    /// <summary>The folders as the server has them.</summary>
    internal IReadOnlyList<FolderRecord> Folders => Vault.Snapshot.Folders;

    /// <summary>Shows other folders.</summary>
    internal void ShowFolders(Func<IEnumerable<FolderRecord>, IEnumerable<FolderRecord>> change) => _lock.ReplaceFolders([.. change(Folders)]);

    /// <summary>Shows that an item is gone.</summary>
    internal void Remove(VaultItem item) => _lock.Replace(item, null);

    /// <summary>Asks the server for an item and shows it as it is now; null when it is gone.</summary>
    internal async Task<VaultItem?> LookAsync(VaultItem item, CancellationToken cancellationToken)
    {
        try
        {
            return Show(await Api.GetCipherAsync(item.Id, cancellationToken).ConfigureAwait(false), item);
        }
        catch (ServerException e) when (e.Status == HttpStatusCode.NotFound)
        {
            Remove(item);
            return null;
        }
    }

    /// <summary>The same after a change; where the server cannot be asked, the change is uncertain.</summary>
    /// <param name="item">The item.</param>
    /// <param name="what">The change, as the start of a sentence.</param>
    /// <param name="cause">Why its answer did not say enough; null if it did.</param>
    /// <param name="cancellationToken">Ends the wait at once.</param>
    internal async Task<VaultItem?> LookOrFailAsync(VaultItem item, string what, BitwardenException? cause, CancellationToken cancellationToken)
    {
        try
        {
            return await LookAsync(item, cancellationToken).ConfigureAwait(false);
        }
        catch (ServerException e)
        {
            throw cause is not null && IsRefusal(cause)
                ? cause
                : ItemWriteException.Uncertain(what, item.Id, "The server could not be asked.", cause ?? e);
        }
    }

    /// <summary>Fetches everything and shows it.</summary>
    internal async Task SyncAsync(CancellationToken cancellationToken)
    {
        VaultSnapshot snapshot = await _account.DownloadAsync(revision: null, cancellationToken).ConfigureAwait(false);
        _lock.Refresh(snapshot);
        _account.Keep(snapshot);
    }

    /// <summary>Whether a change may have arrived although its call failed.</summary>
    internal static bool IsUncertain(BitwardenException failure) => failure is ServerException { IsBeforeSending: false } server
        && (server.Code == ErrorCodes.UnexpectedResponse
            || server.Status is null or HttpStatusCode.RequestTimeout or >= HttpStatusCode.InternalServerError);

    /// <summary>Whether the server refused a change as it stands, perhaps because the item is another one by now.</summary>
    internal static bool IsRefusal(BitwardenException failure) => failure is ServerException { Code: ErrorCodes.ApiError };
}
