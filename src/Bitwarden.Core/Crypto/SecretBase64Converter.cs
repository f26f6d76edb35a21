using System.Text.Json;
using System.Text.Json.Serialization;

namespace Bitwarden.Core.Crypto;

/// <summary>Secret bytes that are base64 in JSON.</summary>
internal sealed class SecretBase64Converter : JsonConverter<SecretBytes>
{
    private static readonly SecretTextConverter s_text = new();

    /// <inheritdoc/>
    public override SecretBytes Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        using SecretBytes text = s_text.Read(ref reader, typeToConvert, options);
        return SecretBytes.TryFromBase64(text.Span) ?? throw new JsonException();
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, SecretBytes value, JsonSerializerOptions options)
    {
        using SecretBytes text = value.ToBase64();
        s_text.Write(writer, text, options);
    }
}
