using System.Text.Json;
using Bitwarden.Core.Api.Wire;

namespace Bitwarden.Core.Vault;

/// <summary>Reads from an item's document which collections hold it, without parsing anything else.</summary>
internal static class CollectionIdReader
{
    internal static Guid[] Read(ReadOnlySpan<byte> json)
    {
        try
        {
            return ReadMembers(json);
        }
        catch (JsonException)
        {
            // Malformed, or let go by a lock: no collection is known.
            return [];
        }
    }

    // Of a member that comes twice the last one counts, as everywhere in JSON.
    private static Guid[] ReadMembers(ReadOnlySpan<byte> json)
    {
        Guid[] ids = [];
        JsonMembers members = JsonMembers.Of(json);
        while (members.Next())
        {
            if (members.IsNamed("collectionIds"u8))
            {
                ids = members.ReadIds() ?? [];
            }
        }

        return ids;
    }
}
