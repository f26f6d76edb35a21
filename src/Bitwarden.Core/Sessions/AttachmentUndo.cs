using Bitwarden.Core.Errors;
using Bitwarden.Core.Vault;
using Bitwarden.Core.Vault.Editing;

namespace Bitwarden.Core.Sessions;

/// <summary>Removes what arrived of a file that could not be sent whole. It is known by its encrypted name, which is unique.</summary>
internal sealed class AttachmentUndo
{
    // Whoever stopped the upload waits for it.
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(15);

    private readonly VaultUpdate _update;
    private readonly VaultItem _item;

    internal AttachmentUndo(VaultUpdate update, VaultItem item, string mark)
    {
        _update = update;
        _item = item;
        Mark = mark;
    }

    /// <summary>The encrypted name.</summary>
    internal string Mark { get; }

    /// <summary>What became of the file.</summary>
    internal enum Outcome
    {
        /// <summary>The server could not be asked, or did not do it.</summary>
        Unknown,

        /// <summary>It was not there.</summary>
        Absent,

        /// <summary>It was there, whole or not, and is no more.</summary>
        Removed,
    }

    /// <summary>Looks and removes. The session shows the item as it is then.</summary>
    internal async Task<Outcome> RunAsync()
    {
        using CancellationTokenSource limit = new(s_limit);
        try
        {
            VaultItem? now = await _update.LookAsync(_item, limit.Token).ConfigureAwait(false);
            if (now is null || Find(now) is not string id)
            {
                return Outcome.Absent;
            }

            await _update.Api.RemoveFileAsync(_item.Id, id, limit.Token).ConfigureAwait(false);
            now = await _update.LookAsync(now, limit.Token).ConfigureAwait(false);
            return now is null || Find(now) is null ? Outcome.Removed : Outcome.Unknown;
        }
        catch (Exception e) when (e is BitwardenException or OperationCanceledException)
        {
            return Outcome.Unknown;
        }
    }

    /// <summary>The same after a failure. Gives the failure to tell.</summary>
    /// <param name="what">What was sent, as the start of a sentence.</param>
    /// <param name="isAnnounced">Whether the server is known to have a place for it.</param>
    /// <param name="cause">Why it did not arrive.</param>
    internal async Task<BitwardenException> ExplainAsync(string what, bool isAnnounced, BitwardenException cause)
    {
        Outcome outcome = await RunAsync().ConfigureAwait(false);
        if (VaultUpdate.IsRefusal(cause) && !isAnnounced)
        {
            return _update.Find(_item.Id) is VaultItem now && now.RevisionDate != _item.RevisionDate
                ? ItemWriteException.Changed(now.UniqueName, now.Id, _item.RevisionDate, now.RevisionDate, ItemComparison.Differences(_item, now))
                : cause;
        }

        return outcome switch
        {
            Outcome.Unknown when cause is ServerException =>
                ItemWriteException.Uncertain(what, _item.Id, "What arrived of it could not be removed.", cause),
            Outcome.Absent when !isAnnounced && VaultUpdate.IsUncertain(cause) =>
                ItemWriteException.Uncertain(what, _item.Id, "It was not there a moment later.", cause),
            _ => cause,
        };
    }

    private string? Find(VaultItem item) => item.Attachments.FirstOrDefault(file => file.Record.FileName == Mark)?.Id;
}
