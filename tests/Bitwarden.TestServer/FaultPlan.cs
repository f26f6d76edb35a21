namespace Bitwarden.TestServer;

/// <summary>The faults that are due. The first that matches a request, in the order of adding, happens to it.</summary>
public sealed class FaultPlan
{
    private readonly object _gate = new();
    private readonly List<Fault> _faults = [];

    /// <summary>Adds a fault.</summary>
    public void Add(Fault fault)
    {
        ArgumentNullException.ThrowIfNull(fault);
        lock (_gate)
        {
            _faults.Add(fault);
        }
    }

    /// <summary>Forgets all faults.</summary>
    public void Clear()
    {
        lock (_gate)
        {
            _faults.Clear();
        }
    }

    internal Fault? Take(string method, string path)
    {
        lock (_gate)
        {
            int index = _faults.FindIndex(fault => fault.Times > 0 && fault.Matches(method, path));
            if (index < 0)
            {
                return null;
            }

            Fault fault = _faults[index];
            _faults[index] = fault.Times == int.MaxValue ? fault : fault with { Times = fault.Times - 1 };
            return fault;
        }
    }
}
