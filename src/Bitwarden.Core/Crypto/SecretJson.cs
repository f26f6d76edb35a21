using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Bitwarden.Core.Crypto;

/// <summary>JSON with secrets in it, written to memory that is zeroed. The usual ways of .NET write to buffers that it uses again for other things.</summary>
internal static class SecretJson
{
    // Escaping what need not be escaped, such as the + of base64, would take a detour through such a buffer.
    private static readonly JsonWriterOptions s_options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    internal static SecretBytes Serialize<T>(T value, JsonTypeInfo<T> type)
    {
        using SecretBufferWriter buffer = new();
        using (Utf8JsonWriter writer = new(buffer, s_options))
        {
            JsonSerializer.Serialize(writer, value, type);
        }

        return buffer.ToSecret();
    }
}
