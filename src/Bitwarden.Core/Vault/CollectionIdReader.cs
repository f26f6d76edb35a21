using System.Text.Json;
using Bitwarden.Core.Api.Wire;

namespace Bitwarden.Core.Vault;

/// <summary>Reads from an item's document which collections hold it, without parsing anything else.</summary>
internal static class CollectionIdReader
{
    internal static List<Guid> Read(ReadOnlySpan<byte> json)
    {
        Utf8JsonReader reader = new(json);
        List<Guid> ids = [];
        try
        {
            ReadMembers(ref reader, ids);
        }
        catch (JsonException)
        {
            // Malformed, or let go by a lock: no collection is known.
        }

        return ids;
    }

    private static void ReadMembers(ref Utf8JsonReader reader, List<Guid> ids)
    {
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            return;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            bool isList = JsonText.IsMember(ref reader, "collectionIds"u8);
            reader.Read();
            if (isList && reader.TokenType == JsonTokenType.StartArray)
            {
                ReadIds(ref reader, ids);
            }

            reader.Skip();
        }
    }

    // Of a member that comes twice the last one counts, as everywhere in JSON.
    private static void ReadIds(ref Utf8JsonReader reader, List<Guid> ids)
    {
        ids.Clear();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (JsonText.Id(ref reader) is Guid id)
            {
                ids.Add(id);
            }

            reader.Skip();
        }
    }
}
