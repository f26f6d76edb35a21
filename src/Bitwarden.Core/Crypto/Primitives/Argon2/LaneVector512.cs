using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Bitwarden.Core.Crypto.Primitives.Argon2;

/// <summary>512-bit registers: AVX-512, unless the runtime holds them to be slow on this processor.</summary>
internal readonly unsafe struct LaneVector512 : ILaneVector<Vector512<ulong>>
{
    public static bool IsSupported => Vector512.IsHardwareAccelerated && Avx512BW.IsSupported;

    public static int Width => 4;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<ulong> Load(ulong* source) => Vector512.Load(source);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(ulong* destination, Vector512<ulong> value) => value.Store(destination);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<ulong> Xor(Vector512<ulong> left, Vector512<ulong> right) => left ^ right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<ulong> MultiplyAdd(Vector512<ulong> left, Vector512<ulong> right)
    {
        Vector512<ulong> product = Avx512F.Multiply(left.AsUInt32(), right.AsUInt32());
        return left + right + product + product;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<ulong> RotateRight(Vector512<ulong> value, [ConstantExpected] byte count) => Avx512F.RotateRight(value, count);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<ulong> HighLow(Vector512<ulong> high, Vector512<ulong> low) =>
        Avx512BW.AlignRight(low.AsByte(), high.AsByte(), sizeof(ulong)).AsUInt64();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Transpose(ref Vector512<ulong> v0, ref Vector512<ulong> v1, ref Vector512<ulong> v2, ref Vector512<ulong> v3)
    {
        Vector512<ulong> low01 = Avx512F.Shuffle4x128(v0, v1, 0b01_00_01_00);
        Vector512<ulong> high01 = Avx512F.Shuffle4x128(v0, v1, 0b11_10_11_10);
        Vector512<ulong> low23 = Avx512F.Shuffle4x128(v2, v3, 0b01_00_01_00);
        Vector512<ulong> high23 = Avx512F.Shuffle4x128(v2, v3, 0b11_10_11_10);
        v0 = Avx512F.Shuffle4x128(low01, low23, 0b10_00_10_00);
        v1 = Avx512F.Shuffle4x128(low01, low23, 0b11_01_11_01);
        v2 = Avx512F.Shuffle4x128(high01, high23, 0b10_00_10_00);
        v3 = Avx512F.Shuffle4x128(high01, high23, 0b11_01_11_01);
    }
}
