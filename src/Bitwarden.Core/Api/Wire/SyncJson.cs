using System.Text.Json;
using System.Text.Json.Serialization;

namespace Bitwarden.Core.Api.Wire;

/// <summary>
/// The generated readers of what a sync answer is made of. Forgiving where older and compatible servers differ: every member that is not an id may be odd, and
/// every list may hold odd entries.
/// </summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    PropertyNameCaseInsensitive = true,
    Converters =
    [
        typeof(TolerantTextConverter), typeof(TolerantNumberConverter), typeof(TolerantFlagConverter), typeof(TolerantDateConverter),
        typeof(TolerantListConverter<FolderRecord>), typeof(TolerantListConverter<CollectionRecord>), typeof(TolerantListConverter<OrganizationRecord>),
        typeof(TolerantListConverter<ProviderOrganizationRecord>), typeof(TolerantListConverter<PolicyRecord>),
    ])]
[JsonSerializable(typeof(ProfileRecord))]
[JsonSerializable(typeof(FolderRecord[]))]
[JsonSerializable(typeof(CollectionRecord[]))]
[JsonSerializable(typeof(PolicyRecord[]))]
[JsonSerializable(typeof(UserDecryptionRecord))]
internal sealed partial class SyncJson : JsonSerializerContext
{
}
