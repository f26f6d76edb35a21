using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Bitwarden.Core.Crypto;
using Bitwarden.Core.Errors;

namespace Bitwarden.Core.Vault.Editing;

/// <summary>
/// Applies an edit to a document: the only place that crosses from decrypted to encrypted, as <see cref="CipherCodec"/> is the one for the way back. What does
/// not change keeps its own encryption; what is replaced goes into the history where official clients put it there (protocol 7.2).
/// </summary>
internal sealed class CipherEncoder
{
    private const int HistoryLength = 5;
    private readonly JsonObject _body;
    private readonly JsonObject _member;
    private readonly ItemTypeInfo _type;
    private readonly SymmetricKey _key;
    private readonly string _now;

    /// <param name="request">The document; changed in place.</param>
    /// <param name="key">The item's key.</param>
    /// <param name="now">For the history.</param>
    internal CipherEncoder(CipherRequest request, SymmetricKey key, DateTimeOffset now)
    {
        _body = request.Body;
        _member = request.Member;
        _type = ItemTypes.Of(request.Type);
        _key = key;
        _now = now.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
    }

    /// <exception cref="InvalidInputException">InvalidItem, or InputTooLong with the name of the value.</exception>
    internal void Apply(ItemEdit edit)
    {
        edit.EnsureFits(_type.Type);
        if (edit.Name is string name)
        {
            using SecretBytes value = SecretBytes.FromCharacters(name);
            Put(_body, "name", value, ItemMember.ShortLimit, "name");
        }

        foreach ((string selector, SecretBytes? value) in edit.Values)
        {
            Set(_type.Member(selector)!, value);
        }

        SetAddresses(edit.Addresses);
        foreach (FieldEdit field in edit.Fields)
        {
            SetField(field);
        }

        SetPlain(edit);
    }

    private void Set(ItemMember member, SecretBytes? value)
    {
        JsonObject holder = member == ItemMember.Notes ? _body : _member;
        if (_type.Type == ItemType.Login && member.Selector == "password")
        {
            RememberPassword(value);
        }

        Put(holder, member.WireName, value, member.Limit, member.Selector);
    }

    private void SetPlain(ItemEdit edit)
    {
        if (edit.ChangesFolder)
        {
            _body["folderId"] = edit.FolderId?.ToString();
        }

        if (edit.Favorite is bool favorite)
        {
            _body["favorite"] = favorite;
        }

        if (edit.Reprompt is bool reprompt)
        {
            _body["reprompt"] = reprompt ? 1 : 0;
        }
    }

    private void SetAddresses(IReadOnlyList<AddressEdit>? addresses)
    {
        if (addresses is null)
        {
            return;
        }

        List<JsonObject> known = [.. CipherRequest.List(_member, "uris").OfType<JsonObject>()];
        _member["uris"] = new JsonArray([.. addresses.Select(address => Address(address, known))]);
        _member.Remove("uri");
    }

    // An address that was there keeps all that there is about it.
    private JsonObject Address(AddressEdit address, List<JsonObject> known)
    {
        using SecretBytes uri = SecretBytes.FromCharacters(address.Uri);
        JsonObject? old = known.Find(node => Holds(node["uri"], uri));
        if (old is not null)
        {
            known.Remove(old);
        }

        JsonObject entry = old?.DeepClone().AsObject() ?? new JsonObject();
        Put(entry, "uri", uri, ItemMember.LongLimit, "uri");
        using SecretBytes checksum = SecretBytes.FromCharacters(UriChecksum.Compute(address.Uri));
        Put(entry, "uriChecksum", checksum, ItemMember.LongLimit, "uri");
        if (address.Match is not null || old is null)
        {
            entry["match"] = (int?)address.Match;
        }

        return entry;
    }

    private void SetField(FieldEdit field)
    {
        JsonArray fields = CipherRequest.List(_body, "fields");
        using SecretBytes name = SecretBytes.FromCharacters(field.Name);
        JsonObject[] found = [.. fields.OfType<JsonObject>().Where(node => Holds(node["name"], name))];
        if (found.Length > 1)
        {
            throw InvalidInputException.Item($"The item has {found.Length} fields called '{ForeignText.Show(field.Name, ForeignText.NameLength)}'.");
        }

        if (field.Value is null)
        {
            RememberField(found.FirstOrDefault(), name, null);
            fields.Remove(found.FirstOrDefault());
            return;
        }

        JsonObject entry = found.FirstOrDefault() ?? Add(fields, name);
        RememberField(entry, name, field.Value);
        SetType(entry, field);
        Put(entry, "value", field.Value, ItemMember.MiddleLimit, $"field {field.Name}");
    }

    private JsonObject Add(JsonArray fields, SecretBytes name)
    {
        JsonObject entry = new() { ["type"] = (int)FieldType.Text };
        Put(entry, "name", name, ItemMember.ShortLimit, "name of a field");
        fields.Add(entry);
        return entry;
    }

    // A linked field that gets a value of its own is linked no more.
    private static void SetType(JsonObject entry, FieldEdit field)
    {
        FieldType type = field.Type ?? TypeOf(entry);
        type = type == FieldType.Linked ? FieldType.Text : type;
        if (type == FieldType.Boolean && !field.Value!.Span.SequenceEqual("true"u8) && !field.Value.Span.SequenceEqual("false"u8))
        {
            throw InvalidInputException.Item($"The field '{ForeignText.Show(field.Name, ForeignText.NameLength)}' takes true or false.");
        }

        entry["type"] = (int)type;
        entry["linkedId"] = null;
    }

    private static FieldType TypeOf(JsonObject? entry) =>
        entry?["type"] is JsonValue value && value.TryGetValue(out int type) ? (FieldType)type : FieldType.Text;

    private void RememberPassword(SecretBytes? value)
    {
        if (CipherRequest.Text(_member["password"]) is string old && !Holds(_member["password"], value))
        {
            Remember(old);
            _member["passwordRevisionDate"] = _now;
        }
    }

    // Official clients keep replaced and removed hidden fields too, as "name: value".
    private void RememberField(JsonObject? entry, SecretBytes name, SecretBytes? value)
    {
        if (TypeOf(entry) != FieldType.Hidden || name.Length == 0 || Holds(entry!["value"], value) || Decrypt(entry["value"]) is not SecretBytes old)
        {
            return;
        }

        using (old)
        {
            using SecretBytes text = new(name.Length + 2 + old.Length);
            name.Span.CopyTo(text.Span);
            ": "u8.CopyTo(text.Span[name.Length..]);
            old.Span.CopyTo(text.Span[(name.Length + 2)..]);
            string wire = _key.Encrypt(text.Span).ToWireString();

            // Longer than the server takes: better without than no change at all.
            if (wire.Length <= ItemMember.MiddleLimit)
            {
                Remember(wire);
            }
        }
    }

    private void Remember(string wire)
    {
        JsonArray history = CipherRequest.List(_body, "passwordHistory");
        history.Insert(0, new JsonObject { ["password"] = wire, ["lastUsedDate"] = _now });
        while (history.Count > HistoryLength)
        {
            history.RemoveAt(history.Count - 1);
        }
    }

    private void Put(JsonObject holder, string name, SecretBytes? value, int limit, string label)
    {
        if (Holds(holder[name], value))
        {
            return;
        }

        string? wire = value is null ? null : _key.Encrypt(value.Span).ToWireString();
        holder[name] = wire?.Length > limit ? throw InvalidInputException.TooLong(label, limit) : wire;
    }

    private bool Holds(JsonNode? node, SecretBytes? value)
    {
        if (CipherRequest.Text(node) is null)
        {
            return value is null;
        }

        using SecretBytes? known = Decrypt(node);
        return known is not null && value is not null && CryptographicOperations.FixedTimeEquals(known.Span, value.Span);
    }

    // One that cannot be decrypted counts as another value.
    private SecretBytes? Decrypt(JsonNode? node)
    {
        try
        {
            return CipherRequest.Text(node) is string wire ? _key.Decrypt(EncString.Parse(wire)) : null;
        }
        catch (EncryptionException)
        {
            return null;
        }
    }
}
