using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Bitwarden.Core.Vault.Editing;

/// <summary>Reads what the server answers to a write: one item, as it is now.</summary>
internal static class CipherAnswer
{
    private static readonly JsonNodeOptions s_anyCasing = new() { PropertyNameCaseInsensitive = true };

    /// <summary>Makes a row of an answer, over bytes of its own.</summary>
    /// <param name="answer">The item, or an object that holds it as <c>cipher</c>.</param>
    /// <param name="id">Which item it has to be; null for a new one.</param>
    /// <param name="collections">Its collections where the answer does not say, as most do not.</param>
    /// <exception cref="JsonException">It is not that item.</exception>
    internal static CipherRow Read(byte[] answer, Guid? id, IEnumerable<Guid>? collections)
    {
        JsonObject item = Parse(answer);
        item["collectionIds"] ??= collections is null ? null : CipherRequest.Ids(collections);
        (_, IReadOnlyList<CipherRow> rows) = SyncReader.ReadList(Encoding.UTF8.GetBytes($"[{item.ToJsonString()}]"));
        return rows.Count == 1 && (id is null || rows[0].Id == id) ? rows[0] : throw new JsonException("Not the item that was written.");
    }

    private static JsonObject Parse(byte[] answer)
    {
        try
        {
            JsonObject? item = JsonNode.Parse(answer, s_anyCasing) as JsonObject;
            return item?["cipher"] as JsonObject ?? item ?? throw new JsonException("Not an object.");
        }
        catch (ArgumentException e)
        {
            throw new JsonException("A member comes twice.", e);
        }
    }
}
