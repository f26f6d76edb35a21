using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json;
using Bitwarden.Core.Errors;

namespace Bitwarden.Core.Crypto;

/// <summary>
/// An encrypted value as it travels: <c>type.part|part|part</c> with base64 parts, or the buffer form of files.
/// Immutable. <see cref="ToString"/> names the type only; <see cref="ToWireString"/> gives the text.
/// </summary>
public sealed class EncString
{
    /// <summary>Length of an AES IV in bytes.</summary>
    internal const int IvLength = 16;

    /// <summary>Length of an HMAC-SHA256 in bytes.</summary>
    internal const int MacLength = 32;

    private readonly int _ivLength;

    internal EncString(EncStringType type, byte[] iv, byte[] data, byte[] mac)
    {
        Type = type;
        _ivLength = iv.Length;
        Authenticated = [.. iv, .. data];
        Mac = mac;
    }

    /// <param name="type">AES-CBC, with or without a MAC.</param>
    /// <param name="authenticated">IV and data in one piece; kept, not copied.</param>
    /// <param name="mac">The MAC; empty for none.</param>
    internal EncString(EncStringType type, byte[] authenticated, byte[] mac)
    {
        Type = type;
        _ivLength = IvLength;
        Authenticated = authenticated;
        Mac = mac;
    }

    /// <summary>How the value is encrypted.</summary>
    public EncStringType Type { get; }

    internal ReadOnlySpan<byte> Iv => Authenticated.AsSpan(0, _ivLength);

    internal ReadOnlySpan<byte> Data => Authenticated.AsSpan(_ivLength);

    /// <summary>IV and data in one piece, as the MAC covers them.</summary>
    internal byte[] Authenticated { get; }

    internal byte[] Mac { get; }

    /// <summary>Reads the text form. A text without a type is a very old one: three parts are type 1, otherwise type 0.</summary>
    /// <param name="text">For example <c>2.iv|data|mac</c>.</param>
    /// <exception cref="EncryptionException">MalformedEncString, or UnsupportedEncryption for a type that is not known.</exception>
    public static EncString Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        int dot = text.IndexOf('.', StringComparison.Ordinal);
        string[] parts = text[(dot + 1)..].Split('|');
        EncStringType type = dot < 0 ? HeaderlessType(parts.Length) : ParseType(text.AsSpan(0, dot));
        return FromParts(type, parts);
    }

    /// <summary>Reads the text form out of JSON text with its quotes.</summary>
    /// <param name="json">In UTF-8; empty for none.</param>
    /// <exception cref="EncryptionException">MalformedEncString, also for text that is not valid Unicode; or UnsupportedEncryption.</exception>
    internal static EncString ParseJson(ReadOnlySpan<byte> json)
    {
        try
        {
            Utf8JsonReader reader = new(json);
            return Parse(!json.IsEmpty && reader.Read() ? reader.GetString() ?? string.Empty : string.Empty);
        }
        catch (InvalidOperationException)
        {
            throw EncryptionException.Malformed("An encrypted value is not text, or not valid Unicode.");
        }
    }

    /// <summary>Reads the text form without throwing.</summary>
    /// <param name="text">The text, or null.</param>
    /// <param name="value">The value when the result is true.</param>
    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out EncString? value)
    {
        value = null;
        try
        {
            value = string.IsNullOrEmpty(text) ? null : Parse(text);
        }
        catch (EncryptionException)
        {
            return false;
        }

        return value is not null;
    }

    /// <summary>Reads the buffer form of files: <c>02 ‖ iv(16) ‖ mac(32) ‖ data</c>, or <c>00 ‖ iv(16) ‖ data</c>.</summary>
    /// <param name="buffer">The whole file.</param>
    /// <exception cref="EncryptionException">MalformedEncString or UnsupportedEncryption.</exception>
    public static EncString ParseBuffer(ReadOnlySpan<byte> buffer)
    {
        EncStringType type = buffer.IsEmpty ? throw TooShort(buffer.Length) : (EncStringType)buffer[0];
        int macLength = BufferMacLength(type);
        int header = 1 + IvLength + macLength;
        if (buffer.Length <= header)
        {
            throw TooShort(buffer.Length);
        }

        return new EncString(
            type,
            buffer.Slice(1, IvLength).ToArray(),
            buffer[header..].ToArray(),
            buffer.Slice(1 + IvLength, macLength).ToArray());
    }

    /// <summary>The text form, as sent to a server.</summary>
    public string ToWireString()
    {
        string data = Convert.ToBase64String(Data);
        string head = ((int)Type).ToString(CultureInfo.InvariantCulture) + ".";
        return Type switch
        {
            EncStringType.AesCbc256 => $"{head}{Convert.ToBase64String(Iv)}|{data}",
            EncStringType.AesCbc128HmacSha256 or EncStringType.AesCbc256HmacSha256 =>
                $"{head}{Convert.ToBase64String(Iv)}|{data}|{Convert.ToBase64String(Mac)}",
            EncStringType.RsaOaepSha256HmacSha256 or EncStringType.RsaOaepSha1HmacSha256 => $"{head}{data}|{Convert.ToBase64String(Mac)}",
            _ => head + data,
        };
    }

    /// <summary>The buffer form, as files are stored: type, IV, MAC, data.</summary>
    /// <exception cref="InvalidOperationException">The type has no buffer form.</exception>
    public byte[] ToBuffer()
    {
        if (Type is not (EncStringType.AesCbc256 or EncStringType.AesCbc256HmacSha256))
        {
            throw new InvalidOperationException($"Encryption type {(int)Type} has no buffer form.");
        }

        return [(byte)Type, .. Iv, .. Mac, .. Data];
    }

    /// <summary>The type's name; never the ciphertext.</summary>
    public override string ToString() => $"EncString {Type}";

    /// <summary>Length of the MAC in the buffer form of a type.</summary>
    /// <exception cref="EncryptionException">MalformedEncString or UnsupportedEncryption: the type has no such form.</exception>
    internal static int BufferMacLength(EncStringType type) => type switch
    {
        EncStringType.AesCbc256 => 0,
        EncStringType.AesCbc256HmacSha256 => MacLength,
        EncStringType.CoseEncrypt0 => throw Unsupported(type),
        _ => throw EncryptionException.Malformed($"Encryption type {(int)type} has no buffer form."),
    };

    private static EncString FromParts(EncStringType type, string[] parts)
    {
        switch (type)
        {
            case EncStringType.AesCbc256:
                Expect(parts, 2, type);
                return new EncString(type, Part(parts[0], IvLength, "IV"), Blocks(parts[1]), []);
            case EncStringType.AesCbc128HmacSha256 or EncStringType.AesCbc256HmacSha256:
                Expect(parts, 3, type);
                return new EncString(type, Part(parts[0], IvLength, "IV"), Blocks(parts[1]), Part(parts[2], MacLength, "MAC"));
            case EncStringType.RsaOaepSha256HmacSha256 or EncStringType.RsaOaepSha1HmacSha256:
                Expect(parts, 2, type);
                return new EncString(type, [], Part(parts[0], null, "data"), Part(parts[1], null, "MAC"));
            default:
                Expect(parts, 1, type);
                return new EncString(type, [], Part(parts[0], null, "data"), []);
        }
    }

    private static EncStringType HeaderlessType(int parts) =>
        parts == 3 ? EncStringType.AesCbc128HmacSha256 : EncStringType.AesCbc256;

    private static EncStringType ParseType(ReadOnlySpan<char> digits)
    {
        if (!int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out int number))
        {
            throw EncryptionException.Malformed("The text before the first dot of an encrypted value is not a number.");
        }

        EncStringType type = (EncStringType)number;
        return Enum.IsDefined(type) ? type : throw EncryptionException.Unsupported((int)type, "This version does not know it.");
    }

    private static void Expect(string[] parts, int count, EncStringType type)
    {
        if (parts.Length != count)
        {
            throw EncryptionException.Malformed($"Encryption type {(int)type} has {count} parts, found {parts.Length}.");
        }
    }

    private static byte[] Blocks(string base64)
    {
        byte[] data = Part(base64, null, "data");
        return data.Length > 0 && data.Length % IvLength == 0
            ? data
            : throw EncryptionException.Malformed($"AES data must be whole blocks of {IvLength} bytes, found {data.Length} bytes.");
    }

    private static byte[] Part(string base64, int? length, string name)
    {
        byte[] bytes = new byte[Base64.GetMaxDecodedFromUtf8Length(base64.Length + 3)];
        if (!Convert.TryFromBase64String(base64, bytes, out int written))
        {
            throw EncryptionException.Malformed($"The {name} of an encrypted value is not base64.");
        }

        return length is int expected && written != expected
            ? throw EncryptionException.Malformed($"The {name} of an encrypted value must have {expected} bytes, found {written}.")
            : bytes[..written];
    }

    internal static EncryptionException TooShort(int length) =>
        EncryptionException.Malformed($"An encrypted file of {length} bytes is too short.");

    private static EncryptionException Unsupported(EncStringType type) =>
        EncryptionException.Unsupported((int)type, "Accounts with encryption version 2 cannot be read yet.");
}
