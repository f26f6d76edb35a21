using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Bitwarden.Core.Crypto.Primitives.Argon2;

/// <summary>H', the hash with output of any length that RFC 9106 section 3.3 builds from BLAKE2b.</summary>
internal static class Argon2VariableHash
{
    private const int Step = Blake2b.MaxOutputSize / 2;

    internal static void Hash(ReadOnlySpan<byte> input, Span<byte> output)
    {
        Span<byte> buffer = stackalloc byte[Blake2b.MaxOutputSize];
        Span<byte> link = buffer[..Math.Min(output.Length, buffer.Length)];
        Span<byte> length = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(length, output.Length);
        Blake2b first = new(link.Length);
        first.Update(length);
        first.Update(input);
        first.Finish(link);

        // Every link of the chain gives its first half, the last one all of it.
        while (output.Length > Blake2b.MaxOutputSize)
        {
            link[..Step].CopyTo(output);
            output = output[Step..];
            Span<byte> next = link[..Math.Min(output.Length, link.Length)];
            Blake2b.Hash(link, next);
            link = next;
        }

        link.CopyTo(output);
        CryptographicOperations.ZeroMemory(buffer);
    }
}
