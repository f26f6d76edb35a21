using System.Security.Cryptography;
using Bitwarden.Core.Crypto;
using Bitwarden.Core.Errors;

namespace Bitwarden.Core.Vault;

/// <summary>
/// What binds a copy of a vault to its account: HMAC-SHA256 (RFC 2104) over the SHA-256 of everything in the file, under a key that HKDF-SHA256 (RFC 5869)
/// makes of the user key. Only who can open the vault can make one.
/// </summary>
/// <param name="Digest">SHA-256 of what the seal is for.</param>
/// <param name="Mac">The seal.</param>
internal sealed record VaultSeal(byte[] Digest, byte[] Mac)
{
    /// <summary>Length of digest and seal in bytes.</summary>
    internal const int Length = 32;

    private static ReadOnlySpan<byte> Context => "Bitwarden.Core vault copy 1"u8;

    /// <summary>Seals with a user key.</summary>
    internal static VaultSeal Make(SymmetricKey userKey, byte[] digest)
    {
        using SecretBytes bytes = userKey.CopyBytes();
        using SecretBytes key = new(Length);
        HKDF.DeriveKey(HashAlgorithmName.SHA256, bytes.Span, key.Span, salt: [], Context);
        return new VaultSeal(digest, HMACSHA256.HashData(key.Span, digest));
    }

    /// <summary>Checks the seal, in constant time.</summary>
    /// <param name="userKey">The key that the vault was opened with.</param>
    /// <param name="account">The account, for the message.</param>
    /// <exception cref="VaultCopyException">VaultCopyChanged.</exception>
    internal void EnsureMadeWith(SymmetricKey userKey, string account)
    {
        if (!CryptographicOperations.FixedTimeEquals(Make(userKey, Digest).Mac, Mac))
        {
            throw VaultCopyException.Changed(account);
        }
    }

    /// <inheritdoc/>
    public override string ToString() => "VaultSeal";
}
