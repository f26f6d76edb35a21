namespace Bitwarden.Core.Crypto;

/// <summary>The key derivation functions that a server can ask for, as numbered on the wire.</summary>
public enum KdfType : long
{
    /// <summary>PBKDF2-HMAC-SHA256 (RFC 8018).</summary>
    Pbkdf2Sha256 = 0,

    /// <summary>Argon2id version 1.3 (RFC 9106).</summary>
    Argon2id = 1,
}
