namespace Bitwarden.Core.Sessions;

/// <summary>Calls back once nothing has happened for a while. Cheap to touch: the timer re-arms itself when it finds that it came early.</summary>
internal sealed class IdleTimer : IDisposable
{
    private readonly TimeProvider _time;
    private readonly TimeSpan _timeout;
    private readonly Action _idle;
    private readonly ITimer? _timer;
    private long _lastUse;

    internal IdleTimer(TimeSpan timeout, TimeProvider time, Action idle)
    {
        _time = time;
        _timeout = timeout;
        _idle = idle;
        Touch();
        if (timeout >= TimeSpan.Zero)
        {
            _timer = time.CreateTimer(_ => Check(), null, timeout, Timeout.InfiniteTimeSpan);
        }
    }

    internal void Touch() => Interlocked.Exchange(ref _lastUse, _time.GetTimestamp());

    /// <inheritdoc/>
    public void Dispose() => _timer?.Dispose();

    private void Check()
    {
        TimeSpan left = _timeout - _time.GetElapsedTime(Interlocked.Read(ref _lastUse));
        bool isIdle = left <= TimeSpan.Zero;
        if (isIdle)
        {
            _idle();
        }

        _timer?.Change(isIdle ? _timeout : left, Timeout.InfiniteTimeSpan);
    }
}
