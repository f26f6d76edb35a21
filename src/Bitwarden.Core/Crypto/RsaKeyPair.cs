using System.Diagnostics;
using System.Security.Cryptography;
using Bitwarden.Core.Errors;

namespace Bitwarden.Core.Crypto;

/// <summary>
/// The account's RSA-2048 key pair, by which organizations share their keys. OAEP with MGF1 over the same hash and an empty label
/// (RFC 8017, section 7.1). Safe for use by several threads.
/// </summary>
[DebuggerDisplay("RsaKeyPair RSA-OAEP")]
public sealed class RsaKeyPair : IDisposable
{
    private readonly RSA _rsa;
    private readonly object _gate = new();

    private RsaKeyPair(RSA rsa)
    {
        _rsa = rsa;
    }

    /// <summary>Reads a private key.</summary>
    /// <param name="pkcs8">PKCS#8 in DER (RFC 5208); the caller zeroes it.</param>
    /// <exception cref="EncryptionException">MalformedEncString: not such a key.</exception>
    public static RsaKeyPair FromPkcs8(ReadOnlySpan<byte> pkcs8)
    {
        RSA rsa = RSA.Create();
        try
        {
            rsa.ImportPkcs8PrivateKey(pkcs8, out _);
            return new RsaKeyPair(rsa);
        }
        catch (CryptographicException)
        {
            rsa.Dispose();
            throw EncryptionException.Malformed("The account's private key is not an RSA key in PKCS#8 form.");
        }
    }

    /// <summary>Makes a random 2048-bit key pair.</summary>
    public static RsaKeyPair Generate() => new(RSA.Create(2048));

    /// <summary>The public key as SubjectPublicKeyInfo in DER.</summary>
    public byte[] ExportPublicKey()
    {
        lock (_gate)
        {
            return _rsa.ExportSubjectPublicKeyInfo();
        }
    }

    /// <summary>The private key as PKCS#8 in DER, for wrapping with the user key.</summary>
    public SecretBytes ExportPkcs8()
    {
        lock (_gate)
        {
            byte[] exported = _rsa.ExportPkcs8PrivateKey();
            SecretBytes result = new(exported);
            CryptographicOperations.ZeroMemory(exported);
            return result;
        }
    }

    /// <summary>Opens a key that was shared with this account, for example an organization's.</summary>
    /// <param name="shared">A value of type 3 to 6; the MAC of types 5 and 6 is ignored, as upstream does.</param>
    /// <exception cref="EncryptionException">DecryptionFailed or UnsupportedEncryption.</exception>
    public SymmetricKey UnwrapKey(EncString shared)
    {
        ArgumentNullException.ThrowIfNull(shared);
        using SecretBytes key = Decrypt(shared);
        return new SymmetricKey(key.Span);
    }

    /// <summary>Shares a key with this account's public key, as type 4.</summary>
    /// <param name="key">The key to share.</param>
    public EncString WrapKey(SymmetricKey key)
    {
        ArgumentNullException.ThrowIfNull(key);
        using SecretBytes bytes = key.CopyBytes();
        lock (_gate)
        {
            return new EncString(EncStringType.RsaOaepSha1, [], _rsa.Encrypt(bytes.Span, RSAEncryptionPadding.OaepSHA1), []);
        }
    }

    /// <summary>Drops the key.</summary>
    public void Dispose() => _rsa.Dispose();

    /// <summary>Names the algorithm, never the key.</summary>
    public override string ToString() => "RsaKeyPair RSA-OAEP";

    internal SecretBytes Decrypt(EncString value)
    {
        RSAEncryptionPadding padding = PaddingOf(value.Type);
        SecretBytes plain = new(_rsa.KeySize / 8);
        try
        {
            lock (_gate)
            {
                plain.Truncate(_rsa.Decrypt(value.Data, plain.Span, padding));
            }

            return plain;
        }
        catch (CryptographicException)
        {
            plain.Dispose();
            throw EncryptionException.DecryptionFailed();
        }
    }

    private static RSAEncryptionPadding PaddingOf(EncStringType type) => type switch
    {
        EncStringType.RsaOaepSha256 or EncStringType.RsaOaepSha256HmacSha256 => RSAEncryptionPadding.OaepSHA256,
        EncStringType.RsaOaepSha1 or EncStringType.RsaOaepSha1HmacSha256 => RSAEncryptionPadding.OaepSHA1,
        _ => throw EncryptionException.Unsupported((int)type, "A private key does not decrypt values of this type."),
    };
}
