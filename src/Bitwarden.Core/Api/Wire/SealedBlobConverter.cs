using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Bitwarden.Core.Api.Wire;

/// <summary>
/// Reads an item's <c>data</c> only if it is a sealed blob (protocol 8.8). Otherwise it is the server's own copy of what the other
/// members say, half of the whole answer, and is passed over.
/// </summary>
internal sealed class SealedBlobConverter : JsonConverter<string>
{
    /// <inheritdoc/>
    public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.String)
        {
            reader.TrySkip();
            return null;
        }

        ReadOnlySpan<byte> escaped = reader.HasValueSequence ? reader.ValueSequence.ToArray() : reader.ValueSpan;
        return escaped.IndexOf("format_version"u8) >= 0 ? reader.GetString() : null;
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WriteStringValue(value);
}
