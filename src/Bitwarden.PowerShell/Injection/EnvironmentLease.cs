using System.Management.Automation.Runspaces;
using Bitwarden.Core.Errors;
using Bitwarden.PowerShell.Errors;

namespace Bitwarden.PowerShell.Injection;

/// <summary>
/// Environment variables that are set until this object is disposed, or its runspace is gone. A process has one environment: a variable that one runspace
/// has set so is not to be had by another. In one runspace blocks nest, and each puts back what was there before it, in whatever order they end.
/// </summary>
internal sealed class EnvironmentLease : IDisposable
{
    // Of all runspaces: for each variable who has set it, the newest last.
    private static readonly Dictionary<string, List<Holder>> s_holders = new(EnvironmentNames.Comparer);

    private readonly Runspace? _runspace;
    private readonly List<string> _names = [];

    private EnvironmentLease(Runspace? runspace) => _runspace = runspace;

    /// <summary>Sets all variables, or none.</summary>
    /// <param name="wanted">Names and values that the operating system takes.</param>
    /// <param name="runspace">Whose block it is for.</param>
    /// <exception cref="InvalidInputException">EnvironmentInUse.</exception>
    internal static EnvironmentLease Take(IReadOnlyDictionary<string, string> wanted, Runspace? runspace)
    {
        EnvironmentLease lease = new(runspace);
        lock (s_holders)
        {
            string[] taken = [.. wanted.Keys.Where(name => HoldersOf(name).Exists(holder => holder.Lease._runspace != runspace))];
            if (taken.Length > 0)
            {
                throw InputErrors.EnvironmentInUse(taken);
            }

            lease.SetAll(wanted);
        }

        if (runspace is not null)
        {
            runspace.StateChanged += lease.OnStateChanged;
        }

        return lease;
    }

    /// <summary>Puts back what was there before; once.</summary>
    public void Dispose()
    {
        if (_runspace is not null)
        {
            _runspace.StateChanged -= OnStateChanged;
        }

        lock (s_holders)
        {
            _names.ForEach(PutBack);
            _names.Clear();
        }
    }

    private static List<Holder> HoldersOf(string name) => s_holders.TryGetValue(name, out List<Holder>? holders) ? holders : [];

    private void SetAll(IReadOnlyDictionary<string, string> wanted)
    {
        try
        {
            foreach ((string name, string value) in wanted)
            {
                List<Holder> holders = s_holders.TryGetValue(name, out List<Holder>? known) ? known : s_holders[name] = [];
                holders.Add(new Holder(this, Environment.GetEnvironmentVariable(name)));
                _names.Add(name);
                Environment.SetEnvironmentVariable(name, value);
            }
        }
        catch
        {
            // Out of memory, or a rule of the operating system that is not known here. Nothing stays half set.
            _names.ForEach(PutBack);
            _names.Clear();
            throw;
        }
    }

    private void PutBack(string name)
    {
        List<Holder> holders = s_holders[name];
        int place = holders.FindIndex(holder => holder.Lease == this);
        string? before = holders[place].Before;
        holders.RemoveAt(place);
        if (place < holders.Count)
        {
            // A block within this one goes on. What was there before this one is what it has to put back.
            holders[place] = holders[place] with { Before = before };
            return;
        }

        Environment.SetEnvironmentVariable(name, before);
        if (holders.Count == 0)
        {
            s_holders.Remove(name);
        }
    }

    private void OnStateChanged(object? sender, RunspaceStateEventArgs change)
    {
        if (change.RunspaceStateInfo.State is RunspaceState.Closed or RunspaceState.Broken)
        {
            Dispose();
        }
    }

    private sealed record Holder(EnvironmentLease Lease, string? Before);
}
