using System.Security.Cryptography;
using System.Text;
using Bitwarden.Core.Auth;
using Bitwarden.Core.Crypto;
using Bitwarden.Core.Errors;
using Bitwarden.Core.Reporting;
using Bitwarden.Core.Sessions.Unlocking;
using Bitwarden.Core.Transfer;
using Bitwarden.Core.Vault;

namespace Bitwarden.Core.Sessions;

/// <summary>
/// Writes the personal vault, or what an organization has, to a file, in the forms of the official client (protocol 7.7). What is in the trash is left out.
/// </summary>
public sealed class VaultExporter
{
    private readonly AccountConnection _account;
    private readonly VaultLock _lock;
    private readonly ChangeQueue _changes;
    private readonly KdfSettings? _kdf;

    /// <param name="account">The account.</param>
    /// <param name="vaultLock">Has the vault.</param>
    /// <param name="changes">Keeps the vault as it is meanwhile.</param>
    /// <param name="kdf">How the account's master key is derived; null when that is not known.</param>
    internal VaultExporter(AccountConnection account, VaultLock vaultLock, ChangeQueue changes, KdfSettings? kdf)
    {
        _account = account;
        _lock = vaultLock;
        _changes = changes;
        _kdf = kdf;
    }

    /// <summary>Writes the file. Only its owner may read it, and it gets its name once it is whole.</summary>
    /// <param name="path">Where to.</param>
    /// <param name="options">What, and how.</param>
    /// <param name="cancellationToken">Ends the work at once; then there is no file.</param>
    /// <returns>What became of it. Its <see cref="ExportSummary.Path"/> is null when items cannot be read and were not to be left out.</returns>
    /// <exception cref="TransferException">ExportForbidden, or FilePasswordRequired.</exception>
    /// <exception cref="LocalFileException">FileExists or FileUnusable.</exception>
    /// <exception cref="ServerException">An organization's items could not be fetched.</exception>
    /// <exception cref="SessionException">VaultLocked, SessionExpired or SessionDisconnected.</exception>
    public Task<ExportSummary> SaveAsync(string path, ExportOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(options);
        if (!options.Overwrite && Path.Exists(path))
        {
            throw LocalFileException.Exists(path);
        }

        if (options.Format == ExportFormat.EncryptedJson && options.Password is not { Length: > 0 })
        {
            throw TransferException.PasswordRequired();
        }

        return _changes.RunAsync(() => SaveOnceQueuedAsync(path, options, cancellationToken), cancellationToken);
    }

    private async Task<ExportSummary> SaveOnceQueuedAsync(string path, ExportOptions options, CancellationToken cancellationToken)
    {
        EnsureAllowed(_lock.Vault.Snapshot, options);
        ExportContent all = options.OrganizationId is Guid organization
            ? await new OrganizationExport(_account.Api, _lock.Vault).FetchAsync(organization, cancellationToken).ConfigureAwait(false)
            : PersonalContent(_lock.Vault);
        (ExportContent content, ExportSummary summary) = Sort(all, options.Format, cancellationToken);
        if (summary.IsIncomplete && !options.SkipUnreadable)
        {
            return summary;
        }

        using SecretBytes file = await WriteAsync(content, options, cancellationToken).ConfigureAwait(false);
        using TemporaryFile draft = TemporaryFile.Beside(path);
        ArraySegment<byte> bytes = file.Segment;
        await draft.WriteAsync(bytes.AsMemory(), cancellationToken).ConfigureAwait(false);
        draft.MoveTo(path, options.Overwrite);
        return summary with { Path = path };
    }

    private static void EnsureAllowed(VaultSnapshot snapshot, ExportOptions options)
    {
        if (options.OrganizationId is null && VaultPolicies.InForce(snapshot, Api.Wire.PolicyRecord.DisablePersonalExport).Any())
        {
            throw TransferException.Forbidden();
        }
    }

    private static ExportContent PersonalContent(UnlockedVault vault) => new(
        null,
        vault.Access.OwnerKey(null),
        [.. vault.Snapshot.Folders.Select(folder => new ExportPlace(folder.Id, folder.Name, vault.Access.Names.Folder(folder.Id)))],
        [.. vault.Items.Where(item => item.OrganizationId is null).Select(item => ExportItem.Read(item.Id, item.UniqueName, item.Row.Json))]);

    // What cannot be read goes aside before anything is written.
    private static (ExportContent Content, ExportSummary Summary) Sort(ExportContent all, ExportFormat format, CancellationToken cancellationToken)
    {
        ExportItem[] wanted = [.. all.Items.Where(item => format != ExportFormat.Csv || CsvExport.CanHold(item) || item.Body is null)];
        ItemProblem?[] problems = new ItemProblem?[wanted.Length];
        Parallel.For(
            0, wanted.Length, new ParallelOptions { CancellationToken = cancellationToken }, index => problems[index] = wanted[index].Check(all.Owner));
        ExportItem[] items = [.. wanted.Where((_, index) => problems[index] is null)];
        ExportPlace[] places = [.. all.Places.Where(place => place.Name is not null)];
        UnreadableItem[] unreadable =
        [
            .. wanted.Zip(problems).Where(pair => pair.Second is not null).Select(pair => new UnreadableItem(pair.First.Id, pair.First.Name, pair.Second!)),
            .. all.Places.Where(place => place.Name is null)
                .Select(place => new UnreadableItem(place.Id, place.Id.ToString(), new ItemProblem("name", ErrorCodes.DecryptionFailed))),
        ];
        return (all with { Items = items, Places = places }, new ExportSummary
        {
            ItemCount = items.Length,
            PlaceCount = places.Length,
            Unreadable = unreadable,
            LeftOutCount = all.Items.Count - wanted.Length,
            FileCount = items.Sum(item => item.FileCount),
        });
    }

    private async Task<SecretBytes> WriteAsync(ExportContent content, ExportOptions options, CancellationToken cancellationToken)
    {
        switch (options.Format)
        {
            case ExportFormat.Csv:
                return CsvExport.Write(content);
            case ExportFormat.EncryptedJson:
                using (SecretBytes plain = content.ToJson(isSealed: false))
                {
                    return await SealAsync(plain, options.Password!, cancellationToken).ConfigureAwait(false);
                }

            default:
                return content.ToJson(isSealed: options.Format == ExportFormat.AccountEncryptedJson);
        }
    }

    private async Task<SecretBytes> SealAsync(SecretBytes plain, SecretBytes password, CancellationToken cancellationToken)
    {
        // As costly as the account's own, and never less than the vendor recommends: a file can be attacked anywhere.
        KdfSettings kdf = _kdf is { MeetsRecommendation: true } own ? own : KdfSettings.DefaultPbkdf2;
        string salt = Convert.ToBase64String(RandomNumberGenerator.GetBytes(PasswordFile.SaltLength));
        using SymmetricKey key = await FileKey.DeriveAsync(password, salt, kdf, cancellationToken).ConfigureAwait(false);
        return new SecretBytes(PasswordFile.Seal(plain, key, salt, kdf).ToJson());
    }
}
