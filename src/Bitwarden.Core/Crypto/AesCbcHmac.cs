using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Security.Cryptography;
using Bitwarden.Core.Crypto.Primitives;
using Bitwarden.Core.Errors;

namespace Bitwarden.Core.Crypto;

/// <summary>
/// AES-256-CBC with HMAC-SHA256 over IV and ciphertext (EncString type 2), encrypt-then-MAC. Key: 64 bytes, encryption half first.
/// Keeps one hash and one cipher context and its own scratch, because .NET's one-shot calls spend most of their time on set-up;
/// an instance therefore serves one thread at a time. CBC is done here over a reused ECB transform for the same reason. The key is given to the transforms
/// and never
/// set as <see cref="SymmetricAlgorithm.Key"/>: that property, which many calls of .NET read by themselves, gives copies that nobody zeroes.
/// </summary>
internal sealed class AesCbcHmac : IDisposable
{
    private const int BlockLength = 16;
    private readonly IncrementalHash _hmac;
    private readonly ICryptoTransform _decryptor;
    private readonly EncStringBuffer _buffer = new();
    private ICryptoTransform? _encryptor;
    private PassingKeyCipher? _inner;
    private SecretBytes _scratch = new(256);

    internal AesCbcHmac(ReadOnlySpan<byte> encryptionKey, ReadOnlySpan<byte> macKey)
    {
        _hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, macKey);
#pragma warning disable CA5358 // ECB is the building block of the CBC below, never a mode of its own.
        _decryptor = AesTransform.CreateDecryptor(CipherMode.ECB, encryptionKey, iv: null);
#pragma warning restore CA5358
    }

    /// <summary>Verifies, then decrypts. The result points into scratch memory: valid until <see cref="Wipe"/> or the next call.</summary>
    /// <exception cref="EncryptionException">DecryptionFailed; the same for a bad MAC and for bad padding.</exception>
    internal ReadOnlySpan<byte> Decrypt(EncString value) => Decrypt(value.Authenticated, value.Authenticated.Length, value.Mac);

    /// <summary>Decrypts a value that is still JSON; false if it is not of the usual form, and nothing was tried.</summary>
    /// <exception cref="EncryptionException">DecryptionFailed.</exception>
    internal bool TryDecryptJson(ReadOnlySpan<byte> json, out ReadOnlySpan<byte> plaintext)
    {
        plaintext = default;
        if (!_buffer.TryRead(json))
        {
            return false;
        }

        plaintext = Decrypt(_buffer.Authenticated, _buffer.Length, _buffer.Mac);
        return true;
    }

    /// <summary>Opens a key that is wrapped with this one and still JSON, for a short time; null if it is not of the usual form.</summary>
    /// <exception cref="EncryptionException">DecryptionFailed.</exception>
    internal PassingKeyCipher? TryOpen(ReadOnlySpan<byte> wrappedKey)
    {
        if (!TryDecryptJson(wrappedKey, out ReadOnlySpan<byte> key) || key.Length != SymmetricKey.Length)
        {
            return null;
        }

        _inner ??= new PassingKeyCipher();
        _inner.Open(key);
        return _inner;
    }

    /// <summary>Decrypts into memory of its own, without a copy in between: a value can be a file.</summary>
    /// <exception cref="EncryptionException">DecryptionFailed; the same for a bad MAC and for bad padding.</exception>
    internal SecretBytes DecryptAlone(EncString value)
    {
        VerifyMac(value);
        SecretBytes plain = new(value.Data.Length);
        try
        {
            plain.Truncate(DecryptInto(plain, value.Authenticated, value.Authenticated.Length));
            return plain;
        }
        catch
        {
            plain.Dispose();
            throw;
        }
    }

    /// <summary>Encrypts under a fresh random IV.</summary>
    /// <param name="plaintext">Any length.</param>
    /// <param name="encryptionKey">The key once more: only few instances ever encrypt.</param>
    internal EncString Encrypt(ReadOnlySpan<byte> plaintext, ReadOnlySpan<byte> encryptionKey)
    {
        // One transform with an IV of zeros serves for any IV, which is added to the first block here.
        _encryptor ??= AesTransform.CreateEncryptor(CipherMode.CBC, encryptionKey, new byte[BlockLength]);
        byte[] iv = RandomNumberGenerator.GetBytes(EncString.IvLength);
        int length = Pkcs7.PaddedLength(plaintext.Length);
        EnsureScratch(length);
        Span<byte> padded = _scratch.Span[..length];
        Pkcs7.Pad(plaintext, padded);
        Chain(padded[..BlockLength], iv);
        ArraySegment<byte> scratch = _scratch.Segment;
        byte[] data = _encryptor.TransformFinalBlock(scratch.Array!, scratch.Offset, length);
        _hmac.AppendData(iv);
        _hmac.AppendData(data);
        return new EncString(EncStringType.AesCbc256HmacSha256, iv, data, _hmac.GetHashAndReset());
    }

    /// <summary>Zeroes what the last call left.</summary>
    internal void Wipe()
    {
        CryptographicOperations.ZeroMemory(_scratch.Span);
        _inner?.Close();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _decryptor.Dispose();
        _encryptor?.Dispose();
        _inner?.Dispose();
        _hmac.Dispose();
        _scratch.Dispose();
    }

    private int DecryptInto(SecretBytes memory, byte[] authenticated, int authenticatedLength)
    {
        int length = authenticatedLength - EncString.IvLength;
        ArraySegment<byte> target = memory.Segment;
        _decryptor.TransformBlock(authenticated, EncString.IvLength, length, target.Array!, target.Offset);
        Span<byte> plain = memory.Span[..length];
        Chain(plain, authenticated);
        return Pkcs7.Unpad(plain);
    }

    /// <summary>Checks the MAC in constant time, and that there are whole blocks.</summary>
    /// <exception cref="EncryptionException">DecryptionFailed.</exception>
    internal void VerifyMac(EncString value) => VerifyMac(value.Authenticated, value.Mac);

    private ReadOnlySpan<byte> Decrypt(byte[] authenticated, int authenticatedLength, ReadOnlySpan<byte> mac)
    {
        VerifyMac(authenticated.AsSpan(0, authenticatedLength), mac);
        EnsureScratch(authenticatedLength - EncString.IvLength);
        return _scratch.Span[..DecryptInto(_scratch, authenticated, authenticatedLength)];
    }

    private void VerifyMac(ReadOnlySpan<byte> authenticated, ReadOnlySpan<byte> mac)
    {
        Span<byte> expected = stackalloc byte[EncString.MacLength];
        _hmac.AppendData(authenticated);
        _hmac.GetHashAndReset(expected);
        int length = authenticated.Length - EncString.IvLength;
        if (!SameMac(expected, mac) || length <= 0 || length % BlockLength != 0)
        {
            throw EncryptionException.DecryptionFailed();
        }
    }

    // As CryptographicOperations.FixedTimeEquals, which is exempt from optimisation and would take an eighth of the whole decryption: every bit
    // of both goes into one number, and there is one comparison at the end.
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static bool SameMac(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        ulong difference = (uint)(left.Length ^ right.Length) | (uint)(left.Length ^ EncString.MacLength);
        ReadOnlySpan<ulong> leftWords = MemoryMarshal.Cast<byte, ulong>(left);
        ReadOnlySpan<ulong> rightWords = MemoryMarshal.Cast<byte, ulong>(right);
        for (int i = 0; i < leftWords.Length && i < rightWords.Length; i++)
        {
            difference |= leftWords[i] ^ rightWords[i];
        }

        return difference == 0;
    }

    // IV and ciphertext in one piece are, block by block, what CBC adds to the decrypted blocks.
    internal static void Chain(Span<byte> blocks, ReadOnlySpan<byte> previous)
    {
        Span<Vector128<byte>> left = MemoryMarshal.Cast<byte, Vector128<byte>>(blocks);
        ReadOnlySpan<Vector128<byte>> right = MemoryMarshal.Cast<byte, Vector128<byte>>(previous);
        for (int i = 0; i < left.Length; i++)
        {
            left[i] ^= right[i];
        }
    }

    private void EnsureScratch(int length)
    {
        if (_scratch.Length < length)
        {
            _scratch.Dispose();
            _scratch = new SecretBytes(length);
        }
    }
}
