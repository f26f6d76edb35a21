using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using Bitwarden.Core.Errors;

namespace Bitwarden.Core.Crypto;

/// <summary>
/// A 64-byte key: 32 bytes AES-256-CBC, 32 bytes HMAC-SHA256. User keys, organization keys and item keys are of this form.
/// Pinned, zeroed on <see cref="Dispose"/>, safe for use by several threads.
/// </summary>
[DebuggerDisplay("SymmetricKey AES-256-CBC-HMAC")]
public sealed class SymmetricKey : ITextKey, IDisposable
{
    /// <summary>Length in bytes.</summary>
    public const int Length = 64;

    private const int HalfLength = 32;
    private readonly SecretBytes _key;
    private readonly object _gate = new();
    private readonly ConcurrentStack<AesCbcHmac> _idle = [];

    /// <summary>Takes a copy of key bytes.</summary>
    /// <param name="key">64 bytes, encryption half first. The caller zeroes its own copy.</param>
    /// <exception cref="EncryptionException">
    /// UnsupportedEncryption for a COSE key of an account with encryption version 2 (longer than 64 bytes) and for a 32-byte legacy key;
    /// MalformedEncString for any other length.
    /// </exception>
    public SymmetricKey(ReadOnlySpan<byte> key)
    {
        if (key.Length != Length)
        {
            throw WrongLength(key.Length);
        }

        _key = new SecretBytes(key);
    }

    /// <summary>Makes a random key.</summary>
    public static SymmetricKey Generate()
    {
        using SecretBytes bytes = new(Length);
        RandomNumberGenerator.Fill(bytes.Span);
        return new SymmetricKey(bytes.Span);
    }

    /// <summary>Decrypts a field to text. The string cannot be zeroed: for names, and for what the user asked to see.</summary>
    /// <param name="value">A type 2 value.</param>
    /// <exception cref="EncryptionException">DecryptionFailed or UnsupportedEncryption.</exception>
    public string DecryptText(EncString value)
    {
        AesCbcHmac cipher = Rent(value);
        try
        {
            return Encoding.UTF8.GetString(cipher.Decrypt(value));
        }
        finally
        {
            Return(cipher);
        }
    }

    // Nothing is allocated but the text.
    string ITextKey.DecryptJsonText(ReadOnlySpan<byte> json) => DecryptJsonText(json);

    /// <inheritdoc cref="ITextKey.DecryptJsonText"/>
    internal string DecryptJsonText(ReadOnlySpan<byte> json)
    {
        AesCbcHmac cipher = Rent();
        try
        {
            if (cipher.TryDecryptJson(json, out ReadOnlySpan<byte> plaintext))
            {
                return Encoding.UTF8.GetString(plaintext);
            }
        }
        finally
        {
            Return(cipher);
        }

        return DecryptText(EncString.ParseJson(json));
    }

    /// <summary>Runs something with a key that is wrapped with this one and still JSON; false, and nothing was run, if it is not of the usual form.</summary>
    /// <param name="wrappedKey">JSON text holding the wrapped key, in UTF-8; empty for none.</param>
    /// <param name="use">What to run; it must not keep the key.</param>
    /// <param name="result">What that gave.</param>
    /// <exception cref="EncryptionException">DecryptionFailed.</exception>
    internal bool TryUse<T>(ReadOnlySpan<byte> wrappedKey, Func<ITextKey, T> use, [MaybeNullWhen(false)] out T result)
    {
        AesCbcHmac cipher = Rent();
        try
        {
            PassingKeyCipher? key = cipher.TryOpen(wrappedKey);
            result = key is null ? default : use(key);
            return key is not null;
        }
        finally
        {
            Return(cipher);
        }
    }

    /// <summary>Whether two keys are the same; takes the same time whatever they are.</summary>
    internal bool IsSameAs(SymmetricKey other)
    {
        using SecretBytes bytes = CopyBytes();
        using SecretBytes otherBytes = other.CopyBytes();
        return CryptographicOperations.FixedTimeEquals(bytes.Span, otherBytes.Span);
    }

    /// <summary>Decrypts to bytes that the caller disposes.</summary>
    /// <param name="value">A type 2 value.</param>
    /// <exception cref="EncryptionException">DecryptionFailed or UnsupportedEncryption.</exception>
    public SecretBytes Decrypt(EncString value)
    {
        AesCbcHmac cipher = Rent(value);
        try
        {
            return cipher.DecryptAlone(value);
        }
        finally
        {
            Return(cipher);
        }
    }

    /// <summary>Checks a value's MAC without decrypting it.</summary>
    /// <param name="value">A type 2 value.</param>
    /// <exception cref="EncryptionException">DecryptionFailed or UnsupportedEncryption.</exception>
    public void Verify(EncString value)
    {
        AesCbcHmac cipher = Rent(value);
        try
        {
            cipher.VerifyMac(value);
        }
        finally
        {
            Return(cipher);
        }
    }

    /// <summary>Opens a key that is wrapped with this one.</summary>
    /// <param name="wrapped">A type 2 value holding 64 bytes.</param>
    /// <exception cref="EncryptionException">DecryptionFailed, UnsupportedEncryption or MalformedEncString.</exception>
    public SymmetricKey UnwrapKey(EncString wrapped)
    {
        using SecretBytes bytes = Decrypt(wrapped);
        return new SymmetricKey(bytes.Span);
    }

    /// <summary>Encrypts bytes as type 2 under a fresh random IV.</summary>
    /// <param name="plaintext">Any length.</param>
    public EncString Encrypt(ReadOnlySpan<byte> plaintext)
    {
        AesCbcHmac cipher = Rent();
        try
        {
            return Encrypt(cipher, plaintext);
        }
        finally
        {
            Return(cipher);
        }
    }

    /// <summary>Encrypts text, as UTF-8.</summary>
    /// <param name="plaintext">The text; may be empty.</param>
    public EncString EncryptText(ReadOnlySpan<char> plaintext)
    {
        using SecretBytes bytes = SecretBytes.FromCharacters(plaintext);
        return Encrypt(bytes.Span);
    }

    /// <summary>Wraps another key with this one.</summary>
    /// <param name="key">The key to wrap.</param>
    public EncString WrapKey(SymmetricKey key)
    {
        ArgumentNullException.ThrowIfNull(key);
        using SecretBytes bytes = key.CopyBytes();
        return Encrypt(bytes.Span);
    }

    /// <summary>
    /// Derives the key's public identifier: the first 16 bytes, as lower-case hex, of SHA-256 over the deterministic CBOR map
    /// {1: 4, -1: key} (RFC 9679). The server's <c>containedKeyId</c>.
    /// </summary>
    public string DeriveKeyId()
    {
        using SecretBytes thumbprintInput = new(6 + Length);
        ReadOnlySpan<byte> header = [0xA2, 0x01, 0x04, 0x20, 0x58, 0x40];
        header.CopyTo(thumbprintInput.Span);
        using SecretBytes key = CopyBytes();
        key.Span.CopyTo(thumbprintInput.Span[header.Length..]);
        return Convert.ToHexString(SHA256.HashData(thumbprintInput.Span)[..16]).ToLowerInvariant();
    }

    /// <summary>Zeroes the key. A decryption that runs on another thread at this moment ends first or fails.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _key.Dispose();
        }

        DropIdle();
    }

    /// <summary>Names the algorithm, never the key.</summary>
    public override string ToString() => "SymmetricKey AES-256-CBC-HMAC";

    /// <summary>Gives a whole copy, or fails: a key that is zeroed meanwhile is not copied in part.</summary>
    /// <exception cref="ObjectDisposedException">The key was zeroed.</exception>
    internal SecretBytes CopyBytes()
    {
        lock (_gate)
        {
            return new SecretBytes(_key.Span);
        }
    }

    private EncString Encrypt(AesCbcHmac cipher, ReadOnlySpan<byte> plaintext)
    {
        lock (_gate)
        {
            return cipher.Encrypt(plaintext, _key.Span[..HalfLength]);
        }
    }

    private AesCbcHmac Rent(EncString value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return value.Type switch
        {
            EncStringType.AesCbc256HmacSha256 => Rent(),
            EncStringType.AesCbc256 => throw EncryptionException.Unsupported(
                (int)value.Type, "A value without a MAC is refused: its MAC may have been stripped."),
            EncStringType.CoseEncrypt0 => throw EncryptionException.Unsupported((int)value.Type, "Accounts with encryption version 2 cannot be read yet."),
            _ => throw EncryptionException.Unsupported((int)value.Type, "A symmetric key does not encrypt values of this type."),
        };
    }

    private AesCbcHmac Rent()
    {
        if (_idle.TryPop(out AesCbcHmac? cipher))
        {
            return cipher;
        }

        lock (_gate)
        {
            ReadOnlySpan<byte> key = _key.Span;
            return new AesCbcHmac(key[..HalfLength], key[HalfLength..]);
        }
    }

    private void Return(AesCbcHmac cipher)
    {
        cipher.Wipe();
        _idle.Push(cipher);
        if (_key.IsDisposed)
        {
            DropIdle();
        }
    }

    private void DropIdle()
    {
        while (_idle.TryPop(out AesCbcHmac? cipher))
        {
            cipher.Dispose();
        }
    }

    private static EncryptionException WrongLength(int length) => length switch
    {
        > Length => EncryptionException.Unsupported((int)EncStringType.CoseEncrypt0, "Accounts with encryption version 2 cannot be read yet."),
        HalfLength => EncryptionException.Unsupported((int)EncStringType.AesCbc256, "A key without a MAC half is refused."),
        _ => EncryptionException.Malformed($"A key must have {Length} bytes, found {length}."),
    };
}
