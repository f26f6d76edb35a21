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
[JsonSerializable(typeof(PreloginResponse))]
[JsonSerializable(typeof(PreloginRequest))]
[JsonSerializable(typeof(EmailCodeRequest))]
[JsonSerializable(typeof(NewDeviceCodeRequest))]
[JsonSerializable(typeof(PasswordVerificationRequest))]
[JsonSerializable(typeof(ApiKeyResponse))]
[JsonSerializable(typeof(KeyConnectorResponse))]
[JsonSerializable(typeof(ConfigResponse))]
[JsonSerializable(typeof(AttachmentRecord))]
[JsonSerializable(typeof(JsonElement))]
internal sealed partial class WireJson : JsonSerializerContext
{
}
