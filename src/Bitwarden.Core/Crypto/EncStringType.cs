namespace Bitwarden.Core.Crypto;

/// <summary>The encryption types of an <see cref="EncString"/>, as numbered on the wire.</summary>
public enum EncStringType
{
    /// <summary>AES-256-CBC without a MAC. Accepted for a legacy user key only.</summary>
    AesCbc256 = 0,

    /// <summary>AES-128-CBC with HMAC-SHA256. Removed upstream; refused.</summary>
    AesCbc128HmacSha256 = 1,

    /// <summary>AES-256-CBC with HMAC-SHA256 over IV and ciphertext. The normal case.</summary>
    AesCbc256HmacSha256 = 2,

    /// <summary>RSA-2048 OAEP with SHA-256.</summary>
    RsaOaepSha256 = 3,

    /// <summary>RSA-2048 OAEP with SHA-1. The normal case for organization keys.</summary>
    RsaOaepSha1 = 4,

    /// <summary>Type 3 with a MAC, which is ignored.</summary>
    RsaOaepSha256HmacSha256 = 5,

    /// <summary>Type 4 with a MAC, which is ignored.</summary>
    RsaOaepSha1HmacSha256 = 6,

    /// <summary>COSE_Encrypt0, used by accounts with encryption version 2. Recognised, not yet decrypted.</summary>
    CoseEncrypt0 = 7,
}
