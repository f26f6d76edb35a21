using System.Buffers.Binary;
using System.Runtime.Intrinsics;
using System.Security.Cryptography;

namespace Bitwarden.Core.Crypto.Primitives.Argon2;

/// <summary>
/// Argon2id version 0x13 (RFC 9106) on as many threads as there are lanes and processors. Everything derived from the password
/// is zeroed at the end. Memory comes from the system for each derivation and goes back to it.
/// </summary>
internal static class Argon2id
{
    private const int Version = 0x13;
    internal const int Type = 2;
    private const int TagSizeMin = 4;

    /// <summary>Derives a key.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A parameter, or the length of the output, is below RFC 9106's minimum.</exception>
    /// <exception cref="InsufficientMemoryException">There is not enough memory, even alone.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled; it is checked four times in each pass.</exception>
    internal static void DeriveKey(
        ReadOnlySpan<byte> password,
        ReadOnlySpan<byte> salt,
        in Argon2Parameters parameters,
        Span<byte> output,
        CancellationToken cancellationToken = default) =>
        DeriveKey(new Argon2Inputs { Password = password, Salt = salt }, parameters, output, cancellationToken);

    /// <summary>Derives a key from all four inputs, with the widest registers there are.</summary>
    internal static void DeriveKey(
        in Argon2Inputs inputs, in Argon2Parameters parameters, Span<byte> output, CancellationToken cancellationToken = default)
    {
        if (LaneVector512.IsSupported)
        {
            DeriveKey<LaneVector512, Vector512<ulong>>(inputs, parameters, output, cancellationToken);
        }
        else if (LaneVector256.IsSupported)
        {
            DeriveKey<LaneVector256, Vector256<ulong>>(inputs, parameters, output, cancellationToken);
        }
        else
        {
            DeriveKey<LaneVector128, Vector128<ulong>>(inputs, parameters, output, cancellationToken);
        }
    }

    /// <summary>Derives a key with registers of a given size.</summary>
    internal static void DeriveKey<TOps, TVector>(
        in Argon2Inputs inputs, in Argon2Parameters parameters, Span<byte> output, CancellationToken cancellationToken = default)
        where TOps : struct, ILaneVector<TVector>
        where TVector : struct
    {
        EnsureValid(parameters, output.Length);
        cancellationToken.ThrowIfCancellationRequested();
        using Argon2Budget.Share share = Argon2Budget.Process.Take(1024L * parameters.MemoryKib, cancellationToken);
        using Argon2Matrix matrix = new(parameters);
        using Argon2Crew crew = new(matrix, Argon2Segment<TOps, TVector>.Fill, cancellationToken);
        crew.Start();
        WriteFirstBlocks(matrix, inputs, parameters, output.Length);
        crew.Fill();
        HashLastBlocks(matrix, output);
    }

    /// <summary>A derivation whose result is dropped: with it everything is compiled before the derivation that somebody waits for.</summary>
    internal static void WarmUp()
    {
        Span<byte> tag = stackalloc byte[TagSizeMin];
        DeriveKey([], [], new Argon2Parameters(1, 2 * Argon2Matrix.LaneBlocksMin, 2), tag);
    }

    private static void EnsureValid(in Argon2Parameters parameters, int tagSize)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(parameters.Iterations, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(parameters.Parallelism, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(parameters.MemoryKib, (long)Argon2Matrix.LaneBlocksMin * parameters.Parallelism);
        ArgumentOutOfRangeException.ThrowIfLessThan(tagSize, TagSizeMin);
        if (!BitConverter.IsLittleEndian)
        {
            throw new PlatformNotSupportedException("Argon2id is implemented for little-endian processors only.");
        }
    }

    // Steps 1 to 4 of RFC 9106 section 3.2.
    private static void WriteFirstBlocks(Argon2Matrix matrix, in Argon2Inputs inputs, in Argon2Parameters parameters, int tagSize)
    {
        Span<byte> seed = stackalloc byte[Blake2b.MaxOutputSize + (2 * sizeof(int))];
        HashInputs(inputs, parameters, tagSize, seed[..Blake2b.MaxOutputSize]);
        for (int lane = 0; lane < matrix.LaneCount; lane++)
        {
            BinaryPrimitives.WriteInt32LittleEndian(seed[(Blake2b.MaxOutputSize + sizeof(int))..], lane);
            for (int index = 0; index < Argon2Matrix.FirstBlocks; index++)
            {
                BinaryPrimitives.WriteInt32LittleEndian(seed[Blake2b.MaxOutputSize..], index);
                Argon2VariableHash.Hash(seed, matrix.BlockBytes(lane, index));
            }
        }

        CryptographicOperations.ZeroMemory(seed);
    }

    private static void HashInputs(in Argon2Inputs inputs, in Argon2Parameters parameters, int tagSize, Span<byte> h0)
    {
        Blake2b hash = new(h0.Length);
        UpdateNumber(ref hash, parameters.Parallelism);
        UpdateNumber(ref hash, tagSize);
        UpdateNumber(ref hash, parameters.MemoryKib);
        UpdateNumber(ref hash, parameters.Iterations);
        UpdateNumber(ref hash, Version);
        UpdateNumber(ref hash, Type);
        UpdateString(ref hash, inputs.Password);
        UpdateString(ref hash, inputs.Salt);
        UpdateString(ref hash, inputs.Secret);
        UpdateString(ref hash, inputs.AssociatedData);
        hash.Finish(h0);
    }

    private static void UpdateString(ref Blake2b hash, ReadOnlySpan<byte> value)
    {
        UpdateNumber(ref hash, value.Length);
        hash.Update(value);
    }

    private static void UpdateNumber(ref Blake2b hash, int value)
    {
        Span<byte> bytes = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, value);
        hash.Update(bytes);
    }

    // Steps 7 and 8.
    private static void HashLastBlocks(Argon2Matrix matrix, Span<byte> output)
    {
        Span<byte> sum = matrix.BlockBytes(0, matrix.LaneLength - 1);
        for (int lane = 1; lane < matrix.LaneCount; lane++)
        {
            Span<byte> last = matrix.BlockBytes(lane, matrix.LaneLength - 1);
            for (int i = 0; i < sum.Length; i++)
            {
                sum[i] ^= last[i];
            }
        }

        Argon2VariableHash.Hash(sum, output);
    }
}
