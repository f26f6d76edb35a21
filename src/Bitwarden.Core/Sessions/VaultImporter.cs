using Bitwarden.Core.Api.Wire;
using Bitwarden.Core.Crypto;
using Bitwarden.Core.Errors;
using Bitwarden.Core.Sessions.Unlocking;
using Bitwarden.Core.Transfer;
using Bitwarden.Core.Vault;
using Bitwarden.Core.Vault.Editing;

namespace Bitwarden.Core.Sessions;

/// <summary>
/// Adds what a file of the official client's forms holds to the personal vault, or to an organization's (protocol 7.7). Everything is read, encrypted and
/// checked before anything is sent.
/// </summary>
public sealed class VaultImporter
{
    /// <summary>The longest file that is read, in bytes.</summary>
    public const int LargestFile = 256 * 1024 * 1024;

    // The most that the official server adds at once.
    private const int MostPlaces = 2000;

    private readonly VaultUpdate _update;
    private readonly ChangeQueue _changes;
    private readonly Func<bool> _givesOwnKeys;

    internal VaultImporter(VaultUpdate update, ChangeQueue changes, Func<bool> givesOwnKeys)
    {
        _update = update;
        _changes = changes;
        _givesOwnKeys = givesOwnKeys;
    }

    /// <summary>Reads and encrypts a file. Nothing is sent; to resume, the vault is fetched first.</summary>
    /// <param name="path">The file.</param>
    /// <param name="options">What there is to know beside it.</param>
    /// <param name="cancellationToken">Ends the work at once.</param>
    /// <exception cref="TransferException">
    /// InvalidExportFile, InputTooLong, FilePasswordRequired, WrongFilePassword, FileKeyMismatch, or the code of a key derivation outside the limits.
    /// </exception>
    /// <exception cref="InvalidInputException">InvalidItem: the vault may not get new items.</exception>
    /// <exception cref="LocalFileException">FileUnusable.</exception>
    /// <exception cref="ServerException">The vault could not be fetched.</exception>
    /// <exception cref="SessionException">VaultLocked, SessionExpired or SessionDisconnected.</exception>
    public Task<ImportPlan> PrepareAsync(string path, ImportOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(options);
        return _changes.RunAsync(() => PrepareOnceQueuedAsync(path, options, cancellationToken), cancellationToken);
    }

    /// <summary>Sends what was prepared, in pieces, each of which the server takes whole or not at all. Nothing is ever sent twice.</summary>
    /// <param name="plan">From <see cref="PrepareAsync"/>; once.</param>
    /// <param name="cancellationToken">Ends the wait at once; a piece may arrive all the same.</param>
    /// <exception cref="TransferException">ImportIncomplete, with what arrived.</exception>
    /// <exception cref="ServerException">Nothing arrived: the server refused it, or cannot be reached.</exception>
    /// <exception cref="SessionException">VaultLocked, SessionExpired or SessionDisconnected.</exception>
    public async Task<ImportSummary> SendAsync(ImportPlan plan, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(plan);
        if (plan.ItemCount == 0)
        {
            await AddFoldersAsync(plan, cancellationToken).ConfigureAwait(false);
        }
        else
        {
            await _changes.RunAsync(() => new ImportSender(_update, plan).SendAsync(cancellationToken), cancellationToken).ConfigureAwait(false);
        }

        return new ImportSummary { ItemCount = plan.ItemCount, PlaceCount = plan.PlaceCount, SkippedCount = plan.SkippedCount };
    }

    // The official server adds no folders where there is no item.
    private async Task AddFoldersAsync(ImportPlan plan, CancellationToken cancellationToken)
    {
        if (plan.OrganizationId is null && plan.PlaceCount > 0)
        {
            PlaceMatcher places = new(_update.Vault, null, plan.Places);
            FolderWriter writer = new(_update, _changes);
            foreach (ImportPlace place in plan.Places.Where(place => places.Find(place) is null))
            {
                await writer.CreateAsync(place.Name, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private async Task<ImportPlan> PrepareOnceQueuedAsync(string path, ImportOptions options, CancellationToken cancellationToken)
    {
        using SecretBytes bytes = await ReadAsync(path, cancellationToken).ConfigureAwait(false);
        if (options.Resume)
        {
            await _update.SyncAsync(cancellationToken).ConfigureAwait(false);
        }

        EnsureAllowed(options.OrganizationId);
        using ItemFingerprint? fingerprint = options.Resume ? new ItemFingerprint() : null;
        SymmetricKey owner = _update.Vault.Access.OwnerKey(options.OrganizationId);
        ImportReader reader = new(owner, _givesOwnKeys(), options.OrganizationId is not null, fingerprint);
        ImportContent content = await ReadAsync(reader, bytes, options, cancellationToken).ConfigureAwait(false);
        return Plan(content, options, fingerprint);
    }

    private static async Task<ImportContent> ReadAsync(ImportReader reader, SecretBytes bytes, ImportOptions options, CancellationToken cancellationToken)
    {
        if (!TransferFile.Text(bytes).TrimStart(" \t\r\n"u8).StartsWith("{"u8))
        {
            return reader.ReadCsv(bytes);
        }

        TransferFile file = TransferFile.Read(bytes);
        if (!file.IsPasswordProtected)
        {
            return reader.Read(file);
        }

        using SecretBytes plain = await DecryptAsync(file.ToPasswordFile(), options.Password, cancellationToken).ConfigureAwait(false);
        return reader.Read(TransferFile.Read(plain));
    }

    private static async Task<SecretBytes> DecryptAsync(PasswordFile file, SecretBytes? password, CancellationToken cancellationToken)
    {
        if (password is not { Length: > 0 })
        {
            throw TransferException.PasswordRequired();
        }

        try
        {
            using SymmetricKey key = await FileKey.DeriveAsync(password, file.Salt, file.Kdf, cancellationToken).ConfigureAwait(false);
            return file.Open(key);
        }
        catch (KdfException e)
        {
            throw TransferException.Kdf(e);
        }
    }

    private ImportPlan Plan(ImportContent content, ImportOptions options, ItemFingerprint? fingerprint)
    {
        ImportItem[] items = fingerprint is null ? [.. content.Items] : KnownContent.Missing(_update.Vault, options.OrganizationId, content.Items, fingerprint);
        EnsureCollections(content, items, options.OrganizationId);
        PlaceMatcher places = new(_update.Vault, options.OrganizationId, content.Places);
        ImportPlace[] added = [.. content.Places.Where(place => places.Find(place) is null)];
        places.EnsureFit(added);
        foreach (ImportItem item in items)
        {
            item.Body["organizationId"] = options.OrganizationId?.ToString();
            _update.Sign(item.Body);
        }

        return new ImportPlan(options.OrganizationId, content.Places, items)
        {
            PlaceCount = added.Length <= MostPlaces
                ? added.Length
                : throw TransferException.InvalidFile(null, $"it has more than {MostPlaces} new folders or collections"),
            SkippedCount = content.Items.Count - items.Length,
        };
    }

    // Without a collection nobody but an administrator would ever see it.
    private static void EnsureCollections(ImportContent content, ImportItem[] items, Guid? organizationId)
    {
        HashSet<string> known = [.. content.Places.Select(place => place.Key)];
        if (organizationId is not null && Array.Find(items, item => !item.Places.Any(known.Contains)) is not null)
        {
            throw InvalidInputException.Item("An item of the file is in no collection, which an item of an organization needs.");
        }
    }

    private void EnsureAllowed(Guid? organizationId)
    {
        if (organizationId is Guid organization)
        {
            PlaceRules.EnsureWritable(_update.Vault.Snapshot, organization, []);
        }
        else
        {
            PlaceRules.EnsurePersonal(_update.Vault.Snapshot);
        }
    }

    private static async Task<SecretBytes> ReadAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            using FileStream stream = new(path, new FileStreamOptions { BufferSize = 0, Options = FileOptions.Asynchronous });
            long length = stream.Length is > 0 and <= LargestFile
                ? stream.Length
                : throw TransferException.InvalidFile(null, stream.Length == 0 ? "it is empty" : $"it is longer than {LargestFile} bytes");
            return await ReadAsync(stream, (int)length, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (LocalFileException.IsReason(e))
        {
            throw LocalFileException.Unreadable(path, e);
        }
    }

    private static async Task<SecretBytes> ReadAsync(FileStream stream, int length, CancellationToken cancellationToken)
    {
        SecretBytes bytes = new(length);
        try
        {
            ArraySegment<byte> place = bytes.Segment;
            bytes.Truncate(await stream.ReadAtLeastAsync(place.AsMemory(), length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false));
            return bytes;
        }
        catch
        {
            bytes.Dispose();
            throw;
        }
    }
}
