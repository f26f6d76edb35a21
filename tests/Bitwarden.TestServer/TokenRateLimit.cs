namespace Bitwarden.TestServer;

/// <summary>How many token requests a minute the server takes; 10 on the official cloud, any number here unless a test says otherwise.</summary>
internal sealed class TokenRateLimit(int? perMinute, ServerClock clock)
{
    private static readonly TimeSpan s_window = TimeSpan.FromMinutes(1);
    private readonly object _gate = new();
    private readonly Queue<DateTime> _taken = new();

    internal int? PerMinute { get; set; } = perMinute;

    /// <summary>Counts a request; gives how long to wait when it is one too many.</summary>
    internal TimeSpan? Take()
    {
        lock (_gate)
        {
            DateTime now = clock.UtcNow;
            while (_taken.TryPeek(out DateTime oldest) && now - oldest >= s_window)
            {
                _taken.Dequeue();
            }

            if (PerMinute is int limit && _taken.Count >= limit)
            {
                return (_taken.TryPeek(out DateTime first) ? first : now) + s_window - now;
            }

            _taken.Enqueue(now);
            return null;
        }
    }
}
