using System.Text.Json;
using System.Text.Json.Serialization;

namespace Bitwarden.Core.Official;

/// <summary>The generated readers of the official client's own records; what it stores as the server sent it is read with the wire's.</summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    PropertyNameCaseInsensitive = true,
    NumberHandling = JsonNumberHandling.AllowReadingFromString)]
[JsonSerializable(typeof(OfficialAccountRecord))]
[JsonSerializable(typeof(OfficialEnvironmentRecord))]
[JsonSerializable(typeof(OfficialUrlsRecord))]
[JsonSerializable(typeof(OfficialKeyPairRecord))]
[JsonSerializable(typeof(OfficialOrganizationKeyRecord))]
internal sealed partial class OfficialClientJson : JsonSerializerContext
{
}
