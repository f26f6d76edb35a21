using System.Text.Json;
using System.Text.Json.Serialization;

namespace Bitwarden.Core.Crypto;

/// <summary>What a serializer makes of a secret by itself: nothing. Where one belongs into JSON, the member names a converter of its own.</summary>
internal sealed class MaskedConverter : JsonConverter<SecretBytes>
{
    /// <inheritdoc/>
    public override SecretBytes Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => throw new JsonException();

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, SecretBytes value, JsonSerializerOptions options) => writer.WriteNullValue();
}
