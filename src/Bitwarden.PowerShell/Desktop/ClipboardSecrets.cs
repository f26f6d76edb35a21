using Bitwarden.Core.Crypto;
using Bitwarden.Core.Sessions;
using Bitwarden.PowerShell.Errors;

namespace Bitwarden.PowerShell.Desktop;

/// <summary>The one clipboard of this process's user, and the value of ours that is on it.</summary>
internal static class ClipboardSecrets
{
    private static readonly object s_gate = new();
    private static CopiedSecret? s_current;
    private static bool s_isWatchingExit;

    /// <summary>Puts a value on the clipboard.</summary>
    /// <param name="value">The value, in UTF-8; stays the caller's.</param>
    /// <param name="session">Whose value it is: when this locks, the value goes.</param>
    /// <param name="clearAfter">When it goes otherwise; null for never.</param>
    /// <exception cref="DesktopException">ClipboardUnavailable.</exception>
    internal static void Put(SecretBytes value, BitwardenSession session, TimeSpan? clearAfter)
    {
        IClipboard clipboard = Find() ?? throw InputErrors.NoClipboard();
        lock (s_gate)
        {
            s_current?.Dispose();
            s_current = null;
            if (!clipboard.TryWrite(value.Span))
            {
                throw InputErrors.ClipboardFailed();
            }

            s_current = clearAfter is TimeSpan time ? new CopiedSecret(clipboard, value, session, time) : null;
            WatchExit();
        }
    }

    /// <summary>Takes away what is of these sessions.</summary>
    internal static void Clear(IReadOnlyCollection<BitwardenSession> sessions)
    {
        if (s_current is CopiedSecret current && sessions.Any(current.IsOf))
        {
            current.Clear();
        }
    }

    private static IClipboard? Find() => OperatingSystem.IsWindows() ? new WindowsClipboard() : ProgramClipboard.Find();

    // What would take the value away ends with the process.
    private static void WatchExit()
    {
        if (!s_isWatchingExit)
        {
            s_isWatchingExit = true;
            AppDomain.CurrentDomain.ProcessExit += (_, _) => s_current?.Clear();
        }
    }
}
