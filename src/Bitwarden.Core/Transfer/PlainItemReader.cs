using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Bitwarden.Core.Crypto;
using Bitwarden.Core.Errors;
using Bitwarden.Core.Vault;

namespace Bitwarden.Core.Transfer;

/// <summary>
/// Reads a plain item of a file and encrypts it value by value (protocol 7.7), so that no value of it is ever a string. Members that are not known are left
/// out, as the official client does. A file may be a stranger's: whatever has another form than it should names its place.
/// </summary>
internal sealed class PlainItemReader
{
    private const int HistoryLength = 5;

    // What the official client calls an item without a name.
    private static readonly byte[] s_noName = "--"u8.ToArray();

    private static readonly string[] s_passkey =
    [
        "credentialId", "keyType", "keyAlgorithm", "keyCurve", "keyValue", "rpId", "userHandle", "userName", "counter", "rpName", "userDisplayName",
        "discoverable",
    ];

    private readonly SymmetricKey _key;
    private readonly string _place;
    private readonly JsonObject _body = new() { ["favorite"] = false, ["reprompt"] = 0 };
    private readonly List<string> _places = [];
    private readonly bool _isOrganizations;

    /// <param name="key">What values are encrypted with: the item's own key, or its owner's.</param>
    /// <param name="place">Where in the file the item is.</param>
    /// <param name="isOrganizations">Whether it goes to an organization.</param>
    internal PlainItemReader(SymmetricKey key, string place, bool isOrganizations)
    {
        _key = key;
        _place = place;
        _isOrganizations = isOrganizations;
    }

    /// <summary>Reads an item; the reader stands on its beginning, and then on its end.</summary>
    /// <exception cref="TransferException">InvalidExportFile or InputTooLong.</exception>
    internal (JsonObject Body, IReadOnlyList<string> Places) Read(ref Utf8JsonReader reader)
    {
        Expect(ref reader, JsonTokenType.StartObject, _place);
        try
        {
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                string name = reader.GetString()!;
                reader.Read();
                ReadMember(ref reader, name, $"{_place}.{name}");
            }
        }
        catch (InvalidOperationException)
        {
            throw TransferException.InvalidFile(_place, "it has text that is not valid Unicode");
        }

        return (Finish(), _places);
    }

    private JsonObject Finish()
    {
        ItemType type = _body["type"] is JsonNode number ? (ItemType)number.GetValue<long>() : throw TransferException.InvalidFile(_place, "it has no type");
        if (!ItemTypes.IsKnown(type))
        {
            throw TransferException.InvalidFile(_place, $"items of the type {(long)type} are newer than this version");
        }

        _body["name"] ??= _key.Encrypt(s_noName).ToWireString();
        string member = ItemTypes.Of(type).WireMember;
        foreach (ItemTypeInfo other in ItemTypes.All.Where(other => other.WireMember != member))
        {
            _body.Remove(other.WireMember);
        }

        _body[member] ??= new JsonObject();
        if (type == ItemType.SecureNote)
        {
            _body[member]!["type"] ??= 0;
        }

        return _body;
    }

    private void ReadMember(ref Utf8JsonReader reader, string name, string place)
    {
        switch (name)
        {
            case "type" or "reprompt":
                _body[name] = Number(ref reader, place) ?? 0;
                break;
            case "favorite":
                _body[name] = reader.TokenType == JsonTokenType.True;
                break;
            case "name":
                _body[name] = Seal(ref reader, ItemMember.ShortLimit, place, isBlankNone: true);
                break;
            case "notes":
                _body[name] = Seal(ref reader, ItemMember.LongLimit, place, isBlankNone: true);
                break;
            case "archivedDate":
                _body[name] = Date(ref reader, place);
                break;
            case "folderId" when !_isOrganizations:
                AddPlace(ref reader);
                break;
            case "collectionIds" when _isOrganizations && reader.TokenType == JsonTokenType.StartArray:
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                {
                    AddPlace(ref reader);
                }

                break;
            case "fields":
                _body[name] = List(ref reader, place, ReadField);
                break;
            case "passwordHistory":
                _body[name] = History(List(ref reader, place, ReadEarlier));
                break;
            default:
                ReadOther(ref reader, name, place);
                break;
        }
    }

    private void ReadOther(ref Utf8JsonReader reader, string name, string place)
    {
        ItemTypeInfo? type = ItemTypes.All.FirstOrDefault(type => type.WireMember == name);
        if (type is null || reader.TokenType == JsonTokenType.Null)
        {
            reader.Skip();
            return;
        }

        Expect(ref reader, JsonTokenType.StartObject, place);
        JsonObject member = [];
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string value = reader.GetString()!;
            reader.Read();
            ReadValue(ref reader, type, member, value, $"{place}.{value}");
        }

        _body[name] = member;
    }

    private void ReadValue(ref Utf8JsonReader reader, ItemTypeInfo type, JsonObject member, string name, string place)
    {
        if (type.Members.FirstOrDefault(known => known.WireName == name) is ItemMember known)
        {
            member[name] = Seal(ref reader, known.Limit, place);
        }
        else if (type.Type == ItemType.Login && name == "uris")
        {
            member[name] = List(ref reader, place, ReadAddress);
        }
        else if (type.Type == ItemType.Login && name == "fido2Credentials")
        {
            member[name] = List(ref reader, place, ReadPasskey) is { Count: > 0 } passkeys ? passkeys : null;
        }
        else if (type.Type == ItemType.SecureNote && name == "type")
        {
            member[name] = Number(ref reader, place);
        }
        else
        {
            reader.Skip();
        }
    }

    private JsonObject? ReadAddress(ref Utf8JsonReader reader, string place)
    {
        JsonObject entry = new() { ["match"] = null };
        Members(ref reader, place, (ref Utf8JsonReader json, string name) =>
        {
            switch (name)
            {
                case "uri":
                    SealAddress(ref json, entry, place);
                    break;
                case "match":
                    entry[name] = Number(ref json, place);
                    break;
                default:
                    json.Skip();
                    break;
            }
        });
        return entry["uri"] is null ? null : entry;
    }

    private void SealAddress(ref Utf8JsonReader reader, JsonObject entry, string place)
    {
        if (reader.TokenType == JsonTokenType.Null)
        {
            return;
        }

        Expect(ref reader, JsonTokenType.String, place);
        using SecretBytes uri = SecretJson.Text(ref reader);
        if (uri.Length > 0)
        {
            using SecretBytes checksum = SecretBytes.FromCharacters(UriChecksum.Compute(uri.RevealText()));
            entry["uri"] = Seal(uri, ItemMember.LongLimit, place);
            entry["uriChecksum"] = Seal(checksum, ItemMember.LongLimit, place);
        }
    }

    private JsonObject? ReadPasskey(ref Utf8JsonReader reader, string place)
    {
        JsonObject entry = [];
        Members(ref reader, place, (ref Utf8JsonReader json, string name) =>
        {
            if (name == "creationDate")
            {
                entry[name] = Date(ref json, $"{place}.{name}");
            }
            else if (s_passkey.Contains(name))
            {
                entry[name] = Seal(ref json, ItemMember.ShortLimit, $"{place}.{name}");
            }
            else
            {
                json.Skip();
            }
        });
        entry["creationDate"] ??= ItemDocumentWriter.DateText(DateTimeOffset.UnixEpoch);
        return entry;
    }

    private JsonObject? ReadField(ref Utf8JsonReader reader, string place)
    {
        JsonObject entry = new() { ["type"] = 0 };
        Members(ref reader, place, (ref Utf8JsonReader json, string name) =>
        {
            switch (name)
            {
                case "name":
                    entry[name] = Seal(ref json, ItemMember.ShortLimit, $"{place}.{name}");
                    break;
                case "value":
                    entry[name] = Seal(ref json, ItemMember.MiddleLimit, $"{place}.{name}");
                    break;
                case "type" or "linkedId":
                    entry[name] = Number(ref json, $"{place}.{name}");
                    break;
                default:
                    json.Skip();
                    break;
            }
        });
        entry["type"] ??= 0;
        return entry;
    }

    private JsonObject? ReadEarlier(ref Utf8JsonReader reader, string place)
    {
        JsonObject entry = [];
        Members(ref reader, place, (ref Utf8JsonReader json, string name) =>
        {
            switch (name)
            {
                case "password":
                    entry[name] = Seal(ref json, ItemMember.MiddleLimit, $"{place}.{name}");
                    break;
                case "lastUsedDate":
                    entry[name] = Date(ref json, $"{place}.{name}");
                    break;
                default:
                    json.Skip();
                    break;
            }
        });
        entry["lastUsedDate"] ??= ItemDocumentWriter.DateText(DateTimeOffset.UnixEpoch);
        return entry["password"] is null ? null : entry;
    }

    private static JsonArray? History(JsonArray? entries)
    {
        while (entries?.Count > HistoryLength)
        {
            entries.RemoveAt(entries.Count - 1);
        }

        return entries;
    }

    private delegate void MemberReader(ref Utf8JsonReader reader, string name);

    private delegate JsonObject? EntryReader(ref Utf8JsonReader reader, string place);

    private static void Members(ref Utf8JsonReader reader, string place, MemberReader read)
    {
        Expect(ref reader, JsonTokenType.StartObject, place);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string name = reader.GetString()!;
            reader.Read();
            read(ref reader, name);
        }
    }

    private static JsonArray? List(ref Utf8JsonReader reader, string place, EntryReader read)
    {
        if (reader.TokenType == JsonTokenType.Null)
        {
            return null;
        }

        Expect(ref reader, JsonTokenType.StartArray, place);
        JsonArray list = [];
        for (int index = 0; reader.Read() && reader.TokenType != JsonTokenType.EndArray; index++)
        {
            if (read(ref reader, $"{place}[{index}]") is JsonObject entry)
            {
                list.Add(entry);
            }
        }

        return list;
    }

    private void AddPlace(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.String && reader.GetString() is { Length: > 0 } place)
        {
            _places.Add(place);
        }
        else
        {
            reader.Skip();
        }
    }

    private string? Seal(ref Utf8JsonReader reader, int limit, string place, bool isBlankNone = false)
    {
        if (reader.TokenType == JsonTokenType.Null)
        {
            return null;
        }

        Expect(ref reader, JsonTokenType.String, place);
        using SecretBytes text = SecretJson.Text(ref reader);
        bool isNone = isBlankNone ? text.Span.Trim(" \t\r\n"u8).IsEmpty : text.Length == 0;
        return isNone ? null : Seal(text, limit, place);
    }

    private string Seal(SecretBytes text, int limit, string place)
    {
        string wire = _key.Encrypt(text.Span).ToWireString();
        return wire.Length <= limit ? wire : throw TransferException.TooLong(place, limit);
    }

    private static long? Number(ref Utf8JsonReader reader, string place)
    {
        if (reader.TokenType == JsonTokenType.Null)
        {
            return null;
        }

        Expect(ref reader, JsonTokenType.Number, place);
        return reader.TryGetInt32(out int number) ? number : throw TransferException.InvalidFile(place, "a whole number was expected");
    }

    private static string? Date(ref Utf8JsonReader reader, string place)
    {
        if (reader.TokenType == JsonTokenType.Null)
        {
            return null;
        }

        Expect(ref reader, JsonTokenType.String, place);
        return DateTimeOffset.TryParse(reader.GetString(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset date)
            ? ItemDocumentWriter.DateText(date)
            : throw TransferException.InvalidFile(place, "a date was expected");
    }

    private static void Expect(ref Utf8JsonReader reader, JsonTokenType expected, string place)
    {
        if (reader.TokenType != expected)
        {
            throw TransferException.InvalidFile(place, $"{NameOf(expected)} was expected, and there is {NameOf(reader.TokenType)}");
        }
    }

    private static string NameOf(JsonTokenType token) => token switch
    {
        JsonTokenType.StartObject => "an object",
        JsonTokenType.StartArray => "a list",
        JsonTokenType.String => "a text",
        JsonTokenType.Number => "a number",
        JsonTokenType.Null => "null",
        _ => "true or false",
    };
}
