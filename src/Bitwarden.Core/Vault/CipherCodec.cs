using System.Text.Json;
using Bitwarden.Core.Api.Wire;
using Bitwarden.Core.Crypto;
using Bitwarden.Core.Errors;

namespace Bitwarden.Core.Vault;

/// <summary>
/// The only place that crosses from encrypted to decrypted items (protocol 5). Plain text is made of names, user names, addresses and
/// file names; values are checked by their MAC and stay encrypted. One bad part never hides the rest.
/// </summary>
internal sealed class CipherCodec
{
    private readonly VaultItem _item;
    private readonly CipherRecord _record;
    private readonly SymmetricKey _key;
    private readonly List<ItemProblem> _problems = [];
    private readonly Dictionary<string, ItemValue> _values = new(StringComparer.OrdinalIgnoreCase);

    private CipherCodec(VaultItem item, SymmetricKey key)
    {
        _item = item;
        _record = item.Record;
        _key = key;
    }

    internal static ItemContent Decrypt(VaultItem item, UnlockedVault vault)
    {
        if (ProblemOf(item.Record) is ItemProblem problem)
        {
            return Unreadable(problem);
        }

        try
        {
            return vault.WithItemKey(item.Record, key => new CipherCodec(item, key).Decrypt());
        }
        catch (EncryptionException e)
        {
            return Unreadable(new ItemProblem("key", e.Code));
        }
    }

    /// <summary>
    /// Why nothing of an item can be read: it was not of the expected form, or its members are sealed in one blob (protocol 8.8), as accounts with
    /// encryption version 2 have them. Null when that is not so.
    /// </summary>
    internal static ItemProblem? ProblemOf(CipherRecord record)
    {
        if (record.IsMalformed)
        {
            return new ItemProblem("item", ErrorCodes.MalformedItem);
        }

        bool isSealed = record.SealedData is string text && text.Contains("\"format_version\"", StringComparison.Ordinal);
        return isSealed ? new ItemProblem("data", ErrorCodes.UnsupportedEncryption) : null;
    }

    private static ItemContent Unreadable(ItemProblem problem) =>
        new(null, [], new Dictionary<string, ItemValue>(), [], []) { Problems = [problem] };

    private ItemContent Decrypt()
    {
        if (_item.NameProblem is ItemProblem problem)
        {
            _problems.Add(problem);
        }

        // An empty user name is none: no credential can be made of it.
        string? username = Text(_record.Login?.Username, "username") is { Length: > 0 } text ? text : null;
        IReadOnlyList<string> uris = DecryptUris();
        AddValues();
        ItemField[] fields = (_record.Fields ?? []).Select(DecryptField).ToArray();
        ItemAttachment[] attachments = (_record.Attachments ?? []).Select(DecryptAttachment).ToArray();
        return new ItemContent(username, uris, _values, fields, attachments) { Problems = _problems };
    }

    private void AddValues()
    {
        AddValue("username", _record.Login?.Username, check: false);
        AddHideable("password", _record.Login?.Password);
        AddHideable("totp", _record.Login?.Totp);
        AddMembers(_record.Card);
        AddMembers(_record.Identity);
        AddMembers(_record.SshKey);
        AddMembers(_record.BankAccount);
        AddMembers(_record.DriversLicense);
        AddMembers(_record.Passport);
        AddValue("notes", _record.Notes);
    }

    private void AddMembers(Dictionary<string, JsonElement>? members)
    {
        foreach ((string name, JsonElement value) in members ?? [])
        {
            if (value.ValueKind == JsonValueKind.String)
            {
                AddValue(SelectorOf(name), value.GetString());
            }
        }
    }

    // Old servers write members in PascalCase, and SSN in capitals.
    private static string SelectorOf(string member) => member switch
    {
        _ when member.Equals("keyFingerprint", StringComparison.OrdinalIgnoreCase) => "fingerprint",
        _ when member.All(char.IsUpper) => member.ToLowerInvariant(),
        _ => char.ToLowerInvariant(member[0]) + member[1..],
    };

    private void AddHideable(string selector, string? wire)
    {
        if (!string.IsNullOrEmpty(wire) && _record.ViewPassword == false)
        {
            _values[selector] = new ItemValue(_item, selector, ItemLookupException.Hidden(_item.Name ?? _item.Id.ToString()));
            return;
        }

        AddValue(selector, wire);
    }

    private void AddValue(string selector, string? wire, bool check = true)
    {
        if (Secret(wire, selector, check) is ItemValue value)
        {
            _values[selector] = value;
        }
    }

    private ItemValue? Secret(string? wire, string field, bool check = true)
    {
        if (string.IsNullOrEmpty(wire))
        {
            return null;
        }

        try
        {
            EncString value = EncString.Parse(wire);
            if (check)
            {
                _key.Verify(value);
            }

            return new ItemValue(_item, field, value);
        }
        catch (EncryptionException e)
        {
            _problems.Add(new ItemProblem(field, e.Code));
            return new ItemValue(_item, field, e);
        }
    }

    private string? Text(string? wire, string field)
    {
        if (string.IsNullOrEmpty(wire))
        {
            return null;
        }

        try
        {
            return _key.DecryptText(EncString.Parse(wire));
        }
        catch (EncryptionException e)
        {
            _problems.Add(new ItemProblem(field, e.Code));
            return null;
        }
    }

    private List<string> DecryptUris()
    {
        LoginRecord? login = _record.Login;
        LoginUriRecord[] records = login?.Uris is { Length: > 0 } uris ? uris : [new LoginUriRecord { Uri = login?.Uri }];
        List<string> result = [];
        for (int i = 0; i < records.Length; i++)
        {
            string field = $"uris[{i}]";
            if (Text(records[i].Uri, field) is string uri && IsTrusted(records[i], uri, field))
            {
                result.Add(uri);
            }
        }

        return result;
    }

    // An item with a key of its own must carry checksums; they stop a server from moving addresses between items (protocol 5.6).
    private bool IsTrusted(LoginUriRecord record, string uri, string field)
    {
        if (string.IsNullOrEmpty(_record.Key) || Text(record.UriChecksum, field) == UriChecksum.Compute(uri))
        {
            return true;
        }

        _problems.Add(new ItemProblem(field, ItemProblem.UriChecksumMismatch));
        return false;
    }

    private ItemField DecryptField(FieldRecord record, int index)
    {
        string field = $"fields[{index}]";
        string name = Text(record.Name, field + ".name") ?? string.Empty;
        FieldType type = (FieldType)record.Type;
        if (type == FieldType.Hidden && _record.ViewPassword == false)
        {
            return new ItemField(name, type, new ItemValue(_item, field, ItemLookupException.Hidden(_item.Name ?? _item.Id.ToString())));
        }

        string? linked = type == FieldType.Linked ? LinkedValues.SelectorOf(record.LinkedId) : null;
        ItemValue? value = linked is null ? Secret(record.Value, field) : _values.GetValueOrDefault(linked);
        return new ItemField(name, type, value);
    }

    private ItemAttachment DecryptAttachment(AttachmentRecord record, int index)
    {
        string name = Text(record.FileName, $"attachments[{index}]") ?? string.Empty;
        return new ItemAttachment(record.Id ?? string.Empty, name, SizeOf(record.Size), record);
    }

    private static long? SizeOf(JsonElement? size) => size switch
    {
        { ValueKind: JsonValueKind.Number } number when number.TryGetInt64(out long value) => value,
        { ValueKind: JsonValueKind.String } text when long.TryParse(text.GetString(), out long value) => value,
        _ => null,
    };
}
