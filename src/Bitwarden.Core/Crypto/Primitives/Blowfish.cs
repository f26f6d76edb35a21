using System.Numerics;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Bitwarden.Core.Crypto.Primitives;

/// <summary>
/// Blowfish (Schneier, Fast Software Encryption 1993) with the key schedule of bcrypt, which mixes a salt in (Provos and Mazieres, USENIX 1999). Encrypts only.
/// Its tables are looked up by secret values, as the cipher demands: what is derived here is as safe from others on the same processor as in ssh itself.
/// </summary>
internal sealed class Blowfish : IDisposable
{
    private const int Rounds = 16;
    private const int Subkeys = Rounds + 2;
    private const int Words = Subkeys + (4 * 256);

    private static readonly Lazy<uint[]> s_initial = new(FractionOfPi);
    private readonly uint[] _state = GC.AllocateUninitializedArray<uint>(Words, pinned: true);

    /// <summary>Starts anew, with tables that hold no key.</summary>
    internal void Reset() => s_initial.Value.CopyTo(_state, 0);

    /// <summary>Mixes a key, and the salt if there is one, into the tables.</summary>
    /// <param name="key">Words of the key, repeated as needed.</param>
    /// <param name="salt">Words of the salt, of even number; empty for none.</param>
    internal void Expand(ReadOnlySpan<uint> key, ReadOnlySpan<uint> salt)
    {
        for (int i = 0; i < Subkeys; i++)
        {
            _state[i] ^= key[i % key.Length];
        }

        uint left = 0;
        uint right = 0;
        int next = 0;
        for (int i = 0; i < Words; i += 2)
        {
            if (salt.Length > 0)
            {
                left ^= salt[next];
                right ^= salt[next + 1];
                next = (next + 2) % salt.Length;
            }

            Encrypt(ref left, ref right);
            _state[i] = left;
            _state[i + 1] = right;
        }
    }

    /// <summary>Encrypts one block.</summary>
    internal void Encrypt(ref uint left, ref uint right)
    {
        ReadOnlySpan<uint> state = _state.AsSpan(0, Words);
        uint l = left ^ state[0];
        uint r = right;
        for (int i = 1; i <= Rounds; i += 2)
        {
            r ^= Mix(state, l) ^ state[i];
            l ^= Mix(state, r) ^ state[i + 1];
        }

        left = r ^ state[Rounds + 1];
        right = l;
    }

    /// <inheritdoc/>
    public void Dispose() => CryptographicOperations.ZeroMemory(MemoryMarshal.AsBytes(_state.AsSpan()));

    private static uint Mix(ReadOnlySpan<uint> state, uint x)
    {
        uint sum = state[Subkeys + (int)(x >> 24)] + state[Subkeys + 256 + (int)((x >> 16) & 0xFF)];
        return (sum ^ state[Subkeys + 512 + (int)((x >> 8) & 0xFF)]) + state[Subkeys + 768 + (int)(x & 0xFF)];
    }

    // The tables begin as the binary digits of pi behind the point. Computing them (Machin) is shorter than writing them down.
    private static uint[] FractionOfPi()
    {
        const int Guard = 64;
        int bits = (32 * Words) + Guard;
        BigInteger one = BigInteger.One << bits;
        BigInteger pi = 4 * ((4 * InverseTangent(5, one)) - InverseTangent(239, one));
        byte[] digits = ((pi - (3 * one)) >> Guard).ToByteArray(isUnsigned: true, isBigEndian: true);
        uint[] result = new uint[Words];
        byte[] padded = new byte[4 * Words];
        digits.CopyTo(padded, padded.Length - digits.Length);
        for (int i = 0; i < Words; i++)
        {
            result[i] = System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(padded.AsSpan(4 * i));
        }

        return result;
    }

    private static BigInteger InverseTangent(int inverse, BigInteger one)
    {
        BigInteger power = one / inverse;
        BigInteger sum = power;
        for (int n = 3; !power.IsZero; n += 2)
        {
            power /= -inverse * inverse;
            sum += power / n;
        }

        return sum;
    }
}
