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
        return Write(Prefix, whole);
    }

    /// <summary>Opens such a text; the caller disposes what is in it.</summary>
    /// <exception cref="InvalidInputException">InvalidSessionToken: not such a text, or changed.</exception>
    internal static ExportedSession Open(SecretBytes token)
    {
        using SecretBytes whole = Decode(token, Prefix, SymmetricKey.Length);
        try
        {
            using SymmetricKey key = new(whole.Span[..SymmetricKey.Length]);
            return Open(key, whole.Span[SymmetricKey.Length..]);
        }
        catch (EncryptionException)
        {
            throw InvalidInputException.SessionToken();
        }
    }

    /// <summary>Opens what a key was used on.</summary>
    /// <exception cref="EncryptionException">The key is not the one, or what it was used on was changed.</exception>
    /// <exception cref="InvalidInputException">InvalidSessionToken: there is no session in it.</exception>
    internal static ExportedSession Open(SymmetricKey key, ReadOnlySpan<byte> body)
    {
        using SecretBytes json = key.Decrypt(EncString.ParseBuffer(body));
        try
        {
            ExportedSession? session = JsonSerializer.Deserialize(json.Span, ExportedSessionJson.Default.ExportedSession);
            return session?.IsComplete == true ? session : throw InvalidInputException.SessionToken();
        }
        catch (JsonException)
        {
            throw InvalidInputException.SessionToken();
        }
    }

    internal static SecretBytes Write(ReadOnlySpan<byte> prefix, SecretBytes whole)
    {
        using SecretBytes base64 = whole.ToBase64();
        SecretBytes text = new(prefix.Length + base64.Length);
        prefix.CopyTo(text.Span);
        base64.Span.CopyTo(text.Span[prefix.Length..]);
        return text;
    }

    /// <summary>What is in a text behind its prefix.</summary>
    /// <param name="token">The text.</param>
    /// <param name="prefix">How it must begin.</param>
    /// <param name="least">Of how many bytes it must have more.</param>
    /// <exception cref="InvalidInputException">InvalidSessionToken.</exception>
    internal static SecretBytes Decode(SecretBytes token, ReadOnlySpan<byte> prefix, int least)
    {
        ReadOnlySpan<byte> text = Trim(token);
        SecretBytes? whole = text.StartsWith(prefix) ? SecretBytes.TryFromBase64(text[prefix.Length..]) : null;
        if (whole?.Length > least)
        {
            return whole;
        }

        whole?.Dispose();
        throw InvalidInputException.SessionToken();
    }

    internal static ReadOnlySpan<byte> Trim(SecretBytes token) => token.Span.Trim(" \t\r\n"u8);
}
