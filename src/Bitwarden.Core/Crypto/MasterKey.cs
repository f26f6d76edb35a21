using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using Bitwarden.Core.Crypto.Primitives;
using Bitwarden.Core.Crypto.Primitives.Argon2;
using Bitwarden.Core.Errors;

namespace Bitwarden.Core.Crypto;

/// <summary>
/// The 32 bytes derived from master password and salt. Opens the user key and proves the password to the server; never used on data.
/// </summary>
[DebuggerDisplay("MasterKey")]
public sealed class MasterKey : IDisposable
{
    /// <summary>Length in bytes.</summary>
    public const int Length = 32;

    private readonly SecretBytes _key;

    private MasterKey(SecretBytes key)
    {
        _key = key;
    }

    /// <summary>Derives the key (protocol 2.2): PBKDF2 over the salt, or Argon2id over SHA-256 of the salt.</summary>
    /// <param name="password">The master password in UTF-8, exactly as typed.</param>
    /// <param name="salt">The server's salt, else the e-mail; trimmed and lower-cased here.</param>
    /// <param name="kdf">What the server asks for.</param>
    /// <param name="cancellationToken">Ends an Argon2id derivation between slices, and the wait for the memory that others use.</param>
    /// <exception cref="KdfException">The settings are outside the limits, or need more memory than there is; nothing was derived.</exception>
    public static MasterKey Derive(ReadOnlySpan<byte> password, string salt, KdfSettings kdf, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(salt);
        return DeriveWith(password, Encoding.UTF8.GetBytes(NormalizeSalt(salt)), kdf, cancellationToken);
    }

    /// <summary>Derives a key with a salt that is taken as it is: exported files have one of their own, which no case or space may be lost of.</summary>
    /// <inheritdoc cref="Derive" path="/exception"/>
    internal static MasterKey DeriveWith(ReadOnlySpan<byte> password, byte[] salt, KdfSettings kdf, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(kdf);
        kdf.EnsureWithinLimits();
        SecretBytes key = new(Length);
        try
        {
            DeriveInto(key.Span, password, salt, kdf, cancellationToken);
            return new MasterKey(key);
        }
        catch (InsufficientMemoryException)
        {
            key.Dispose();
            throw KdfException.OutOfMemory(kdf.ToString());
        }
        catch
        {
            key.Dispose();
            throw;
        }
    }

    /// <summary>Takes a copy of 32 key bytes, for example those that a Key Connector answers.</summary>
    /// <param name="key">32 bytes; the caller zeroes its own copy.</param>
    public static MasterKey FromBytes(ReadOnlySpan<byte> key)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(key.Length, Length, nameof(key));
        return new MasterKey(new SecretBytes(key));
    }

    /// <summary>Loads and compiles the Argon2id kernel ahead of its first use, to be called while something else is awaited.</summary>
    public static void WarmUp() => Argon2id.WarmUp();

    /// <summary>Derives the base64 hash by which a server or an older client recognises the password: PBKDF2 over the master key.</summary>
    /// <param name="password">The master password in UTF-8, the same as for <see cref="Derive"/>.</param>
    /// <param name="purpose">Decides the number of rounds.</param>
    /// <returns>The text in UTF-8; the caller disposes it.</returns>
    public SecretBytes DerivePasswordHash(ReadOnlySpan<byte> password, PasswordHashPurpose purpose)
    {
        using SecretBytes hash = new(Length);
        Rfc2898DeriveBytes.Pbkdf2(_key.Span, password, hash.Span, (int)purpose, HashAlgorithmName.SHA256);
        return hash.ToBase64();
    }

    /// <summary>Opens the user key: type 2 with the stretched key, type 0 (legacy) with the key as it is.</summary>
    /// <param name="wrapped">The wrapped user key from the server.</param>
    /// <exception cref="EncryptionException">DecryptionFailed for a wrong password; UnsupportedEncryption for any other type.</exception>
    public SymmetricKey UnwrapUserKey(EncString wrapped)
    {
        ArgumentNullException.ThrowIfNull(wrapped);
        switch (wrapped.Type)
        {
            case EncStringType.AesCbc256HmacSha256:
                using (SymmetricKey stretched = Stretch())
                {
                    return stretched.UnwrapKey(wrapped);
                }

            case EncStringType.AesCbc256:
                return UnwrapLegacyUserKey(wrapped);
            default:
                throw EncryptionException.Unsupported((int)wrapped.Type, "A master key does not encrypt values of this type.");
        }
    }

    /// <summary>Checks that a user key was wrapped with this key. The user key itself may be of a kind that cannot be used yet.</summary>
    /// <exception cref="EncryptionException">DecryptionFailed for a wrong password; UnsupportedEncryption for a type that no master key makes.</exception>
    internal void VerifyUserKey(EncString wrapped)
    {
        if (wrapped.Type != EncStringType.AesCbc256HmacSha256)
        {
            UnwrapUserKey(wrapped).Dispose();
            return;
        }

        using SymmetricKey stretched = Stretch();
        stretched.Verify(wrapped);
    }

    /// <summary>Whether two salts give the same key.</summary>
    internal static bool IsSameSalt(string salt, string other) => NormalizeSalt(salt) == NormalizeSalt(other);

    /// <summary>Wraps a user key as type 2 with the stretched key.</summary>
    /// <param name="userKey">The key to wrap.</param>
    public EncString WrapUserKey(SymmetricKey userKey)
    {
        using SymmetricKey stretched = Stretch();
        return stretched.WrapKey(userKey);
    }

    /// <summary>Derives the 64-byte stretched key: HKDF-Expand-SHA256 (RFC 5869, section 2.3) with info "enc" and "mac", no extract.</summary>
    public SymmetricKey Stretch()
    {
        using SecretBytes stretched = new(SymmetricKey.Length);
        HKDF.Expand(HashAlgorithmName.SHA256, _key.Span, stretched.Span[..Length], "enc"u8);
        HKDF.Expand(HashAlgorithmName.SHA256, _key.Span, stretched.Span[Length..], "mac"u8);
        return new SymmetricKey(stretched.Span);
    }

    /// <summary>Zeroes the key.</summary>
    public void Dispose() => _key.Dispose();

    /// <summary>Names the type, never the key.</summary>
    public override string ToString() => "MasterKey";

    internal SecretBytes CopyBytes() => new(_key.Span);

    private static string NormalizeSalt(string salt) => salt.Trim().ToLowerInvariant();

    private static void DeriveInto(Span<byte> key, ReadOnlySpan<byte> password, byte[] salt, KdfSettings kdf, CancellationToken cancellationToken)
    {
        if (kdf.Type == KdfType.Pbkdf2Sha256)
        {
            Rfc2898DeriveBytes.Pbkdf2(password, salt, key, kdf.Iterations, HashAlgorithmName.SHA256);
            return;
        }

        Argon2Parameters parameters = new(kdf.Iterations, checked(kdf.MemoryMib!.Value * 1024), kdf.Parallelism!.Value);
        Argon2id.DeriveKey(password, SHA256.HashData(salt), parameters, key, cancellationToken);
    }

    private SymmetricKey UnwrapLegacyUserKey(EncString wrapped)
    {
        using ICryptoTransform aes = AesTransform.CreateDecryptor(CipherMode.CBC, _key.Span, wrapped.Iv.ToArray());
        using SecretBytes plain = new(wrapped.Data.Length);
        ArraySegment<byte> segment = plain.Segment;
        aes.TransformBlock(wrapped.Authenticated, EncString.IvLength, wrapped.Data.Length, segment.Array!, segment.Offset);
        plain.Truncate(Pkcs7.Unpad(plain.Span));

        // There is no MAC: with a wrong password the padding fits once in 256 times, and the length does not.
        return plain.Length is SymmetricKey.Length or Length ? new SymmetricKey(plain.Span) : throw EncryptionException.DecryptionFailed();
    }
}
