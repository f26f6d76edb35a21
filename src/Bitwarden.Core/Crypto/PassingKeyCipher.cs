using System.Security.Cryptography;
using Bitwarden.Core.Crypto.Primitives;
using Bitwarden.Core.Errors;

namespace Bitwarden.Core.Crypto;

/// <summary>
/// Decrypts one type 2 value with a key that is needed for nothing else, such as the name of an item that has a key of its own. Everything but the key serves
/// the next one too; an instance therefore serves one thread at a time.
/// </summary>
internal sealed class PassingKeyCipher : IDisposable
{
    private readonly Aes _aes = Aes.Create();
    private readonly byte[] _encryptionKey = GC.AllocateArray<byte>(SymmetricKey.Length / 2, pinned: true);
    private readonly EncStringBuffer _value = new();
    private SecretBytes _plain = new(256);

    internal PassingKeyCipher()
    {
#pragma warning disable CA5358 // As in AesCbcHmac.
        _aes.Mode = CipherMode.ECB;
#pragma warning restore CA5358
        _aes.Padding = PaddingMode.None;
    }

    /// <summary>Verifies and decrypts a value that is still JSON; false if it is not of the usual form, and nothing was tried.</summary>
    /// <param name="key">64 bytes, encryption half first; the caller zeroes them.</param>
    /// <param name="json">JSON text holding the value, in UTF-8.</param>
    /// <param name="plaintext">Points into scratch memory: valid until <see cref="Wipe"/> or the next call.</param>
    /// <exception cref="EncryptionException">DecryptionFailed; the same for a bad MAC and for bad padding.</exception>
    internal bool TryDecryptJson(ReadOnlySpan<byte> key, ReadOnlySpan<byte> json, out ReadOnlySpan<byte> plaintext)
    {
        plaintext = default;
        if (!_value.TryRead(json))
        {
            return false;
        }

        Span<byte> mac = stackalloc byte[EncString.MacLength];
        HMACSHA256.HashData(key[(SymmetricKey.Length / 2)..], _value.Authenticated.AsSpan(0, _value.Length), mac);
        if (!AesCbcHmac.SameMac(mac, _value.Mac))
        {
            throw EncryptionException.DecryptionFailed();
        }

        plaintext = Decrypt(key[..(SymmetricKey.Length / 2)]);
        return true;
    }

    /// <summary>Zeroes what the last call left.</summary>
    internal void Wipe() => CryptographicOperations.ZeroMemory(_plain.Span);

    /// <inheritdoc/>
    public void Dispose()
    {
        _aes.Dispose();
        _plain.Dispose();
    }

    // The buffer has seen to it that there are whole blocks, and at least one.
    private ReadOnlySpan<byte> Decrypt(ReadOnlySpan<byte> encryptionKey)
    {
        int length = _value.Length - EncString.IvLength;
        EnsureRoom(length);
        ArraySegment<byte> target = _plain.Segment;
        using ICryptoTransform transform = CreateTransform(encryptionKey);
        transform.TransformBlock(_value.Authenticated, EncString.IvLength, length, target.Array!, target.Offset);
        Span<byte> plain = _plain.Span[..length];
        AesCbcHmac.Chain(plain, _value.Authenticated);
        return plain[..Pkcs7.Unpad(plain)];
    }

    private ICryptoTransform CreateTransform(ReadOnlySpan<byte> encryptionKey)
    {
        try
        {
            encryptionKey.CopyTo(_encryptionKey);
            return _aes.CreateDecryptor(_encryptionKey, null);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(_encryptionKey);
        }
    }

    private void EnsureRoom(int length)
    {
        if (_plain.Length < length)
        {
            _plain.Dispose();
            _plain = new SecretBytes(length);
        }
    }
}
