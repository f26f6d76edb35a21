using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Bitwarden.Core.Crypto;
using Bitwarden.Core.Errors;

namespace Bitwarden.Core.Transfer;

/// <summary>Reads the values of a plain file, and encrypts those that are text. What has another form than it should names its place.</summary>
/// <param name="key">What values are encrypted with.</param>
internal sealed class PlainValueReader(SymmetricKey key)
{
    internal delegate void MemberReader(ref Utf8JsonReader reader, string name);

    internal delegate JsonObject? EntryReader(ref Utf8JsonReader reader, string place);

    internal static void Members(ref Utf8JsonReader reader, string place, MemberReader read)
    {
        Expect(ref reader, JsonTokenType.StartObject, place);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string name = reader.GetString()!;
            reader.Read();
            read(ref reader, name);
        }
    }

    internal static JsonArray? List(ref Utf8JsonReader reader, string place, EntryReader read)
    {
        if (reader.TokenType == JsonTokenType.Null)
        {
            return null;
        }

        Expect(ref reader, JsonTokenType.StartArray, place);
        JsonArray list = [];
        for (int index = 0; reader.Read() && reader.TokenType != JsonTokenType.EndArray; index++)
        {
            if (read(ref reader, $"{place}[{index}]") is JsonObject entry)
            {
                list.Add(entry);
            }
        }

        return list;
    }

    internal string? Seal(ref Utf8JsonReader reader, int limit, string place, bool isBlankNone = false)
    {
        if (reader.TokenType == JsonTokenType.Null)
        {
            return null;
        }

        Expect(ref reader, JsonTokenType.String, place);
        using SecretBytes text = SecretJson.Text(ref reader);
        bool isNone = isBlankNone ? text.Span.Trim(" \t\r\n"u8).IsEmpty : text.Length == 0;
        return isNone ? null : Seal(text, limit, place);
    }

    internal string Seal(SecretBytes text, int limit, string place)
    {
        string wire = Seal(text.Span);
        return wire.Length <= limit ? wire : throw TransferException.TooLong(place, limit);
    }

    internal string Seal(ReadOnlySpan<byte> text) => key.Encrypt(text).ToWireString();

    internal static long? Number(ref Utf8JsonReader reader, string place)
    {
        if (reader.TokenType == JsonTokenType.Null)
        {
            return null;
        }

        Expect(ref reader, JsonTokenType.Number, place);
        return reader.TryGetInt32(out int number) ? number : throw TransferException.InvalidFile(place, "a whole number was expected");
    }

    internal static string? Date(ref Utf8JsonReader reader, string place)
    {
        if (reader.TokenType == JsonTokenType.Null)
        {
            return null;
        }

        Expect(ref reader, JsonTokenType.String, place);
        return DateTimeOffset.TryParse(reader.GetString(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset date)
            ? ItemDocumentWriter.DateText(date)
            : throw TransferException.InvalidFile(place, "a date was expected");
    }

    internal static void Expect(ref Utf8JsonReader reader, JsonTokenType expected, string place)
    {
        if (reader.TokenType != expected)
        {
            throw TransferException.InvalidFile(place, $"{NameOf(expected)} was expected, and there is {NameOf(reader.TokenType)}");
        }
    }

    private static string NameOf(JsonTokenType token) => token switch
    {
        JsonTokenType.StartObject => "an object",
        JsonTokenType.StartArray => "a list",
        JsonTokenType.String => "a text",
        JsonTokenType.Number => "a number",
        JsonTokenType.Null => "null",
        _ => "true or false",
    };
}
