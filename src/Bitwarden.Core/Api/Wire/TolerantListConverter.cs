using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Bitwarden.Core.Api.Wire;

/// <summary>Reads a list entry by entry: one that is null, or not of the expected form, is left out and takes no other with it.</summary>
internal sealed class TolerantListConverter<T> : JsonConverter<T[]>
{
    /// <inheritdoc/>
    public override T[]? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            reader.Skip();
            return null;
        }

        JsonTypeInfo<T> type = (JsonTypeInfo<T>)options.GetTypeInfo(typeof(T));
        List<T> entries = [];
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (ReadOne(ref reader, type) is T entry)
            {
                entries.Add(entry);
            }
        }

        return [.. entries];
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, T[] value, JsonSerializerOptions options) => throw new NotSupportedException();

    private static T? ReadOne(ref Utf8JsonReader reader, JsonTypeInfo<T> type)
    {
        Utf8JsonReader start = reader;
        try
        {
            return JsonSerializer.Deserialize(ref reader, type);
        }
        catch (JsonException)
        {
            reader = start;
            reader.Skip();
            return default;
        }
    }
}
