using System.Security.Cryptography;
using Bitwarden.Core.Crypto;
using Bitwarden.Core.Errors;
using Bitwarden.Core.Sessions.Unlocking;

namespace Bitwarden.Core.Sessions;

/// <summary>
/// A session as text that opens only with a secret which travels another way: <c>bws2.</c>, a random salt, and the session's state encrypted with a key that
/// Argon2id (RFC 9106) makes of secret and salt. Its cost is part of this form and not of the text, so that nobody who writes one can choose it. A secret
/// can be typed or random: which it is cannot be seen, so both are stretched.
/// </summary>
internal static class SealedSessionToken
{
    private const int SaltLength = 16;

    private static ReadOnlySpan<byte> Prefix => "bws2."u8;

    internal static bool IsOne(SecretBytes token) => SessionToken.Trim(token).StartsWith(Prefix);

    internal static async Task<SecretBytes> SealAsync(ExportedSession session, SecretBytes secret, CancellationToken cancellationToken)
    {
        byte[] salt = RandomNumberGenerator.GetBytes(SaltLength);
        using SymmetricKey key = await DeriveAsync(secret, salt, cancellationToken).ConfigureAwait(false);
        using SecretBytes json = SecretJson.Serialize(session, ExportedSessionJson.Default.ExportedSession);
        using SecretBytes whole = new((ReadOnlySpan<byte>)[.. salt, .. key.Encrypt(json.Span).ToBuffer()]);
        return SessionToken.Write(Prefix, whole);
    }

    /// <summary>Opens such a text; the caller disposes what is in it.</summary>
    /// <exception cref="InvalidInputException">InvalidSessionToken: it was cut off. WrongSessionKey: the secret is another, or it was changed.</exception>
    internal static async Task<ExportedSession> OpenAsync(SecretBytes token, SecretBytes secret, CancellationToken cancellationToken)
    {
        using SecretBytes whole = SessionToken.Decode(token, Prefix, SaltLength);
        using SymmetricKey key = await DeriveAsync(secret, whole.Span[..SaltLength].ToArray(), cancellationToken).ConfigureAwait(false);
        try
        {
            return SessionToken.Open(key, whole.Span[SaltLength..]);
        }
        catch (EncryptionException e)
        {
            throw e.Code == ErrorCodes.DecryptionFailed ? InvalidInputException.WrongSessionKey() : InvalidInputException.SessionToken();
        }
    }

    private static async Task<SymmetricKey> DeriveAsync(SecretBytes secret, byte[] salt, CancellationToken cancellationToken)
    {
        string text = Convert.ToHexString(salt);
        using MasterKey key = await KeyDerivation.RunAsync(secret, text, KdfSettings.DefaultArgon2id, cancellationToken).ConfigureAwait(false);
        return key.Stretch();
    }
}
