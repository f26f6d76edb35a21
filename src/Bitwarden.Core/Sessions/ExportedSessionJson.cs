using System.Text.Json;
using System.Text.Json.Serialization;

namespace Bitwarden.Core.Sessions;

/// <summary>The generated reader and writer of an exported session's state.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(ExportedSession))]
internal sealed partial class ExportedSessionJson : JsonSerializerContext
{
}
