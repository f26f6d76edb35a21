using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Bitwarden.Core.Crypto;
using Bitwarden.Core.Vault;

namespace Bitwarden.Core.Transfer;

/// <summary>Writes an item as the official client exports it (protocol 7.7), with its members in the same order.</summary>
internal sealed class ItemDocumentWriter
{
    private static readonly string[] s_passkey =
    [
        "credentialId", "keyType", "keyAlgorithm", "keyCurve", "keyValue", "rpId", "userHandle", "userName", "counter", "rpName", "userDisplayName",
        "discoverable",
    ];

    private readonly Utf8JsonWriter _json;
    private readonly SealedItem _item;
    private readonly ItemForm _form;

    internal ItemDocumentWriter(Utf8JsonWriter json, SealedItem item, ItemForm form)
    {
        _json = json;
        _item = item;
        _form = form;
    }

    private bool IsExport => _form != ItemForm.Content;

    /// <exception cref="Errors.EncryptionException">A value cannot be read; <see cref="SealedItem.Place"/> says which.</exception>
    internal void Write()
    {
        ItemTypeInfo type = ItemTypes.Of((ItemType)Number(_item.Body, "type"));
        _json.WriteStartObject();
        _json.WriteNumber("type", (long)type.Type);
        WriteText(_item.Body, "name", "name");
        _json.WriteNumber("reprompt", Number(_item.Body, "reprompt"));
        WriteHeader();
        WriteText(_item.Body, "notes", "notes");
        WriteList(_item.Body, "fields", WriteField);
        WriteMember(type);
        WriteList(_item.Body, "passwordHistory", WriteEarlier);
        if (IsExport)
        {
            WriteDate(_item.Body, "creationDate");
            WriteDate(_item.Body, "revisionDate");
            WriteDate(_item.Body, "archivedDate");
        }

        _json.WriteEndObject();
    }

    private void WriteHeader()
    {
        if (!IsExport)
        {
            return;
        }

        _json.WriteBoolean("favorite", Flag(_item.Body, "favorite"));
        WritePlain("id");
        WritePlain("organizationId");
        WritePlain("folderId");
        if (_item.Body["collectionIds"] is JsonArray collections && _item.Body["organizationId"] is not null)
        {
            _json.WritePropertyName("collectionIds");
            collections.WriteTo(_json);
        }
        else
        {
            _json.WriteNull("collectionIds");
        }

        if (_form == ItemForm.Sealed)
        {
            WritePlain("key");
        }
    }

    private void WriteMember(ItemTypeInfo type)
    {
        if (type.WireMember.Length == 0)
        {
            return;
        }

        JsonObject member = _item.Object(type.WireMember) ?? new JsonObject();
        _json.WriteStartObject(type.WireMember);
        if (type.Type == ItemType.SecureNote)
        {
            _json.WriteNumber("type", Number(member, "type"));
        }

        if (type.Type == ItemType.Login)
        {
            WriteAddresses(member);
            WriteList(member, "fido2Credentials", WritePasskey);
        }

        foreach (ItemMember value in type.Members)
        {
            WriteText(member, value.WireName, $"{type.WireMember}.{value.WireName}");
        }

        _json.WriteEndObject();
    }

    private void WriteAddresses(JsonObject login) => WriteList(LoginAddresses.Entries(_item, login), "uris", WriteAddress);

    private void WriteAddress(JsonObject entry, string place)
    {
        if (_form != ItemForm.Sealed && !LoginAddresses.IsTrusted(_item, entry, place))
        {
            return;
        }

        _json.WriteStartObject();
        WriteText(entry, "uri", place);
        WriteNumber(entry, "match");
        if (_form == ItemForm.Sealed)
        {
            WriteText(entry, "uriChecksum", place);
        }

        _json.WriteEndObject();
    }

    private void WritePasskey(JsonObject entry, string place)
    {
        _json.WriteStartObject();
        foreach (string name in s_passkey)
        {
            WriteText(entry, name, $"{place}.{name}");
        }

        WriteDate(entry, "creationDate");
        _json.WriteEndObject();
    }

    private void WriteField(JsonObject entry, string place)
    {
        _json.WriteStartObject();
        WriteText(entry, "name", place);
        WriteText(entry, "value", place);
        _json.WriteNumber("type", Number(entry, "type"));
        WriteNumber(entry, "linkedId");
        _json.WriteEndObject();
    }

    private void WriteEarlier(JsonObject entry, string place)
    {
        _json.WriteStartObject();
        WriteText(entry, "password", place);
        WriteDate(entry, "lastUsedDate");
        _json.WriteEndObject();
    }

    private void WriteList(JsonObject holder, string name, Action<JsonObject, string> write) => WriteList(_item.List(holder, name), name, write);

    private void WriteList(IEnumerable<(JsonObject Entry, string Place)> list, string name, Action<JsonObject, string> write)
    {
        (JsonObject Entry, string Place)[] entries = [.. list];
        if (entries.Length == 0 && !IsExport)
        {
            return;
        }

        _json.WriteStartArray(name);
        foreach ((JsonObject entry, string place) in entries)
        {
            write(entry, place);
        }

        _json.WriteEndArray();
    }

    private void WriteText(JsonObject holder, string name, string place)
    {
        if (_form == ItemForm.Sealed)
        {
            if (_item.Wire(holder, name, place) is string wire)
            {
                _json.WriteString(name, wire);
            }

            return;
        }

        using SecretBytes? value = _item.Decrypt(holder, name, place);
        if (value is { Length: > 0 })
        {
            using SecretBytes quoted = SecretJson.Quote(value.Span);
            _json.WritePropertyName(name);
            _json.WriteRawValue(quoted.Span, skipInputValidation: true);
        }
    }

    private void WritePlain(string name)
    {
        if (_item.Wire(_item.Body, name, name) is string text)
        {
            _json.WriteString(name, text);
        }
    }

    private void WriteDate(JsonObject holder, string name)
    {
        if (_item.Wire(holder, name, name) is string text
            && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset date))
        {
            _json.WriteString(name, DateText(date));
        }
    }

    private void WriteNumber(JsonObject holder, string name)
    {
        if (holder[name] is JsonValue value && value.TryGetValue(out long number))
        {
            _json.WriteNumber(name, number);
        }
    }

    private static long Number(JsonObject holder, string name) => holder[name] is JsonValue value && value.TryGetValue(out long number) ? number : 0;

    private static bool Flag(JsonObject holder, string name) => holder[name] is JsonValue value && value.TryGetValue(out bool flag) && flag;

    /// <summary>A date as ECMAScript writes it.</summary>
    internal static string DateText(DateTimeOffset date) => date.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}
