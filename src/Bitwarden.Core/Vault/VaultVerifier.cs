using System.Diagnostics;
using System.Runtime.ExceptionServices;
using Bitwarden.Core.Crypto;
using Bitwarden.Core.Errors;
using Bitwarden.Core.Reporting;

namespace Bitwarden.Core.Vault;

/// <summary>Checks a whole vault on all processors. What is parsed for it is let go, item by item.</summary>
internal sealed class VaultVerifier
{
    private const int ItemsPerReport = 64;
    private readonly UnlockedVault _vault;
    private readonly IProgress<WorkProgress>? _progress;
    private readonly VaultItem[] _items;
    private readonly ItemCheck[] _checks;
    private int _done;

    internal VaultVerifier(UnlockedVault vault, IProgress<WorkProgress>? progress)
    {
        _vault = vault;
        _progress = progress;
        _items = [.. vault.Items, .. vault.Trash];
        _checks = new ItemCheck[_items.Length];
    }

    /// <exception cref="SessionException">VaultLocked, also when the vault is locked meanwhile.</exception>
    internal VaultCheck Run(CancellationToken cancellationToken)
    {
        Stopwatch clock = Stopwatch.StartNew();
        _vault.Access.EnsureOpen();
        CheckItems(cancellationToken);
        VaultProblem[] names = CheckNames();
        VaultProblem[] parts = [.. _items.Zip(_checks).SelectMany(pair => ProblemsOf(pair.First, pair.Second))];
        return new VaultCheck
        {
            Items = _items.Length,
            Trash = _vault.Trash.Count,
            Types = new KindCounts(_items),
            Folders = _vault.Snapshot.Folders.Count,
            Collections = _vault.Snapshot.Collections.Count,
            Attachments = _checks.Sum(check => check.Attachments),
            Values = _checks.Sum(check => check.Values) + _vault.Snapshot.Folders.Count + _vault.Snapshot.Collections.Count,
            BrokenItems = _checks.Count(check => check.Problems.Count > 0),
            Problems = new TextList<VaultProblem>([.. parts, .. names]),
            Duration = clock.Elapsed,
        };
    }

    private void CheckItems(CancellationToken cancellationToken)
    {
        try
        {
            Parallel.For(0, _items.Length, new ParallelOptions { CancellationToken = cancellationToken }, CheckItem);
        }
        catch (AggregateException e) when (e.InnerExceptions[0] is SessionException locked)
        {
            ExceptionDispatchInfo.Throw(locked);
        }
    }

    private void CheckItem(int index)
    {
        _checks[index] = _items[index].Check();
        int done = Interlocked.Increment(ref _done);
        if (done % ItemsPerReport == 0 || done == _items.Length)
        {
            _progress?.Report(new WorkProgress(WorkStage.CheckingVault, done, _items.Length));
        }
    }

    private VaultProblem[] CheckNames()
    {
        KeyRing keys = _vault.Access.Keys;
        IEnumerable<VaultProblem?> folders = _vault.Snapshot.Folders.Select(folder => CheckName(folder.Id, "folder", folder.Name, () => keys.UserKey));
        IEnumerable<VaultProblem?> collections = _vault.Snapshot.Collections
            .Select(collection => CheckName(collection.Id, "collection", collection.Name, () => keys.KeyFor(collection.OrganizationId)));
        try
        {
            return [.. folders.Concat(collections).OfType<VaultProblem>()];
        }
        catch (ObjectDisposedException)
        {
            _vault.Access.EnsureOpen();
            throw;
        }
    }

    private static VaultProblem? CheckName(Guid id, string field, string? wire, Func<SymmetricKey> key)
    {
        try
        {
            key().Verify(EncString.Parse(wire ?? string.Empty));
            return null;
        }
        catch (EncryptionException e)
        {
            return new VaultProblem(id, null, field, e.Code);
        }
    }

    private static IEnumerable<VaultProblem> ProblemsOf(VaultItem item, ItemCheck check) =>
        check.Problems.Select(problem => new VaultProblem(item.Id, item.UniqueName, problem.Field, problem.Code));
}
