using System.Security.Cryptography;

namespace Bitwarden.Core.Crypto.Primitives;

/// <summary>
/// The public key of an Ed25519 seed (RFC 8032, section 5.1.5). Nothing is signed here: that is done by whoever gets the seed. Takes the same steps for every
/// seed. A point is (X, Y, Z, T) in the extended coordinates of section 5.1.4.
/// </summary>
internal static class Ed25519
{
    /// <summary>Bytes of a seed, and of a public key.</summary>
    internal const int KeyLength = 32;

    private const int Element = Field25519.Size;
    private const int Point = 4 * Element;
    private const int Bits = 256;

    // 2 * d, and the base point B (RFC 8032, section 5.1).
    private static readonly long[] s_twiceD = Constant("2406D9DC56DFFCE7198E80F2EEF3D13000E0149A8283B156EBD69B9426B2F159");
    private static readonly long[] s_baseX = Constant("216936D3CD6E53FEC0A4E231FDD6DC5C692CC7609525A7B2C9562D608F25D51A");
    private static readonly long[] s_baseY = Constant("6666666666666666666666666666666666666666666666666666666666666658");

    /// <summary>Derives the public key.</summary>
    /// <param name="seed">32 bytes.</param>
    /// <param name="publicKey">32 bytes.</param>
    internal static void DerivePublicKey(ReadOnlySpan<byte> seed, Span<byte> publicKey)
    {
        Span<byte> hash = stackalloc byte[SHA512.HashSizeInBytes];
        SHA512.HashData(seed, hash);
        hash[0] &= 0xF8;
        hash[31] = (byte)((hash[31] & 0x7F) | 0x40);
        Span<long> product = stackalloc long[Point];
        MultiplyBase(hash[..KeyLength], product);
        Encode(product, publicKey);
        CryptographicOperations.ZeroMemory(hash);
        Field25519.Clear(product);
    }

    private static void MultiplyBase(ReadOnlySpan<byte> scalar, Span<long> result)
    {
        Span<long> next = stackalloc long[Point];
        result.Clear();
        next.Clear();
        result[Element] = result[2 * Element] = next[2 * Element] = 1;
        s_baseX.CopyTo(next);
        s_baseY.CopyTo(next[Element..]);
        Field25519.Multiply(s_baseX, s_baseY, next[(3 * Element)..]);
        for (int i = Bits - 1; i >= 0; i--)
        {
            long bit = (scalar[i / 8] >> (i % 8)) & 1;
            Field25519.Swap(result, next, bit);
            AddTo(next, result);
            AddTo(result, result);
            Field25519.Swap(result, next, bit);
        }

        Field25519.Clear(next);
    }

    // The addition of section 5.1.4, which doubles too. It reads all of both points before it writes.
    private static void AddTo(Span<long> sum, ReadOnlySpan<long> other)
    {
        Span<long> work = stackalloc long[9 * Element];
        Span<long> a = Part(work, 0), b = Part(work, 1), c = Part(work, 2), d = Part(work, 3);
        Span<long> e = Part(work, 4), f = Part(work, 5), g = Part(work, 6), h = Part(work, 7), t = Part(work, 8);
        Field25519.Subtract(Part(sum, 1), Part(sum, 0), a);
        Field25519.Subtract(other[Element..], other, t);
        Field25519.Multiply(a, t, a);
        Field25519.Add(Part(sum, 1), Part(sum, 0), b);
        Field25519.Add(other[Element..], other, t);
        Field25519.Multiply(b, t, b);
        Field25519.Multiply(Part(sum, 3), other[(3 * Element)..], c);
        Field25519.Multiply(c, s_twiceD, c);
        Field25519.Multiply(Part(sum, 2), other[(2 * Element)..], d);
        Field25519.Add(d, d, d);
        Field25519.Subtract(b, a, e);
        Field25519.Subtract(d, c, f);
        Field25519.Add(d, c, g);
        Field25519.Add(b, a, h);
        Field25519.Multiply(e, f, Part(sum, 0));
        Field25519.Multiply(g, h, Part(sum, 1));
        Field25519.Multiply(f, g, Part(sum, 2));
        Field25519.Multiply(e, h, Part(sum, 3));
        Field25519.Clear(work);
    }

    // The y coordinate, with the lowest bit of x in its highest place (section 5.1.2).
    private static void Encode(ReadOnlySpan<long> point, Span<byte> encoded)
    {
        Span<long> inverse = stackalloc long[Element];
        Span<long> coordinate = stackalloc long[Element];
        Span<byte> x = stackalloc byte[KeyLength];
        Field25519.Invert(point.Slice(2 * Element, Element), inverse);
        Field25519.Multiply(point, inverse, coordinate);
        Field25519.Write(coordinate, x);
        Field25519.Multiply(point[Element..], inverse, coordinate);
        Field25519.Write(coordinate, encoded);
        encoded[KeyLength - 1] |= (byte)((x[0] & 1) << 7);
    }

    private static Span<long> Part(Span<long> elements, int index) => elements.Slice(index * Element, Element);

    private static long[] Constant(string hexadecimal)
    {
        long[] result = new long[Element];
        Field25519.Read(Convert.FromHexString(hexadecimal), result);
        return result;
    }
}
