using System.Security.Cryptography;
using System.Text.Json;
using Bitwarden.Core.Crypto;
using Bitwarden.Core.Errors;

namespace Bitwarden.Core.Sessions;

/// <summary>
/// A session as text, for another process: <c>bws1.</c>, a random key, and the session's state encrypted with it. Whoever has the text has the session: the
/// encryption keeps its parts from being found by a search and from being changed, no more.
/// </summary>
internal static class SessionToken
{
    private const string Prefix = "bws1.";

    internal static SecretBytes Seal(ExportedSession session)
    {
        byte[] json = JsonSerializer.SerializeToUtf8Bytes(session, ExportedSessionJson.Default.ExportedSession);
        using SymmetricKey key = SymmetricKey.Generate();
        using SecretBytes keyBytes = key.CopyBytes();
        byte[] body = key.Encrypt(json).ToBuffer();
        CryptographicOperations.ZeroMemory(json);
        using SecretBytes whole = new(keyBytes.Length + body.Length);
        keyBytes.Span.CopyTo(whole.Span);
        body.CopyTo(whole.Span[keyBytes.Length..]);
        return SecretBytes.FromCharacters(Prefix + Convert.ToBase64String(whole.Span));
    }

    /// <exception cref="InvalidInputException">InvalidSessionToken: not such a text, or changed.</exception>
    internal static ExportedSession Open(SecretBytes token)
    {
        using SecretBytes whole = Decode(token);
        try
        {
            using SymmetricKey key = new(whole.Span[..SymmetricKey.Length]);
            using SecretBytes json = key.Decrypt(EncString.ParseBuffer(whole.Span[SymmetricKey.Length..]));
            return JsonSerializer.Deserialize(json.Span, ExportedSessionJson.Default.ExportedSession) ?? throw InvalidInputException.SessionToken();
        }
        catch (Exception e) when (e is EncryptionException or JsonException)
        {
            throw InvalidInputException.SessionToken();
        }
    }

    private static SecretBytes Decode(SecretBytes token)
    {
        string text = token.RevealText().Trim();
        if (!text.StartsWith(Prefix, StringComparison.Ordinal))
        {
            throw InvalidInputException.SessionToken();
        }

        SecretBytes whole = new(text.Length);
        if (Convert.TryFromBase64String(text[Prefix.Length..], whole.Span, out int written) && written > SymmetricKey.Length)
        {
            whole.Truncate(written);
            return whole;
        }

        whole.Dispose();
        throw InvalidInputException.SessionToken();
    }
}
