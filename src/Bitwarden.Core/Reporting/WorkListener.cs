namespace Bitwarden.Core.Reporting;

/// <summary>
/// Who is told how far the calls are that are made from here: it goes with the calls, through every await and thread, and with no others. A session has many
/// callers, so that it cannot be one of its settings.
/// </summary>
public static class WorkListener
{
    private static readonly AsyncLocal<IProgress<WorkProgress>?> s_current = new();

    /// <summary>The listener, told by any thread; null for none.</summary>
    public static IProgress<WorkProgress>? Current
    {
        get => s_current.Value;
        set => s_current.Value = value;
    }

    internal static void Report(WorkStage stage, long done = 0, long? total = null) => Current?.Report(new WorkProgress(stage, done, total));
}
