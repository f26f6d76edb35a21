using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using System.Text.Unicode;
using Bitwarden.Core.Errors;

namespace Bitwarden.Core.Crypto;

/// <summary>JSON with secrets in it, written to memory that is zeroed. The usual ways of .NET write to buffers that it uses again for other things.</summary>
internal static class SecretJson
{
    // Escaping what need not be escaped, such as the + of base64, would take a detour through such a buffer.
    internal static JavaScriptEncoder Encoder => JavaScriptEncoder.UnsafeRelaxedJsonEscaping;

    private static readonly JsonWriterOptions s_options = new() { Encoder = Encoder };

    internal static SecretBytes Serialize<T>(T value, JsonTypeInfo<T> type)
    {
        using SecretBufferWriter buffer = new();
        using (Utf8JsonWriter writer = new(buffer, s_options))
        {
            JsonSerializer.Serialize(writer, value, type);
        }

        return buffer.ToSecret();
    }

    /// <summary>A writer into such memory.</summary>
    /// <param name="buffer">Where the text goes.</param>
    /// <param name="isIndented">Whether people may want to read it.</param>
    internal static Utf8JsonWriter Writer(SecretBufferWriter buffer, bool isIndented) => new(buffer, s_options with { Indented = isIndented });

    /// <summary>The text that a reader stands on, which never becomes a string.</summary>
    /// <exception cref="InvalidOperationException">It is no text, or not valid Unicode.</exception>
    internal static SecretBytes Text(ref Utf8JsonReader reader)
    {
        SecretBytes text = new(reader.ValueSpan.Length);
        try
        {
            text.Truncate(reader.CopyString(text.Span));
            return text;
        }
        catch
        {
            text.Dispose();
            throw;
        }
    }

    /// <summary>A text as JSON, with its quotes. What need not be escaped is not, as in JSON.stringify of ECMAScript.</summary>
    /// <param name="text">In UTF-8.</param>
    /// <exception cref="EncryptionException">MalformedEncString: it is not valid Unicode.</exception>
    internal static SecretBytes Quote(ReadOnlySpan<byte> text)
    {
        if (!Utf8.IsValid(text))
        {
            throw EncryptionException.Malformed("A decrypted value is not text.");
        }

        int length = 2;
        foreach (byte b in text)
        {
            length += LengthOf(b);
        }

        SecretBytes quoted = new(length);
        Span<byte> rest = quoted.Span[1..];
        quoted.Span[0] = quoted.Span[^1] = (byte)'"';
        foreach (byte b in text)
        {
            Escape(b, rest);
            rest = rest[LengthOf(b)..];
        }

        return quoted;
    }

    private static int LengthOf(byte b) => b switch
    {
        (byte)'"' or (byte)'\\' or (byte)'\n' or (byte)'\r' or (byte)'\t' => 2,
        < 0x20 => 6,
        _ => 1,
    };

    private static void Escape(byte b, Span<byte> place)
    {
        switch (LengthOf(b))
        {
            case 1:
                place[0] = b;
                break;
            case 2:
                place[0] = (byte)'\\';
                place[1] = b switch { (byte)'\n' => (byte)'n', (byte)'\r' => (byte)'r', (byte)'\t' => (byte)'t', _ => b };
                break;
            default:
                "\\u00"u8.CopyTo(place);
                place[4] = (byte)(b < 0x10 ? '0' : '1');
                place[5] = "0123456789abcdef"u8[b & 0xF];
                break;
        }
    }
}
