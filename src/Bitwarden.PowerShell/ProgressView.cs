using System.Globalization;
using System.Management.Automation;
using Bitwarden.Core.Reporting;

namespace Bitwarden.PowerShell;

/// <summary>
/// What the user sees of work that lasts. The engine reports on any thread; only the pipeline's thread may write, and does so while it waits. Holds no
/// cmdlet, because a session may keep its listener.
/// </summary>
internal sealed class ProgressView : IProgress<WorkProgress>
{
    private const int ActivityId = 0x6277;
    private const double BytesPerMegabyte = 1_000_000;
    private static readonly TimeSpan s_first = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan s_next = TimeSpan.FromMilliseconds(200);
    private volatile object? _latest;

    /// <inheritdoc/>
    public void Report(WorkProgress value) => _latest = value;

    /// <summary>Waits until the work has ended, and shows how far it is meanwhile if it takes long.</summary>
    /// <param name="work">The work; its failure is the caller's to see.</param>
    /// <param name="isWatched">Whether there is anybody to show it to; not asked for short work.</param>
    /// <param name="write">Writes a record; may throw, as every write may.</param>
    internal void Follow(Task work, Func<bool> isWatched, Action<ProgressRecord> write)
    {
        if (HasEnded(work, s_first) || !isWatched())
        {
            return;
        }

        ProgressRecord? shown = null;
        do
        {
            shown = Show(shown, write);
        }
        while (!HasEnded(work, s_next));

        if (shown is not null)
        {
            // Another object: whoever collects records has the one before as it was.
            write(new ProgressRecord(ActivityId, shown.Activity, shown.StatusDescription) { RecordType = ProgressRecordType.Completed });
        }
    }

    /// <summary>Waits until the work has ended, one way or another.</summary>
    internal static void WaitFor(Task work) => HasEnded(work, Timeout.InfiniteTimeSpan);

    internal static ProgressRecord RecordOf(WorkProgress progress) => new(ActivityId, ActivityOf(progress.Stage), StatusOf(progress))
    {
        PercentComplete = progress.Total is long total and > 0 ? (int)Math.Min(100, progress.Done * 100 / total) : -1,
    };

    private ProgressRecord? Show(ProgressRecord? before, Action<ProgressRecord> write)
    {
        if (_latest is not WorkProgress progress)
        {
            return before;
        }

        ProgressRecord record = RecordOf(progress);
        write(record);
        return record;
    }

    private static bool HasEnded(Task work, TimeSpan wait) => Task.WaitAny([work], wait) == 0;

    private static string ActivityOf(WorkStage stage) => stage switch
    {
        WorkStage.LoggingIn => "Logging in",
        WorkStage.DerivingKey => "Deriving the key from the master password",
        WorkStage.FetchingVault => "Fetching the vault",
        WorkStage.DownloadingFile => "Downloading the file",
        WorkStage.UploadingFile => "Uploading the file",
        WorkStage.WritingItems => "Writing to the vault",
        _ => "Checking the vault",
    };

    private static string StatusOf(WorkProgress progress) => progress.Stage switch
    {
        WorkStage.LoggingIn => "Waiting for the server",
        WorkStage.DerivingKey => "The account's settings say how long this takes",
        WorkStage.CheckingVault or WorkStage.WritingItems => $"{progress.Done} of {progress.Total} items",
        _ when progress.Total is long total => $"{Megabytes(progress.Done)} of {Megabytes(total)} MB",
        _ => $"{Megabytes(progress.Done)} MB",
    };

    private static string Megabytes(long bytes) => (bytes / BytesPerMegabyte).ToString("0.0", CultureInfo.CurrentCulture);
}
