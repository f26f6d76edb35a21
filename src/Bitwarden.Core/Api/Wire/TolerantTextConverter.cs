using System.Text.Json;
using System.Text.Json.Serialization;

namespace Bitwarden.Core.Api.Wire;

/// <summary>
/// Reads text. What is there but is not text stays as a mark that nothing can decrypt, so that it is reported as unreadable and not taken for absent.
/// </summary>
internal sealed class TolerantTextConverter : JsonConverter<string>
{
    /// <summary>Stands for what is not text.</summary>
    internal const string NotText = "\uFFFD";

    /// <inheritdoc/>
    public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.String)
        {
            return JsonText.String(ref reader) ?? NotText;
        }

        reader.Skip();
        return NotText;
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WriteStringValue(value);
}
