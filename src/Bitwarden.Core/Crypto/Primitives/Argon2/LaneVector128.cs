using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace Bitwarden.Core.Crypto.Primitives.Argon2;

/// <summary>128-bit registers: SSE, NEON, and what the runtime emulates where there is neither.</summary>
internal readonly unsafe struct LaneVector128 : ILaneVector<Vector128<ulong>>
{
    public static int Width => 1;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<ulong> Load(ulong* source) => Vector128.Load(source);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(ulong* destination, Vector128<ulong> value) => value.Store(destination);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<ulong> Xor(Vector128<ulong> left, Vector128<ulong> right) => left ^ right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<ulong> MultiplyAdd(Vector128<ulong> left, Vector128<ulong> right)
    {
        Vector128<ulong> product = MultiplyLow(left, right);
        return left + right + product + product;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<ulong> RotateRight(Vector128<ulong> value, [ConstantExpected] byte count) => count switch
    {
        32 => Vector128.Shuffle(value.AsUInt32(), Vector128.Create(1u, 0, 3, 2)).AsUInt64(),
        24 => Vector128.Shuffle(value.AsByte(), Vector128.Create((byte)3, 4, 5, 6, 7, 0, 1, 2, 11, 12, 13, 14, 15, 8, 9, 10)).AsUInt64(),
        16 => Vector128.Shuffle(value.AsByte(), Vector128.Create((byte)2, 3, 4, 5, 6, 7, 0, 1, 10, 11, 12, 13, 14, 15, 8, 9)).AsUInt64(),
        _ => (value >>> count) ^ (value << (64 - count)),
    };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<ulong> HighLow(Vector128<ulong> high, Vector128<ulong> low) =>
        Ssse3.IsSupported ? Ssse3.AlignRight(low, high, sizeof(ulong))
        : AdvSimd.IsSupported ? AdvSimd.ExtractVector128(high, low, 1)
        : Vector128.Create(high.GetUpper(), low.GetLower());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Transpose(ref Vector128<ulong> v0, ref Vector128<ulong> v1, ref Vector128<ulong> v2, ref Vector128<ulong> v3)
    {
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<ulong> MultiplyLow(Vector128<ulong> left, Vector128<ulong> right) =>
        Sse2.IsSupported ? Sse2.Multiply(left.AsUInt32(), right.AsUInt32())
        : AdvSimd.IsSupported
            ? AdvSimd.MultiplyWideningLower(AdvSimd.ExtractNarrowingLower(left), AdvSimd.ExtractNarrowingLower(right))
        : (left & Vector128.Create((ulong)uint.MaxValue)) * (right & Vector128.Create((ulong)uint.MaxValue));
}
