using System.Text.Json;
using System.Text.Json.Serialization;

namespace Bitwarden.Core.Api.Wire;

/// <summary>
/// Reads the items of a sync one by one: one that is not of the expected form, such as a date that is none, becomes an unreadable item and takes no other with it.
/// </summary>
internal sealed class CipherListConverter : JsonConverter<CipherRecord[]>
{
    /// <inheritdoc/>
    public override CipherRecord[] Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            throw new JsonException();
        }

        List<CipherRecord> ciphers = [];
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (ReadOne(ref reader) is CipherRecord cipher)
            {
                ciphers.Add(cipher);
            }
        }

        return [.. ciphers];
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, CipherRecord[] value, JsonSerializerOptions options) => throw new NotSupportedException();

    private static CipherRecord? ReadOne(ref Utf8JsonReader reader)
    {
        Utf8JsonReader start = reader;
        try
        {
            return JsonSerializer.Deserialize(ref reader, WireJson.Default.CipherRecord);
        }
        catch (JsonException)
        {
            reader = start;
            using JsonDocument cipher = JsonDocument.ParseValue(ref reader);
            return IdOf(cipher.RootElement) is Guid id ? new CipherRecord { Id = id, IsMalformed = true } : null;
        }
    }

    private static Guid? IdOf(JsonElement cipher) =>
        cipher.ValueKind == JsonValueKind.Object
        && cipher.EnumerateObject().FirstOrDefault(member => member.Name.Equals("id", StringComparison.OrdinalIgnoreCase)).Value is { ValueKind: JsonValueKind.String } text
        && text.TryGetGuid(out Guid id)
            ? id
            : null;
}
