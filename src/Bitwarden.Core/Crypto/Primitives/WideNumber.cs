using System.Security.Cryptography;

namespace Bitwarden.Core.Crypto.Primitives;

/// <summary>
/// Arithmetic on large secret numbers for which .NET has no form that can be zeroed; a BigInteger leaves copies. Takes the same steps for all numbers of a
/// length.
/// </summary>
internal static class WideNumber
{
    /// <summary>The remainder of a division, bit by bit.</summary>
    /// <param name="dividend">Big-endian.</param>
    /// <param name="divisor">Big-endian, not zero.</param>
    /// <param name="remainder">As long as the divisor.</param>
    internal static void Remainder(ReadOnlySpan<byte> dividend, ReadOnlySpan<byte> divisor, Span<byte> remainder)
    {
        Span<byte> less = stackalloc byte[divisor.Length];
        remainder.Clear();
        for (int i = 0; i < 8 * dividend.Length; i++)
        {
            int bit = (dividend[i / 8] >> (7 - (i % 8))) & 1;
            int overflow = ShiftIn(remainder, bit);
            int borrow = Subtract(remainder, divisor, less);
            byte keep = (byte)-(borrow & ~overflow & 1);
            for (int at = 0; at < less.Length; at++)
            {
                remainder[at] = (byte)((remainder[at] & keep) | (less[at] & ~keep));
            }
        }

        CryptographicOperations.ZeroMemory(less);
    }

    private static int ShiftIn(Span<byte> number, int bit)
    {
        for (int at = number.Length - 1; at >= 0; at--)
        {
            int shifted = (number[at] << 1) | bit;
            number[at] = (byte)shifted;
            bit = shifted >> 8;
        }

        return bit;
    }

    private static int Subtract(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right, Span<byte> result)
    {
        int borrow = 0;
        for (int at = left.Length - 1; at >= 0; at--)
        {
            int difference = left[at] - right[at] - borrow;
            result[at] = (byte)difference;
            borrow = (difference >> 8) & 1;
        }

        return borrow;
    }
}
