using System.Text.Json;
using System.Text.Json.Serialization;

namespace Bitwarden.Core.Crypto;

/// <summary>A text in JSON that never becomes a string.</summary>
internal sealed class SecretTextConverter : JsonConverter<SecretBytes>
{
    /// <inheritdoc/>
    public override SecretBytes Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.String)
        {
            throw new JsonException();
        }

        SecretBytes text = new(checked((int)(reader.HasValueSequence ? reader.ValueSequence.Length : reader.ValueSpan.Length)));
        text.Truncate(reader.CopyString(text.Span));
        return text;
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, SecretBytes value, JsonSerializerOptions options) => writer.WriteStringValue(value.Span);
}
