using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization;
using Bitwarden.TestServer.Vault;

namespace Bitwarden.TestServer.Api;

/// <summary>Items as JSON, kept until they change, so that the answer for a large vault costs little more than sending it.</summary>
internal sealed class WrittenCiphers
{
    private readonly ConditionalWeakTable<StoredCipher, byte[]> _written = [];

    internal WrittenCipher Details(StoredCipher cipher, ApiCall call)
    {
        // The address of an attachment depends on how the client addressed the server.
        if (!cipher.Attachments.IsEmpty)
        {
            return new WrittenCipher(Write(cipher, call));
        }

        if (!_written.TryGetValue(cipher, out byte[]? json))
        {
            json = Write(cipher, call);
            _written.AddOrUpdate(cipher, json);
        }

        return new WrittenCipher(json);
    }

    private static byte[] Write(StoredCipher cipher, ApiCall call) => call.Server.Json.Write(CipherResponse.Details(cipher, call));
}

/// <summary>An item of a sync answer.</summary>
/// <param name="Json">In UTF-8.</param>
[JsonConverter(typeof(Converter))]
internal readonly record struct WrittenCipher(byte[] Json)
{
    private sealed class Converter : JsonConverter<WrittenCipher>
    {
        public override WrittenCipher Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => throw new NotSupportedException();

        public override void Write(Utf8JsonWriter writer, WrittenCipher value, JsonSerializerOptions options) =>
            writer.WriteRawValue(value.Json, skipInputValidation: true);
    }
}
