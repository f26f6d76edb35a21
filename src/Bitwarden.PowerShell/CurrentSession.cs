using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Runtime.CompilerServices;
using Bitwarden.Core.Sessions;
using Bitwarden.PowerShell.Login;

namespace Bitwarden.PowerShell;

/// <summary>
/// The current session of each runspace. Runspaces are reused: ForEach-Object -Parallel hands one to the next iteration after clearing its global
/// variables, so that a marker in such a variable, beside the entry here, tells whether the session is still this user's.
/// </summary>
internal static class CurrentSession
{
    private const string MarkerVariable = "global:BitwardenCurrentSession";
    private static readonly ConditionalWeakTable<Runspace, Entry> s_entries = [];

    /// <summary>The runspace's current session; null for none, or for one that was disconnected.</summary>
    internal static BitwardenSession? Get(PSCmdlet cmdlet)
    {
        Entry? entry = EntryOfRunspace();
        bool marked = entry?.Current is BitwardenSession current
            && cmdlet.SessionState.PSVariable.GetValue(MarkerVariable) is object marker
            && LanguagePrimitives.Equals(marker, current.Id.ToString());
        return marked ? Connected(entry) : null;
    }

    /// <summary>The same for completers, which have no cmdlet to look at variables with, and show names only.</summary>
    internal static BitwardenSession? GetForCompletion() => Connected(EntryOfRunspace());

    /// <summary>A login of this runspace that a server has demanded additional authentication for; null when there is none.</summary>
    internal static PendingChallenge? PendingChallenge
    {
        get => EntryOfRunspace()?.PendingChallenge;
        set
        {
            if (Runspace.DefaultRunspace is Runspace runspace)
            {
                s_entries.GetOrCreateValue(runspace).PendingChallenge = value;
            }
        }
    }

    /// <summary>The sessions that were connected in this runspace and are still there.</summary>
    internal static IReadOnlyList<BitwardenSession> Owned()
    {
        Entry? entry = EntryOfRunspace();
        return entry is null ? [] : [.. SessionStore.All.Where(entry.Owned.Contains)];
    }

    /// <summary>
    /// Makes a new session current. One of the same account that was connected here before, for example with a key that was rotated since, is disconnected;
    /// one that talks to the server does not go for a copy.
    /// </summary>
    internal static void Start(PSCmdlet cmdlet, BitwardenSession session)
    {
        BitwardenSession? old = Get(cmdlet);
        SessionStore.Add(session);
        Set(cmdlet, session, connectedHere: true);
        bool isReplaced = old is not null && Owned().Contains(old) && old.Account == session.Account && old.Server == session.Server
            && (session.CopyAge is null || old.CopyAge is not null);
        if (isReplaced)
        {
            old!.Dispose();
        }
    }

    internal static void Set(PSCmdlet cmdlet, BitwardenSession session, bool connectedHere)
    {
        if (Runspace.DefaultRunspace is not Runspace runspace)
        {
            return;
        }

        Entry entry = s_entries.GetOrCreateValue(runspace);
        entry.Current = session;
        cmdlet.SessionState.PSVariable.Set(MarkerVariable, session.Id.ToString());
        if (connectedHere)
        {
            LockWithRunspace(runspace, entry);
            entry.Owned.RemoveWhere(owned => owned.State == BitwardenSessionState.Disconnected);
            entry.Owned.Add(session);
        }
    }

    // The runspace keeps the entry alive as long as it lives itself, and not longer.
    private static void LockWithRunspace(Runspace runspace, Entry entry)
    {
        if (entry.IsWatched)
        {
            return;
        }

        entry.IsWatched = true;
        runspace.StateChanged += (_, change) =>
        {
            if (change.RunspaceStateInfo.State is RunspaceState.Closing or RunspaceState.Closed or RunspaceState.Broken)
            {
                entry.Lock();
            }
        };
    }

    private static Entry? EntryOfRunspace() =>
        Runspace.DefaultRunspace is Runspace runspace && s_entries.TryGetValue(runspace, out Entry? entry) ? entry : null;

    private static BitwardenSession? Connected(Entry? entry) =>
        entry?.Current is { State: not BitwardenSessionState.Disconnected } session ? session : null;

    private sealed class Entry
    {
        internal BitwardenSession? Current { get; set; }

        internal HashSet<BitwardenSession> Owned { get; } = [];

        internal PendingChallenge? PendingChallenge { get; set; }

        internal bool IsWatched { get; set; }

        // In a thread of the runspace that ends, beside the one that uses it.
        internal void Lock()
        {
            foreach (BitwardenSession session in SessionStore.All.Where(Owned.Contains))
            {
                session.Lock();
            }
        }
    }
}
