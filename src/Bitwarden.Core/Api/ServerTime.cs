namespace Bitwarden.Core.Api;

/// <summary>
/// What time it is at the server, by the date of its answers (RFC 9110, section 6.6.1): never later than it really is there, and at most some two seconds
/// earlier. Our own clock may be off by any amount. Safe for use by several threads.
/// </summary>
internal sealed class ServerTime
{
    private readonly TimeProvider _time;
    private volatile Reading? _last;

    internal ServerTime(TimeProvider time)
    {
        _time = time;
    }

    /// <summary>The time there; ours where no answer had a date.</summary>
    internal DateTimeOffset Now => _last is Reading last ? last.Date + _time.GetElapsedTime(last.Arrived) : _time.GetUtcNow();

    internal void Note(HttpResponseMessage answer) =>
        _last = answer.Headers.Date is DateTimeOffset date ? new Reading(date, _time.GetTimestamp()) : _last;

    private sealed record Reading(DateTimeOffset Date, long Arrived);
}
