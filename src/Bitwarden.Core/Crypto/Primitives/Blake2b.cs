using System.Buffers.Binary;
using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Bitwarden.Core.Crypto.Primitives;

/// <summary>BLAKE2b of RFC 7693, unkeyed, with 1 to 64 bytes of output. Zeroes itself in <see cref="Finish"/>.</summary>
internal unsafe ref struct Blake2b
{
    internal const int MaxOutputSize = 64;
    private const int BlockSize = 128;
    private const int WordCount = 8;
    private const int RoundCount = 12;

    private fixed ulong _state[WordCount];
    private fixed byte _buffer[BlockSize];
    private readonly int _outputSize;
    private int _buffered;

    // The counter of section 2.1 is 128 bits wide; nothing hashed here comes near 2^64 bytes.
    private ulong _counter;

    internal Blake2b(int outputSize)
    {
        Debug.Assert(outputSize is > 0 and <= MaxOutputSize);
        _outputSize = outputSize;
        InitialState.CopyTo(State);
        _state[0] ^= 0x01010000UL ^ (uint)outputSize;
    }

    private static ReadOnlySpan<ulong> InitialState =>
    [
        0x6a09e667f3bcc908, 0xbb67ae8584caa73b, 0x3c6ef372fe94f82b, 0xa54ff53a5f1d36f1,
        0x510e527fade682d1, 0x9b05688c2b3e6c1f, 0x1f83d9abfb41bd6b, 0x5be0cd19137e2179,
    ];

    private static ReadOnlySpan<byte> Schedule =>
    [
        0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15,
        14, 10, 4, 8, 9, 15, 13, 6, 1, 12, 0, 2, 11, 7, 5, 3,
        11, 8, 12, 0, 5, 2, 15, 13, 10, 14, 3, 6, 7, 1, 9, 4,
        7, 9, 3, 1, 13, 12, 11, 14, 2, 6, 5, 10, 4, 0, 15, 8,
        9, 0, 5, 7, 2, 4, 10, 15, 14, 1, 11, 12, 6, 8, 3, 13,
        2, 12, 6, 10, 0, 11, 8, 3, 4, 13, 7, 5, 15, 14, 1, 9,
        12, 5, 1, 15, 14, 13, 4, 10, 0, 7, 6, 3, 9, 2, 8, 11,
        13, 11, 7, 14, 12, 1, 3, 9, 5, 0, 15, 4, 8, 6, 2, 10,
        6, 15, 14, 9, 11, 3, 0, 8, 12, 2, 13, 7, 1, 4, 10, 5,
        10, 2, 8, 4, 7, 6, 1, 5, 15, 11, 9, 14, 3, 12, 13, 0,
        0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15,
        14, 10, 4, 8, 9, 15, 13, 6, 1, 12, 0, 2, 11, 7, 5, 3,
    ];

    [UnscopedRef]
    private Span<ulong> State => MemoryMarshal.CreateSpan(ref _state[0], WordCount);

    [UnscopedRef]
    private Span<byte> Buffer => MemoryMarshal.CreateSpan(ref _buffer[0], BlockSize);

    /// <summary>Hashes one piece of data; the length of <paramref name="output"/> is the output size.</summary>
    internal static void Hash(scoped ReadOnlySpan<byte> input, scoped Span<byte> output)
    {
        Blake2b hash = new(output.Length);
        hash.Update(input);
        hash.Finish(output);
    }

    internal void Update(scoped ReadOnlySpan<byte> input)
    {
        while (!input.IsEmpty)
        {
            // A full buffer waits for more input, since the last block is compressed with a flag.
            if (_buffered == BlockSize)
            {
                Compress(isLast: false);
            }

            int taken = Math.Min(input.Length, BlockSize - _buffered);
            input[..taken].CopyTo(Buffer[_buffered..]);
            _buffered += taken;
            input = input[taken..];
        }
    }

    /// <summary>Writes the hash and zeroes the state.</summary>
    internal void Finish(scoped Span<byte> output)
    {
        Debug.Assert(output.Length == _outputSize);
        Buffer[_buffered..].Clear();
        Compress(isLast: true);
        for (int i = 0; i < output.Length; i++)
        {
            output[i] = (byte)(_state[i / sizeof(ulong)] >> (i % sizeof(ulong) * 8));
        }

        CryptographicOperations.ZeroMemory(MemoryMarshal.AsBytes(State));
        CryptographicOperations.ZeroMemory(Buffer);
    }

    private void Compress(bool isLast)
    {
        _counter += (uint)_buffered;
        _buffered = 0;
        Span<ulong> message = stackalloc ulong[16];
        Span<ulong> work = stackalloc ulong[16];
        for (int i = 0; i < message.Length; i++)
        {
            message[i] = BinaryPrimitives.ReadUInt64LittleEndian(Buffer[(i * sizeof(ulong))..]);
        }

        State.CopyTo(work);
        InitialState.CopyTo(work[WordCount..]);
        work[12] ^= _counter;
        work[14] ^= isLast ? ulong.MaxValue : 0;
        RunRounds(ref work[0], ref message[0]);
        for (int i = 0; i < WordCount; i++)
        {
            _state[i] ^= work[i] ^ work[i + WordCount];
        }

        CryptographicOperations.ZeroMemory(MemoryMarshal.AsBytes(message));
        CryptographicOperations.ZeroMemory(MemoryMarshal.AsBytes(work));
    }

    // Optimised at once: one Argon2id derivation compresses some 250 blocks before its threads have anything to do.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void RunRounds(ref ulong v, ref ulong message)
    {
        ref byte sigma = ref MemoryMarshal.GetReference(Schedule);
        for (int round = 0; round < RoundCount; round++)
        {
            for (int i = 0; i < WordCount; i++)
            {
                // Columns first (shift 0), then diagonals: row r moves on by r positions.
                int shift = i / 4;
                ref ulong a = ref Unsafe.Add(ref v, i % 4);
                ref ulong b = ref Unsafe.Add(ref v, 4 + ((i + shift) % 4));
                ref ulong c = ref Unsafe.Add(ref v, 8 + ((i + (2 * shift)) % 4));
                ref ulong d = ref Unsafe.Add(ref v, 12 + ((i + (3 * shift)) % 4));
                a += b + Unsafe.Add(ref message, sigma);
                d = BitOperations.RotateRight(d ^ a, 32);
                c += d;
                b = BitOperations.RotateRight(b ^ c, 24);
                a += b + Unsafe.Add(ref message, Unsafe.Add(ref sigma, 1));
                d = BitOperations.RotateRight(d ^ a, 16);
                c += d;
                b = BitOperations.RotateRight(b ^ c, 63);
                sigma = ref Unsafe.Add(ref sigma, 2);
            }
        }
    }
}
