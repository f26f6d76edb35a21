namespace Bitwarden.TestServer;

/// <summary>The only clock of one server: the time of its options, ahead by as much as tests have moved it.</summary>
public sealed class ServerClock(TimeProvider time)
{
    private long _aheadTicks;

    /// <summary>Now, as tokens, codes, revision dates, rate limits and the Date header have it.</summary>
    public DateTime UtcNow => time.GetUtcNow().UtcDateTime + TimeSpan.FromTicks(Interlocked.Read(ref _aheadTicks));

    /// <summary>Moves the clock ahead. What is waiting goes on waiting, since a wait is counted by the time of the options.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="by"/> is negative; revision dates never go back.</exception>
    public void Advance(TimeSpan by)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(by, TimeSpan.Zero);
        Interlocked.Add(ref _aheadTicks, by.Ticks);
    }

    internal Task DelayAsync(TimeSpan delay, CancellationToken cancellationToken) => Task.Delay(delay, time, cancellationToken);
}
