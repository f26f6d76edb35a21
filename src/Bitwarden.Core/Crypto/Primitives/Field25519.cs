using System.Security.Cryptography;

namespace Bitwarden.Core.Crypto.Primitives;

/// <summary>
/// The field of 2^255 - 19 (RFC 8032, section 5.1): sixteen limbs of sixteen bits, each in a signed 64-bit number, so that sums and products need no carry
/// at once. Neither branches nor indexes depend on a value. Operands may be the same as the result.
/// </summary>
internal static class Field25519
{
    /// <summary>Limbs of one element.</summary>
    internal const int Size = 16;

    // 2^256 is 38 in the field: 2 * 19.
    private const long Fold = 38;

    /// <summary>Reads an element.</summary>
    /// <param name="bigEndian">32 bytes.</param>
    /// <param name="result">16 limbs.</param>
    internal static void Read(ReadOnlySpan<byte> bigEndian, Span<long> result)
    {
        for (int i = 0; i < Size; i++)
        {
            result[i] = bigEndian[31 - (2 * i)] | ((long)bigEndian[30 - (2 * i)] << 8);
        }
    }

    internal static void Add(ReadOnlySpan<long> left, ReadOnlySpan<long> right, Span<long> result)
    {
        for (int i = 0; i < Size; i++)
        {
            result[i] = left[i] + right[i];
        }
    }

    internal static void Subtract(ReadOnlySpan<long> left, ReadOnlySpan<long> right, Span<long> result)
    {
        for (int i = 0; i < Size; i++)
        {
            result[i] = left[i] - right[i];
        }
    }

    internal static void Multiply(ReadOnlySpan<long> left, ReadOnlySpan<long> right, Span<long> result)
    {
        Span<long> product = stackalloc long[2 * Size];
        product.Clear();
        for (int i = 0; i < Size; i++)
        {
            for (int j = 0; j < Size; j++)
            {
                product[i + j] += left[i] * right[j];
            }
        }

        for (int i = 0; i < Size; i++)
        {
            result[i] = product[i] + (Fold * product[i + Size]);
        }

        Carry(result);
        Carry(result);
        Clear(product);
    }

    /// <summary>The inverse, as the power of 2^255 - 21.</summary>
    internal static void Invert(ReadOnlySpan<long> value, Span<long> result)
    {
        Span<long> power = stackalloc long[Size];
        value.CopyTo(power);
        for (int bit = 253; bit >= 0; bit--)
        {
            Multiply(power, power, power);
            if (bit is not (2 or 4))
            {
                Multiply(power, value, power);
            }
        }

        power.CopyTo(result);
        Clear(power);
    }

    /// <summary>Swaps two elements, or any number of them side by side, when a bit is one.</summary>
    internal static void Swap(Span<long> left, Span<long> right, long bit)
    {
        long mask = -bit;
        for (int i = 0; i < left.Length; i++)
        {
            long difference = mask & (left[i] ^ right[i]);
            left[i] ^= difference;
            right[i] ^= difference;
        }
    }

    /// <summary>Writes an element in its one reduced form.</summary>
    /// <param name="value">The element.</param>
    /// <param name="littleEndian">32 bytes.</param>
    internal static void Write(ReadOnlySpan<long> value, Span<byte> littleEndian)
    {
        Span<long> reduced = stackalloc long[Size];
        value.CopyTo(reduced);
        Carry(reduced);
        Carry(reduced);
        Carry(reduced);
        SubtractPrimeOnce(reduced);
        SubtractPrimeOnce(reduced);
        for (int i = 0; i < Size; i++)
        {
            littleEndian[2 * i] = (byte)reduced[i];
            littleEndian[(2 * i) + 1] = (byte)(reduced[i] >> 8);
        }

        Clear(reduced);
    }

    internal static void Clear(Span<long> secret) => CryptographicOperations.ZeroMemory(System.Runtime.InteropServices.MemoryMarshal.AsBytes(secret));

    private static void Carry(Span<long> value)
    {
        for (int i = 0; i < Size; i++)
        {
            long carry = value[i] >> 16;
            value[i] -= carry << 16;
            if (i < Size - 1)
            {
                value[i + 1] += carry;
            }
            else
            {
                value[0] += Fold * carry;
            }
        }
    }

    private static void SubtractPrimeOnce(Span<long> value)
    {
        Span<long> less = stackalloc long[Size];
        long borrow = 0;
        for (int i = 0; i < Size; i++)
        {
            long limb = value[i] - (i == 0 ? 0xFFED : i == Size - 1 ? 0x7FFF : 0xFFFF) - borrow;
            borrow = (limb >> 16) & 1;
            less[i] = limb & 0xFFFF;
        }

        Swap(value, less, 1 - borrow);
        Clear(less);
    }
}
