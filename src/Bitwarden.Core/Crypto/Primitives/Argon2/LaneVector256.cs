using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Bitwarden.Core.Crypto.Primitives.Argon2;

/// <summary>256-bit registers: AVX2.</summary>
internal readonly unsafe struct LaneVector256 : ILaneVector<Vector256<ulong>>
{
    public static bool IsSupported => Avx2.IsSupported;

    public static int Width => 2;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<ulong> Load(ulong* source) => Vector256.Load(source);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(ulong* destination, Vector256<ulong> value) => value.Store(destination);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<ulong> Xor(Vector256<ulong> left, Vector256<ulong> right) => left ^ right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<ulong> MultiplyAdd(Vector256<ulong> left, Vector256<ulong> right)
    {
        Vector256<ulong> product = Avx2.Multiply(left.AsUInt32(), right.AsUInt32());
        return left + right + product + product;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<ulong> RotateRight(Vector256<ulong> value, [ConstantExpected] byte count) => count switch
    {
        32 => Avx2.Shuffle(value.AsUInt32(), 0b10_11_00_01).AsUInt64(),
        24 => ShuffleBytes(value, Vector128.Create((byte)3, 4, 5, 6, 7, 0, 1, 2, 11, 12, 13, 14, 15, 8, 9, 10)),
        16 => ShuffleBytes(value, Vector128.Create((byte)2, 3, 4, 5, 6, 7, 0, 1, 10, 11, 12, 13, 14, 15, 8, 9)),
        _ => (value >>> count) ^ (value << (64 - count)),
    };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<ulong> HighLow(Vector256<ulong> high, Vector256<ulong> low) => Avx2.AlignRight(low, high, sizeof(ulong));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Transpose(ref Vector256<ulong> v0, ref Vector256<ulong> v1, ref Vector256<ulong> v2, ref Vector256<ulong> v3)
    {
        (v0, v1) = (Avx2.Permute2x128(v0, v1, 0x20), Avx2.Permute2x128(v0, v1, 0x31));
        (v2, v3) = (Avx2.Permute2x128(v2, v3, 0x20), Avx2.Permute2x128(v2, v3, 0x31));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<ulong> ShuffleBytes(Vector256<ulong> value, Vector128<byte> order) =>
        Avx2.Shuffle(value.AsByte(), Vector256.Create(order, order)).AsUInt64();
}
