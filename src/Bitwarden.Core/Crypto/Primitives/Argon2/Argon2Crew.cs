using System.Runtime.ExceptionServices;

namespace Bitwarden.Core.Crypto.Primitives.Argon2;

/// <summary>Fills a lane's share of a slice.</summary>
internal delegate void Argon2SegmentFiller(Argon2Matrix matrix, Argon2Lane[] lanes, in Argon2Slice slice);

/// <summary>
/// The threads that fill a matrix, the caller among them. Dedicated ones: the pool may be cold or busy, and they wait for each
/// other. No more than processors, each with as many lanes as the busiest needs. They start while the caller prepares the first
/// blocks, and use that time to compile the kernel.
/// </summary>
internal sealed class Argon2Crew : IDisposable
{
    private readonly Argon2Matrix _matrix;
    private readonly Argon2SegmentFiller _filler;
    private readonly CancellationToken _cancellationToken;
    private readonly Argon2Barrier _barrier;
    private readonly Argon2Lane[] _lanes;
    private readonly int _share;
    private readonly List<Thread> _threads = [];
    private ExceptionDispatchInfo? _failure;

    internal Argon2Crew(Argon2Matrix matrix, Argon2SegmentFiller filler, CancellationToken cancellationToken)
    {
        _matrix = matrix;
        _filler = filler;
        _cancellationToken = cancellationToken;
        Argon2Lane[] lanes = new Argon2Lane[matrix.LaneCount];
        for (int i = 0; i < lanes.Length; i++)
        {
            lanes[i] = new Argon2Lane(matrix, i);
        }

        _share = (lanes.Length + Environment.ProcessorCount - 1) / Environment.ProcessorCount;
        _lanes = lanes;
        _barrier = new Argon2Barrier((lanes.Length + _share - 1) / _share);
    }

    /// <summary>Starts the threads; they wait until <see cref="Fill"/> or <see cref="Dispose"/>.</summary>
    internal void Start()
    {
        for (int first = _share; first < _lanes.Length; first += _share)
        {
            Argon2Lane[] lanes = _lanes[first..Math.Min(first + _share, _lanes.Length)];
            Thread thread = new(() => Prepare(lanes)) { IsBackground = true, Name = nameof(Argon2id) };
            thread.Start();
            _threads.Add(thread);
        }
    }

    /// <summary>Fills the matrix, in which the first two blocks of each lane must be there, on all threads.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled; noticed between slices.</exception>
    internal void Fill()
    {
        Run(() => FillLanes(_lanes[.._share]));
        Join();
        _failure?.Throw();
        if (_barrier.IsBroken)
        {
            throw new OperationCanceledException(_cancellationToken);
        }
    }

    /// <summary>Stops the threads, unless they are done, and waits for their end.</summary>
    public void Dispose()
    {
        _barrier.Break();
        Join();
    }

    private void Join() => _threads.ForEach(thread => thread.Join());

    // Filling nothing brings the kernel and the segment loop through the compiler.
    private void Prepare(Argon2Lane[] lanes) => Run(() =>
    {
        _filler(_matrix, lanes, new Argon2Slice(_matrix, 0, 0) { Length = 0 });
        FillLanes(lanes);
    });

    private void FillLanes(Argon2Lane[] lanes)
    {
        long sliceCount = (long)_matrix.PassCount * Argon2Matrix.SliceCount;
        for (long slice = 0; slice < sliceCount; slice++)
        {
            if (_cancellationToken.IsCancellationRequested)
            {
                _barrier.Break();
            }

            if (!_barrier.SignalAndWait())
            {
                return;
            }

            (long pass, long number) = Math.DivRem(slice, Argon2Matrix.SliceCount);
            _filler(_matrix, lanes, new Argon2Slice(_matrix, (int)pass, (int)number));
        }
    }

    // Whatever happens on a thread is for the caller to see, and must not leave the others waiting.
    private void Run(Action work)
    {
        try
        {
            work();
        }
        catch (Exception e)
        {
            _failure = ExceptionDispatchInfo.Capture(e);
            _barrier.Break();
        }
    }
}
