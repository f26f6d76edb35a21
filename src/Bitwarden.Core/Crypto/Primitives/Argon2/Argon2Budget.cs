namespace Bitwarden.Core.Crypto.Primitives.Argon2;

/// <summary>
/// How much memory the derivations of a process may have at once. Who comes when it is used up waits, in the order of coming: many unlocks at once take longer
/// instead of more than there is. One that needs more than all of it runs alone.
/// </summary>
internal sealed class Argon2Budget
{
    private readonly object _gate = new();
    private readonly LinkedList<long> _waiting = [];
    private readonly long _total;
    private long _used;

    internal Argon2Budget(long total)
    {
        _total = total;
    }

    /// <summary>The budget of this process: half of what it may use, by the limit of its container if it has one.</summary>
    internal static Argon2Budget Process { get; } = new(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 2);

    /// <summary>Bytes in all.</summary>
    internal long Total => _total;

    /// <summary>How many wait at this moment.</summary>
    internal int Waiting
    {
        get
        {
            lock (_gate)
            {
                return _waiting.Count;
            }
        }
    }

    /// <summary>Waits until there is enough; dispose the share to give it back.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    internal Share Take(long bytes, CancellationToken cancellationToken)
    {
        using CancellationTokenRegistration cancelled = cancellationToken.Register(Wake);
        lock (_gate)
        {
            LinkedListNode<long> place = _waiting.AddLast(bytes);
            try
            {
                while (!MayGo(place))
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    Monitor.Wait(_gate);
                }

                _used += bytes;
                return new Share(this, bytes);
            }
            finally
            {
                _waiting.Remove(place);
                Monitor.PulseAll(_gate);
            }
        }
    }

    private bool MayGo(LinkedListNode<long> place) => _waiting.First == place && (_used == 0 || _used + place.Value <= _total);

    private void Wake()
    {
        lock (_gate)
        {
            Monitor.PulseAll(_gate);
        }
    }

    private void Return(long bytes)
    {
        lock (_gate)
        {
            _used -= bytes;
            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>What a derivation may use.</summary>
    internal readonly struct Share(Argon2Budget budget, long bytes) : IDisposable
    {
        public void Dispose() => budget.Return(bytes);
    }
}
