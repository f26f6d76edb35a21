using System.Text.Json;
using System.Text.Json.Serialization;

namespace Bitwarden.Core.Api.Wire;

/// <summary>The generated readers and writers. Casing is ignored and numbers may be text, because servers differ in both.</summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    PropertyNameCaseInsensitive = true,
    NumberHandling = JsonNumberHandling.AllowReadingFromString)]
[JsonSerializable(typeof(TokenResponse))]
[JsonSerializable(typeof(TokenErrorResponse))]
[JsonSerializable(typeof(SyncResponse))]
[JsonSerializable(typeof(PreloginResponse))]
[JsonSerializable(typeof(PreloginRequest))]
[JsonSerializable(typeof(EmailCodeRequest))]
[JsonSerializable(typeof(NewDeviceCodeRequest))]
[JsonSerializable(typeof(PasswordVerificationRequest))]
[JsonSerializable(typeof(ApiKeyResponse))]
[JsonSerializable(typeof(KeyConnectorResponse))]
[JsonSerializable(typeof(CipherRecord))]
[JsonSerializable(typeof(ConfigResponse))]
[JsonSerializable(typeof(AttachmentRecord))]
[JsonSerializable(typeof(JsonElement))]
internal sealed partial class WireJson : JsonSerializerContext
{
    /// <summary>Has the readers of a sync answer compiled, to be called while something else is awaited.</summary>
    internal static void WarmUp() => JsonSerializer.Deserialize(
        """{"profile":{"organizations":[{}]},"folders":[{}],"collections":[{}],"ciphers":[{"login":{"uris":[{}]},"fields":[{}],"attachments":[{}]}]}"""u8,
        Default.SyncResponse);
}
