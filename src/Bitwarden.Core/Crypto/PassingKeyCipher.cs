using System.Security.Cryptography;
using System.Text;
using Bitwarden.Core.Crypto.Primitives;
using Bitwarden.Core.Errors;

namespace Bitwarden.Core.Crypto;

/// <summary>
/// Decrypts the texts of one item after another, each item having a key of its own. The key becomes no object, of which a vault would need thousands, and
/// everything else serves the next one too; an instance therefore serves one thread at a time.
/// </summary>
internal sealed class PassingKeyCipher : ITextKey, IDisposable
{
    private const int HalfLength = SymmetricKey.Length / 2;
    private readonly Aes _aes = Aes.Create();
    private readonly byte[] _encryptionKey = GC.AllocateArray<byte>(HalfLength, pinned: true);
    private readonly EncStringBuffer _value = new();
    private readonly SecretBytes _key = new(SymmetricKey.Length);
    private ICryptoTransform? _transform;
    private SecretBytes _plain = new(256);

    internal PassingKeyCipher()
    {
#pragma warning disable CA5358 // As in AesCbcHmac.
        _aes.Mode = CipherMode.ECB;
#pragma warning restore CA5358
        _aes.Padding = PaddingMode.None;
    }

    /// <summary>Takes a key, which is used until <see cref="Close"/>.</summary>
    /// <param name="key">64 bytes, encryption half first; the caller zeroes them.</param>
    internal void Open(ReadOnlySpan<byte> key)
    {
        key.CopyTo(_key.Span);
        try
        {
            key[..HalfLength].CopyTo(_encryptionKey);
            _transform = _aes.CreateDecryptor(_encryptionKey, null);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(_encryptionKey);
        }
    }

    /// <inheritdoc/>
    public string DecryptJsonText(ReadOnlySpan<byte> json)
    {
        if (!_value.TryRead(json))
        {
            return DecryptText(EncString.ParseJson(json));
        }

        Span<byte> mac = stackalloc byte[EncString.MacLength];
        HMACSHA256.HashData(_key.Span[HalfLength..], _value.Authenticated.AsSpan(0, _value.Length), mac);
        if (!AesCbcHmac.SameMac(mac, _value.Mac))
        {
            throw EncryptionException.DecryptionFailed();
        }

        try
        {
            return Encoding.UTF8.GetString(Decrypt());
        }
        finally
        {
            CryptographicOperations.ZeroMemory(_plain.Span);
        }
    }

    /// <inheritdoc/>
    public string DecryptText(EncString value)
    {
        using SymmetricKey key = new(_key.Span);
        return key.DecryptText(value);
    }

    /// <summary>Zeroes the key.</summary>
    internal void Close()
    {
        _transform?.Dispose();
        _transform = null;
        CryptographicOperations.ZeroMemory(_key.Span);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _transform?.Dispose();
        _aes.Dispose();
        _key.Dispose();
        _plain.Dispose();
    }

    // The buffer has seen to it that there are whole blocks, and at least one.
    private ReadOnlySpan<byte> Decrypt()
    {
        int length = _value.Length - EncString.IvLength;
        EnsureRoom(length);
        ArraySegment<byte> target = _plain.Segment;
        _transform!.TransformBlock(_value.Authenticated, EncString.IvLength, length, target.Array!, target.Offset);
        Span<byte> plain = _plain.Span[..length];
        AesCbcHmac.Chain(plain, _value.Authenticated);
        return plain[..Pkcs7.Unpad(plain)];
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
