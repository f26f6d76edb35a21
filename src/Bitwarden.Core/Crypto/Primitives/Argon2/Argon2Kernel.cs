using System.Runtime.CompilerServices;

namespace Bitwarden.Core.Crypto.Primitives.Argon2;

/// <summary>
/// The compression function G of RFC 9106 section 3.5, on a block seen as 8 rows of 8 pairs of words. Several rows, then several
/// columns, go through the permutation side by side, one in each 128-bit part of the vectors.
/// </summary>
/// <typeparam name="TOps">The operations at one register size.</typeparam>
/// <typeparam name="TVector">The vector of that size.</typeparam>
internal static unsafe class Argon2Kernel<TOps, TVector>
    where TOps : struct, ILaneVector<TVector>
    where TVector : struct
{
    private const int Order = 8;
    private const int PairWords = 2;
    private const int RowWords = Order * PairWords;

    /// <summary>target = G(previous, reference) XOR old; any of the four may be the same block.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Fill(ulong* previous, ulong* reference, ulong* old, ulong* target, ulong* scratch)
    {
        PermuteRows(previous, reference, old, target, scratch);
        PermuteColumns(scratch, target);
    }

    // AggressiveOptimization here and in the segment loop: PowerShell starts loops in unoptimised code, 6 to 7 times slower.
    // What the column phase has to add at the end, R XOR old, goes straight to the target while R is at hand.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void PermuteRows(ulong* previous, ulong* reference, ulong* old, ulong* target, ulong* scratch)
    {
        for (int row = 0; row < Order; row += TOps.Width)
        {
            int start = row * RowWords;
            TVector a0 = Absorb(previous, reference, old, target, start + RowOffset(0));
            TVector a1 = Absorb(previous, reference, old, target, start + RowOffset(1));
            TVector b0 = Absorb(previous, reference, old, target, start + RowOffset(2));
            TVector b1 = Absorb(previous, reference, old, target, start + RowOffset(3));
            TVector c0 = Absorb(previous, reference, old, target, start + RowOffset(4));
            TVector c1 = Absorb(previous, reference, old, target, start + RowOffset(5));
            TVector d0 = Absorb(previous, reference, old, target, start + RowOffset(6));
            TVector d1 = Absorb(previous, reference, old, target, start + RowOffset(7));
            TOps.Transpose(ref a0, ref a1, ref b0, ref b1);
            TOps.Transpose(ref c0, ref c1, ref d0, ref d1);
            Permute(ref a0, ref a1, ref b0, ref b1, ref c0, ref c1, ref d0, ref d1);
            TOps.Transpose(ref a0, ref a1, ref b0, ref b1);
            TOps.Transpose(ref c0, ref c1, ref d0, ref d1);
            ulong* rows = scratch + start;
            TOps.Store(rows + RowOffset(0), a0);
            TOps.Store(rows + RowOffset(1), a1);
            TOps.Store(rows + RowOffset(2), b0);
            TOps.Store(rows + RowOffset(3), b1);
            TOps.Store(rows + RowOffset(4), c0);
            TOps.Store(rows + RowOffset(5), c1);
            TOps.Store(rows + RowOffset(6), d0);
            TOps.Store(rows + RowOffset(7), d1);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void PermuteColumns(ulong* scratch, ulong* target)
    {
        for (int column = 0; column < Order; column += TOps.Width)
        {
            ulong* source = scratch + (column * PairWords);
            TVector a0 = TOps.Load(source);
            TVector a1 = TOps.Load(source + RowWords);
            TVector b0 = TOps.Load(source + (2 * RowWords));
            TVector b1 = TOps.Load(source + (3 * RowWords));
            TVector c0 = TOps.Load(source + (4 * RowWords));
            TVector c1 = TOps.Load(source + (5 * RowWords));
            TVector d0 = TOps.Load(source + (6 * RowWords));
            TVector d1 = TOps.Load(source + (7 * RowWords));
            Permute(ref a0, ref a1, ref b0, ref b1, ref c0, ref c1, ref d0, ref d1);
            ulong* result = target + (column * PairWords);
            XorInto(result, a0);
            XorInto(result + RowWords, a1);
            XorInto(result + (2 * RowWords), b0);
            XorInto(result + (3 * RowWords), b1);
            XorInto(result + (4 * RowWords), c0);
            XorInto(result + (5 * RowWords), c1);
            XorInto(result + (6 * RowWords), d0);
            XorInto(result + (7 * RowWords), d1);
        }
    }

    // Runs of Width vectors lie below each other, one in each row, so that transposing a run puts each row in its own part.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int RowOffset(int vector) =>
        (vector % TOps.Width * RowWords) + (vector / TOps.Width * TOps.Width * PairWords);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Absorb(ulong* previous, ulong* reference, ulong* old, ulong* target, int offset)
    {
        TVector mixed = TOps.Xor(TOps.Load(previous + offset), TOps.Load(reference + offset));
        TOps.Store(target + offset, TOps.Xor(mixed, TOps.Load(old + offset)));
        return mixed;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void XorInto(ulong* target, TVector value) => TOps.Store(target, TOps.Xor(TOps.Load(target), value));

    // Permutation P of section 3.6. Words 0 to 15 are a0 to d1; the diagonals become columns by turning b, c and d. Eight
    // parameters, since the compiler keeps eight variables in registers, but not a structure of eight.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Permute(
        ref TVector a0, ref TVector a1, ref TVector b0, ref TVector b1, ref TVector c0, ref TVector c1, ref TVector d0, ref TVector d1)
    {
        Mix(ref a0, ref b0, ref c0, ref d0);
        Mix(ref a1, ref b1, ref c1, ref d1);
        (b0, b1) = (TOps.HighLow(b0, b1), TOps.HighLow(b1, b0));
        (d0, d1) = (TOps.HighLow(d1, d0), TOps.HighLow(d0, d1));
        Mix(ref a0, ref b0, ref c1, ref d0);
        Mix(ref a1, ref b1, ref c0, ref d1);
        (b0, b1) = (TOps.HighLow(b1, b0), TOps.HighLow(b0, b1));
        (d0, d1) = (TOps.HighLow(d0, d1), TOps.HighLow(d1, d0));
    }

    // GB of section 3.6.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Mix(ref TVector a, ref TVector b, ref TVector c, ref TVector d)
    {
        a = TOps.MultiplyAdd(a, b);
        d = TOps.RotateRight(TOps.Xor(d, a), 32);
        c = TOps.MultiplyAdd(c, d);
        b = TOps.RotateRight(TOps.Xor(b, c), 24);
        a = TOps.MultiplyAdd(a, b);
        d = TOps.RotateRight(TOps.Xor(d, a), 16);
        c = TOps.MultiplyAdd(c, d);
        b = TOps.RotateRight(TOps.Xor(b, c), 63);
    }
}
