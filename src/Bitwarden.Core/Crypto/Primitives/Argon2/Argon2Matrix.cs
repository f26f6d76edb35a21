namespace Bitwarden.Core.Crypto.Primitives.Argon2;

/// <summary>The blocks of RFC 9106 section 3.2, lane after lane, followed by working blocks; the zero block is clear from the start.</summary>
internal sealed unsafe class Argon2Matrix : IDisposable
{
    internal const int SliceCount = 4;
    internal const int FirstBlocks = 2;
    internal const int LaneBlocksMin = FirstBlocks * SliceCount;
    private const int WorkingBlocksPerLane = 3;

    private readonly Argon2Memory _memory;

    internal Argon2Matrix(in Argon2Parameters parameters)
    {
        PassCount = parameters.Iterations;
        LaneCount = parameters.Parallelism;
        SegmentLength = parameters.MemoryKib / SliceCount / LaneCount;
        BlockCount = (long)LaneLength * LaneCount;
        _memory = new Argon2Memory(BlockCount + 1 + ((long)WorkingBlocksPerLane * LaneCount));
        ZeroBlock = _memory[BlockCount];
        new Span<byte>(ZeroBlock, Argon2Memory.BlockSize).Clear();
    }

    internal int PassCount { get; }

    internal int LaneCount { get; }

    internal int SegmentLength { get; }

    internal int LaneLength => SegmentLength * SliceCount;

    /// <summary>m', without the working blocks.</summary>
    internal long BlockCount { get; }

    internal ulong* ZeroBlock { get; }

    internal ulong* Block(int lane, int index) => _memory[((long)lane * LaneLength) + index];

    internal Span<byte> BlockBytes(int lane, int index) => new(Block(lane, index), Argon2Memory.BlockSize);

    /// <summary>One of three blocks that belong to a lane and hold nothing at first.</summary>
    internal ulong* WorkingBlock(int lane, int number) => _memory[BlockCount + 1 + ((long)lane * WorkingBlocksPerLane) + number];

    public void Dispose() => _memory.Dispose();
}
