namespace Bitwarden.Core.Crypto.Primitives.Argon2;

/// <summary>
/// A barrier that can be broken, so that a thread that fails or is cancelled strands nobody. It spins and yields instead of
/// blocking: segments are equally long, and the framework's barrier loads an assembly on the first call.
/// </summary>
internal sealed class Argon2Barrier(int participants)
{
    private int _arrived;
    private volatile int _generation;
    private volatile bool _broken;

    internal bool IsBroken => _broken;

    internal void Break() => _broken = true;

    /// <summary>Waits for the other participants; false when there is no point in going on.</summary>
    internal bool SignalAndWait()
    {
        int generation = _generation;
        if (Interlocked.Increment(ref _arrived) == participants)
        {
            _arrived = 0;
            _generation = generation + 1;
        }

        SpinWait spinner = default;
        while (_generation == generation && !_broken)
        {
            spinner.SpinOnce(sleep1Threshold: -1);
        }

        return !_broken;
    }
}
