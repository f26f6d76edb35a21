using System.Diagnostics.CodeAnalysis;

namespace Bitwarden.Core.Crypto.Primitives.Argon2;

/// <summary>
/// What the Argon2 kernel needs of a vector of 64-bit words, seen as <see cref="Width"/> parts of 128 bits. Implemented per
/// register size; as a type argument it costs nothing, the compiler sees through it.
/// </summary>
/// <typeparam name="TVector">The vector itself.</typeparam>
internal unsafe interface ILaneVector<TVector>
    where TVector : struct
{
    /// <summary>Parts of 128 bits: 1, 2 or 4.</summary>
    static abstract int Width { get; }

    static abstract TVector Load(ulong* source);

    static abstract void Store(ulong* destination, TVector value);

    static abstract TVector Xor(TVector left, TVector right);

    /// <summary>left + right + 2 * low(left) * low(right) per word, low being the low 32 bits.</summary>
    static abstract TVector MultiplyAdd(TVector left, TVector right);

    /// <summary>Rotates each word right by 32, 24, 16 or 63 bits.</summary>
    static abstract TVector RotateRight(TVector value, [ConstantExpected] byte count);

    /// <summary>Per part of 128 bits: the high word of one and the low word of another.</summary>
    static abstract TVector HighLow(TVector high, TVector low);

    /// <summary>Transposes each run of <see cref="Width"/> of the four vectors as a square matrix of 128-bit parts.</summary>
    static abstract void Transpose(ref TVector v0, ref TVector v1, ref TVector v2, ref TVector v3);
}
