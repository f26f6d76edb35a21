using System.Text.Json;
using System.Text.Json.Nodes;

namespace Bitwarden.Core.Vault;

/// <summary>Reads from an item's document whether it has passkeys, which are for official clients, and keeps nothing.</summary>
internal static class PasskeyReader
{
    private static readonly JsonNodeOptions s_anyCasing = new() { PropertyNameCaseInsensitive = true };

    internal static bool HasAny(ReadOnlySpan<byte> json)
    {
        try
        {
            return ((JsonNode.Parse(json, s_anyCasing) as JsonObject)?["login"] as JsonObject)?["fido2Credentials"] is JsonArray { Count: > 0 };
        }
        catch (Exception e) when (e is JsonException or ArgumentException)
        {
            // Malformed, with a member twice, or let go by a lock: nothing is known.
            return false;
        }
    }
}
