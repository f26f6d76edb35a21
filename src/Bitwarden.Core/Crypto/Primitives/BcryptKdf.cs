using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Bitwarden.Core.Crypto.Primitives;

/// <summary>
/// bcrypt_pbkdf, by which ssh-keygen encrypts private keys: PBKDF2 with bcrypt over SHA-512 instead of an HMAC, and the output's bytes dealt out over all
/// blocks (OpenBSD, bcrypt_pbkdf(3)). There is no RFC; the tests hold it against files of ssh-keygen. One round of one block costs about 4 ms.
/// </summary>
internal static class BcryptKdf
{
    private const int BlockLength = 32;
    private const int BlockWords = BlockLength / 4;
    private const int HashLength = SHA512.HashSizeInBytes;
    private const int HashWords = HashLength / 4;
    private const int Repeats = 64;

    /// <summary>Derives a key.</summary>
    /// <param name="passphrase">The passphrase, not empty.</param>
    /// <param name="salt">The salt, not empty.</param>
    /// <param name="rounds">Rounds, one or more.</param>
    /// <param name="key">The key, 1 to 1,024 bytes.</param>
    /// <param name="cancellationToken">Looked at before each round.</param>
    internal static void Derive(
        ReadOnlySpan<byte> passphrase, ReadOnlySpan<byte> salt, int rounds, Span<byte> key, CancellationToken cancellationToken)
    {
        int blocks = (key.Length + BlockLength - 1) / BlockLength;
        Span<byte> hashed = stackalloc byte[HashLength];
        Span<byte> block = stackalloc byte[BlockLength];
        SHA512.HashData(passphrase, hashed);
        using Blowfish cipher = new();
        for (int i = 0; i < blocks; i++)
        {
            DeriveBlock(cipher, hashed, Numbered(salt, i + 1), rounds, block, cancellationToken);
            for (int from = 0, to = i; from < BlockLength && to < key.Length; from++, to += blocks)
            {
                key[to] = block[from];
            }
        }

        CryptographicOperations.ZeroMemory(hashed);
        CryptographicOperations.ZeroMemory(block);
    }

    private static void DeriveBlock(
        Blowfish cipher, ReadOnlySpan<byte> passphrase, byte[] salt, int rounds, Span<byte> block, CancellationToken cancellationToken)
    {
        Span<byte> hashedSalt = stackalloc byte[HashLength];
        Span<byte> output = stackalloc byte[BlockLength];
        SHA512.HashData(salt, hashedSalt);
        block.Clear();
        for (int round = 0; round < rounds; round++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Hash(cipher, passphrase, hashedSalt, output);
            SHA512.HashData(output, hashedSalt);
            for (int i = 0; i < BlockLength; i++)
            {
                block[i] ^= output[i];
            }
        }

        CryptographicOperations.ZeroMemory(output);
        CryptographicOperations.ZeroMemory(hashedSalt);
    }

    private static void Hash(Blowfish cipher, ReadOnlySpan<byte> passphrase, ReadOnlySpan<byte> salt, Span<byte> output)
    {
        Span<uint> key = stackalloc uint[HashWords];
        Span<uint> saltWords = stackalloc uint[HashWords];
        Span<uint> data = stackalloc uint[BlockWords];
        ReadWords(passphrase, key);
        ReadWords(salt, saltWords);
        ReadWords("OxychromaticBlowfishSwatDynamite"u8, data);
        cipher.Reset();
        cipher.Expand(key, saltWords);
        for (int i = 0; i < Repeats; i++)
        {
            cipher.Expand(saltWords, []);
            cipher.Expand(key, []);
        }

        for (int i = 0; i < BlockWords; i += 2)
        {
            for (int n = 0; n < Repeats; n++)
            {
                cipher.Encrypt(ref data[i], ref data[i + 1]);
            }
        }

        for (int i = 0; i < BlockWords; i++)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(output[(4 * i)..], data[i]);
        }

        CryptographicOperations.ZeroMemory(MemoryMarshal.AsBytes(key));
        CryptographicOperations.ZeroMemory(MemoryMarshal.AsBytes(data));
    }

    private static byte[] Numbered(ReadOnlySpan<byte> salt, int number)
    {
        byte[] result = new byte[salt.Length + 4];
        salt.CopyTo(result);
        BinaryPrimitives.WriteInt32BigEndian(result.AsSpan(salt.Length), number);
        return result;
    }

    private static void ReadWords(ReadOnlySpan<byte> bytes, Span<uint> words)
    {
        for (int i = 0; i < words.Length; i++)
        {
            words[i] = BinaryPrimitives.ReadUInt32BigEndian(bytes[(4 * i)..]);
        }
    }
}
