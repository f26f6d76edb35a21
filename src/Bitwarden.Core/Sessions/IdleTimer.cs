namespace Bitwarden.Core.Sessions;

/// <summary>
/// Calls back once nothing has happened for a while. Two clocks count: the monotonic one, which nobody can set back, and the wall clock, which goes on while
/// the machine sleeps. Cheap to touch: the timer re-arms itself when it finds that it came early.
/// </summary>
internal sealed class IdleTimer : IDisposable
{
    // Not longer, so that a machine that wakes up soon notices; not shorter, so that no timeout keeps a processor busy.
    private static readonly TimeSpan s_longestWait = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan s_shortestWait = TimeSpan.FromMilliseconds(100);

    private readonly TimeProvider _time;
    private readonly TimeSpan _timeout;
    private readonly Action _idle;
    private readonly ITimer? _timer;
    private long _lastUse;
    private long _lastUseUtc;

    internal IdleTimer(TimeSpan timeout, TimeProvider time, Action idle)
    {
        _time = time;
        _timeout = timeout;
        _idle = idle;
        Touch();
        if (timeout >= TimeSpan.Zero)
        {
            _timer = time.CreateTimer(_ => Check(), null, Wait(timeout), Timeout.InfiniteTimeSpan);
        }
    }

    /// <summary>Starts the time anew.</summary>
    internal void Touch()
    {
        Interlocked.Exchange(ref _lastUse, _time.GetTimestamp());
        Interlocked.Exchange(ref _lastUseUtc, _time.GetUtcNow().UtcTicks);
    }

    /// <summary>Starts the time anew, unless it has run out already: a use that comes too late finds the vault locked.</summary>
    internal void Use()
    {
        LockIfDue();
        Touch();
    }

    /// <summary>Calls back if the time has run out, whether or not the timer has noticed.</summary>
    internal void LockIfDue()
    {
        if (_timer is not null && Left() <= TimeSpan.Zero)
        {
            _idle();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _timer?.Dispose();

    private void Check()
    {
        LockIfDue();
        _timer?.Change(Wait(Left()), Timeout.InfiniteTimeSpan);
    }

    private TimeSpan Left()
    {
        TimeSpan elapsed = _time.GetElapsedTime(Interlocked.Read(ref _lastUse));
        TimeSpan elapsedUtc = TimeSpan.FromTicks(_time.GetUtcNow().UtcTicks - Interlocked.Read(ref _lastUseUtc));
        return _timeout - (elapsed > elapsedUtc ? elapsed : elapsedUtc);
    }

    private TimeSpan Wait(TimeSpan left)
    {
        TimeSpan wait = left > TimeSpan.Zero ? left : _timeout;
        return wait > s_longestWait ? s_longestWait : wait < s_shortestWait ? s_shortestWait : wait;
    }
}
