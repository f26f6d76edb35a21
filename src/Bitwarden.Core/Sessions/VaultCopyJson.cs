using System.Text.Json;
using System.Text.Json.Serialization;

namespace Bitwarden.Core.Sessions;

/// <summary>The generated reader and writer of the line before a copied vault.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(VaultCopyHeader))]
internal sealed partial class VaultCopyJson : JsonSerializerContext
{
}
