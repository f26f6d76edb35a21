namespace Bitwarden.Core.Api;

/// <summary>The time limit of one call, repetitions included, beside the caller's own cancellation.</summary>
internal sealed class Deadline : IDisposable
{
    private readonly TimeProvider _time;
    private readonly TimeSpan _limit;
    private readonly long _start;
    private readonly CancellationToken _caller;
    private readonly CancellationTokenSource _over;
    private readonly CancellationTokenSource _either;

    internal Deadline(ConnectionOptions options, CancellationToken caller)
    {
        _time = options.TimeProvider;
        _limit = options.Timeout;
        _start = _time.GetTimestamp();
        _caller = caller;
        _over = new CancellationTokenSource(_limit, _time);
        _either = CancellationTokenSource.CreateLinkedTokenSource(_over.Token, caller);
    }

    /// <summary>Ends with the time limit, or when the caller cancels.</summary>
    internal CancellationToken Token => _either.Token;

    /// <summary>Whether the time limit has passed; not when the caller cancelled.</summary>
    internal bool IsOver => _over.IsCancellationRequested && !_caller.IsCancellationRequested;

    /// <summary>Waits, if there is time left afterwards; false when there is not.</summary>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    internal async Task<bool> WaitAsync(TimeSpan wait)
    {
        if (_time.GetElapsedTime(_start) + wait >= _limit)
        {
            return false;
        }

        try
        {
            await Task.Delay(wait, _time, Token).ConfigureAwait(false);
            return true;
        }
        catch (OperationCanceledException) when (IsOver)
        {
            return false;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _either.Dispose();
        _over.Dispose();
    }
}
