using System.Text.Json;
using System.Text.Json.Nodes;
using Bitwarden.Core.Crypto;
using Bitwarden.Core.Errors;
using Bitwarden.Core.Vault;

namespace Bitwarden.Core.Transfer;

/// <summary>Reads what a plain item has several of: addresses, passkeys, fields and earlier passwords.</summary>
/// <param name="values">Reads the values in them.</param>
internal sealed class PlainEntryReader(PlainValueReader values)
{
    private const int HistoryLength = 5;

    private static readonly string[] s_passkey =
    [
        "credentialId", "keyType", "keyAlgorithm", "keyCurve", "keyValue", "rpId", "userHandle", "userName", "counter", "rpName", "userDisplayName",
        "discoverable",
    ];

    internal JsonObject? ReadAddress(ref Utf8JsonReader reader, string place)
    {
        JsonObject entry = new() { ["match"] = null };
        PlainValueReader.Members(ref reader, place, (ref Utf8JsonReader json, string name) =>
        {
            switch (name)
            {
                case "uri":
                    SealAddress(ref json, entry, place);
                    break;
                case "match":
                    entry[name] = PlainValueReader.Number(ref json, place);
                    break;
                default:
                    json.Skip();
                    break;
            }
        });
        return entry["uri"] is null ? null : entry;
    }

    internal JsonObject? ReadPasskey(ref Utf8JsonReader reader, string place)
    {
        JsonObject entry = [];
        PlainValueReader.Members(ref reader, place, (ref Utf8JsonReader json, string name) =>
        {
            if (name == "creationDate")
            {
                entry[name] = PlainValueReader.Date(ref json, $"{place}.{name}");
            }
            else if (s_passkey.Contains(name))
            {
                entry[name] = values.Seal(ref json, ItemMember.ShortLimit, $"{place}.{name}");
            }
            else
            {
                json.Skip();
            }
        });
        entry["creationDate"] ??= ItemDocumentWriter.DateText(DateTimeOffset.UnixEpoch);
        return entry;
    }

    internal JsonObject? ReadField(ref Utf8JsonReader reader, string place)
    {
        JsonObject entry = new() { ["type"] = 0 };
        PlainValueReader.Members(ref reader, place, (ref Utf8JsonReader json, string name) =>
        {
            switch (name)
            {
                case "name":
                    entry[name] = values.Seal(ref json, ItemMember.ShortLimit, $"{place}.{name}");
                    break;
                case "value":
                    entry[name] = values.Seal(ref json, ItemMember.MiddleLimit, $"{place}.{name}");
                    break;
                case "type" or "linkedId":
                    entry[name] = PlainValueReader.Number(ref json, $"{place}.{name}");
                    break;
                default:
                    json.Skip();
                    break;
            }
        });
        entry["type"] ??= 0;
        return entry;
    }

    internal JsonObject? ReadEarlier(ref Utf8JsonReader reader, string place)
    {
        JsonObject entry = [];
        PlainValueReader.Members(ref reader, place, (ref Utf8JsonReader json, string name) =>
        {
            switch (name)
            {
                case "password":
                    entry[name] = values.Seal(ref json, ItemMember.MiddleLimit, $"{place}.{name}");
                    break;
                case "lastUsedDate":
                    entry[name] = PlainValueReader.Date(ref json, $"{place}.{name}");
                    break;
                default:
                    json.Skip();
                    break;
            }
        });
        entry["lastUsedDate"] ??= ItemDocumentWriter.DateText(DateTimeOffset.UnixEpoch);
        return entry["password"] is null ? null : entry;
    }

    /// <summary>The latest ones, as many as the official client keeps.</summary>
    internal static JsonArray? History(JsonArray? entries)
    {
        while (entries?.Count > HistoryLength)
        {
            entries.RemoveAt(entries.Count - 1);
        }

        return entries;
    }

    private void SealAddress(ref Utf8JsonReader reader, JsonObject entry, string place)
    {
        if (reader.TokenType == JsonTokenType.Null)
        {
            return;
        }

        PlainValueReader.Expect(ref reader, JsonTokenType.String, place);
        using SecretBytes uri = SecretJson.Text(ref reader);
        if (uri.Length > 0)
        {
            using SecretBytes checksum = SecretBytes.FromCharacters(UriChecksum.Compute(uri.RevealText()));
            entry["uri"] = values.Seal(uri, ItemMember.LongLimit, place);
            entry["uriChecksum"] = values.Seal(checksum, ItemMember.LongLimit, place);
        }
    }
}
