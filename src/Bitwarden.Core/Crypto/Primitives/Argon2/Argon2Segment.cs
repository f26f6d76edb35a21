using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace Bitwarden.Core.Crypto.Primitives.Argon2;

/// <summary>Fills the segments of one slice that fall to one thread.</summary>
/// <typeparam name="TOps">The operations at one register size.</typeparam>
/// <typeparam name="TVector">The vector of that size.</typeparam>
internal static unsafe class Argon2Segment<TOps, TVector>
    where TOps : struct, ILaneVector<TVector>
    where TVector : struct
{
    private const int AddressesPerBlock = 128;
    private const int CacheLine = 64;

    // Lanes take turns block by block: while one is computed, the memory that the others refer to is on its way to the cache.
    // They may, since a lane refers to other lanes only as they were at the last barrier.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Fill(Argon2Matrix matrix, Argon2Lane[] lanes, in Argon2Slice slice)
    {
        foreach (Argon2Lane lane in lanes)
        {
            StartAddresses(matrix, lane, slice);
            lane.Reference = NextReference(matrix, lane, slice, slice.FirstIndex);
        }

        for (int index = slice.FirstIndex; index < slice.Length; index++)
        {
            foreach (Argon2Lane lane in lanes)
            {
                ulong* target = BlockAt(lane, slice.Start + index);
                ulong* old = slice.Pass == 0 ? matrix.ZeroBlock : target;
                Argon2Kernel<TOps, TVector>.Fill(Previous(matrix, lane, slice, index), lane.Reference, old, target, lane.Scratch);
                if (index + 1 < slice.Length)
                {
                    lane.Reference = NextReference(matrix, lane, slice, index + 1);
                    Prefetch((byte*)lane.Reference);
                }
            }
        }
    }

    private static void StartAddresses(Argon2Matrix matrix, Argon2Lane lane, in Argon2Slice slice)
    {
        ulong* input = lane.AddressInput;
        input[0] = (uint)slice.Pass;
        input[1] = (uint)lane.Number;
        input[2] = (uint)slice.Number;
        input[3] = (ulong)matrix.BlockCount;
        input[4] = (uint)matrix.PassCount;
        input[5] = Argon2id.Type;
        input[6] = 0;
        if (slice.HasIndependentAddresses && slice.FirstIndex > 0)
        {
            NextAddresses(matrix, lane);
        }
    }

    private static void NextAddresses(Argon2Matrix matrix, Argon2Lane lane)
    {
        lane.AddressInput[6]++;
        ulong* zero = matrix.ZeroBlock;
        Argon2Kernel<TOps, TVector>.Fill(zero, lane.AddressInput, zero, lane.Addresses, lane.Scratch);
        Argon2Kernel<TOps, TVector>.Fill(zero, lane.Addresses, zero, lane.Addresses, lane.Scratch);
    }

    // The mapping of J1 and J2 to a block, RFC 9106 section 3.4.2.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong* NextReference(Argon2Matrix matrix, Argon2Lane lane, in Argon2Slice slice, int index)
    {
        ulong random = NextRandom(matrix, lane, slice, index);
        int laneNumber = slice.FirstIndex > 0 ? lane.Number : (int)((uint)(random >> 32) % (uint)matrix.LaneCount);
        int candidates = laneNumber == lane.Number ? slice.WindowLength + index - 1
            : index == 0 ? slice.WindowLength - 1
            : slice.WindowLength;
        ulong squared = (random & uint.MaxValue) * (random & uint.MaxValue) >> 32;
        long position = (long)slice.WindowStart + candidates - 1 - (long)((ulong)candidates * squared >> 32);
        return matrix.Block(laneNumber, (int)(position < matrix.LaneLength ? position : position - matrix.LaneLength));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong NextRandom(Argon2Matrix matrix, Argon2Lane lane, in Argon2Slice slice, int index)
    {
        if (!slice.HasIndependentAddresses)
        {
            return *Previous(matrix, lane, slice, index);
        }

        if (index % AddressesPerBlock == 0)
        {
            NextAddresses(matrix, lane);
        }

        return lane.Addresses[index % AddressesPerBlock];
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong* Previous(Argon2Matrix matrix, Argon2Lane lane, in Argon2Slice slice, int index)
    {
        int position = slice.Start + index;
        return BlockAt(lane, (position == 0 ? matrix.LaneLength : position) - 1);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong* BlockAt(Argon2Lane lane, int position) =>
        lane.Blocks + ((long)position * (Argon2Memory.BlockSize / sizeof(ulong)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Prefetch(byte* block)
    {
        if (Sse.IsSupported)
        {
            for (int offset = 0; offset < Argon2Memory.BlockSize; offset += CacheLine)
            {
                Sse.Prefetch0(block + offset);
            }
        }
    }
}
