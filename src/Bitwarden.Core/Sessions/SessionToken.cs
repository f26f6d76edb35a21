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
    private static ReadOnlySpan<byte> Prefix => "bws1."u8;

    internal static SecretBytes Seal(ExportedSession session)
    {
        using SecretBytes json = SecretJson.Serialize(session, ExportedSessionJson.Default.ExportedSession);
        using SymmetricKey key = SymmetricKey.Generate();
        using SecretBytes keyBytes = key.CopyBytes();
        byte[] body = key.Encrypt(json.Span).ToBuffer();
        using SecretBytes whole = new(keyBytes.Length + body.Length);
        keyBytes.Span.CopyTo(whole.Span);
        body.CopyTo(whole.Span[keyBytes.Length..]);
        using SecretBytes base64 = whole.ToBase64();
        SecretBytes text = new(Prefix.Length + base64.Length);
        Prefix.CopyTo(text.Span);
        base64.Span.CopyTo(text.Span[Prefix.Length..]);
        return text;
    }

    /// <summary>Opens such a text; the caller disposes what is in it.</summary>
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
        ReadOnlySpan<byte> text = token.Span.Trim(" \t\r\n"u8);
        SecretBytes? whole = text.StartsWith(Prefix) ? SecretBytes.TryFromBase64(text[Prefix.Length..]) : null;
        if (whole?.Length > SymmetricKey.Length)
        {
            return whole;
        }

        whole?.Dispose();
        throw InvalidInputException.SessionToken();
    }
}
