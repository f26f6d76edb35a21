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
    // What the official client calls an item without a name.
    private static readonly byte[] s_noName = "--"u8.ToArray();

    private readonly PlainValueReader _values;
    private readonly PlainEntryReader _entries;
    private readonly string _place;
    private readonly JsonObject _body = new() { ["favorite"] = false, ["reprompt"] = 0 };
    private readonly List<string> _places = [];
    private readonly bool _isOrganizations;

    /// <param name="key">What values are encrypted with: the item's own key, or its owner's.</param>
    /// <param name="place">Where in the file the item is.</param>
    /// <param name="isOrganizations">Whether it goes to an organization.</param>
    internal PlainItemReader(SymmetricKey key, string place, bool isOrganizations)
    {
        _values = new PlainValueReader(key);
        _entries = new PlainEntryReader(_values);
        _place = place;
        _isOrganizations = isOrganizations;
    }

    /// <summary>Reads an item; the reader stands on its beginning, and then on its end.</summary>
    /// <exception cref="TransferException">InvalidExportFile or InputTooLong.</exception>
    internal (JsonObject Body, IReadOnlyList<string> Places) Read(ref Utf8JsonReader reader)
    {
        PlainValueReader.Expect(ref reader, JsonTokenType.StartObject, _place);
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

        _body["name"] ??= _values.Seal(s_noName);
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
                _body[name] = PlainValueReader.Number(ref reader, place) ?? 0;
                break;
            case "favorite":
                _body[name] = reader.TokenType == JsonTokenType.True;
                break;
            case "name":
                _body[name] = _values.Seal(ref reader, ItemMember.ShortLimit, place, isBlankNone: true);
                break;
            case "notes":
                _body[name] = _values.Seal(ref reader, ItemMember.LongLimit, place, isBlankNone: true);
                break;
            case "archivedDate":
                _body[name] = PlainValueReader.Date(ref reader, place);
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
                _body[name] = PlainValueReader.List(ref reader, place, _entries.ReadField);
                break;
            case "passwordHistory":
                _body[name] = PlainEntryReader.History(PlainValueReader.List(ref reader, place, _entries.ReadEarlier));
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

        PlainValueReader.Expect(ref reader, JsonTokenType.StartObject, place);
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
            member[name] = _values.Seal(ref reader, known.Limit, place);
        }
        else if (type.Type == ItemType.Login && name == "uris")
        {
            member[name] = PlainValueReader.List(ref reader, place, _entries.ReadAddress);
        }
        else if (type.Type == ItemType.Login && name == "fido2Credentials")
        {
            member[name] = PlainValueReader.List(ref reader, place, _entries.ReadPasskey) is { Count: > 0 } passkeys ? passkeys : null;
        }
        else if (type.Type == ItemType.SecureNote && name == "type")
        {
            member[name] = PlainValueReader.Number(ref reader, place);
        }
        else
        {
            reader.Skip();
        }
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
}
