using System.Text.Json;
using System.Text.Json.Nodes;
using Bitwarden.Core.Crypto;
using Bitwarden.Core.Errors;

namespace Bitwarden.Core.Transfer;

/// <summary>Reads all of a file and encrypts it for its new owner. Nothing decrypted is left of it but names of folders and collections.</summary>
internal sealed class ImportReader
{
    private static readonly JsonNodeOptions s_anyCasing = new() { PropertyNameCaseInsensitive = true };
    private readonly SymmetricKey _owner;
    private readonly bool _givesOwnKeys;
    private readonly bool _isOrganizations;
    private readonly ItemFingerprint? _fingerprint;
    private readonly List<ImportItem> _items = [];
    private readonly List<ImportPlace> _places = [];
    private readonly Dictionary<string, string> _names = new(StringComparer.Ordinal);
    private bool _isTable;

    /// <param name="owner">The key of the account or the organization.</param>
    /// <param name="givesOwnKeys">Whether items get keys of their own.</param>
    /// <param name="isOrganizations">Whether an organization becomes the owner.</param>
    /// <param name="fingerprint">Makes what tells whether an item is there already; null where nobody asks.</param>
    internal ImportReader(SymmetricKey owner, bool givesOwnKeys, bool isOrganizations, ItemFingerprint? fingerprint)
    {
        _owner = owner;
        _givesOwnKeys = givesOwnKeys;
        _isOrganizations = isOrganizations;
        _fingerprint = fingerprint;
    }

    /// <summary>Reads JSON, plain or with each value encrypted.</summary>
    /// <exception cref="TransferException">InvalidExportFile, InputTooLong or FileKeyMismatch.</exception>
    internal ImportContent Read(TransferFile file)
    {
        try
        {
            EnsureReadable(file);
            ReadPlaces(file);
            if (file.IsEncrypted)
            {
                ReadSealed(file);
            }
            else
            {
                ReadPlain(file.Items);
            }

            return new ImportContent(_places, _items);
        }
        catch (Exception e) when (e is JsonException or ArgumentException or InvalidOperationException and not ObjectDisposedException)
        {
            throw TransferException.InvalidFile(null, "a part of it does not have the form that it should have");
        }
    }

    /// <summary>Reads a table.</summary>
    /// <exception cref="TransferException">InvalidExportFile or InputTooLong.</exception>
    internal ImportContent ReadCsv(SecretBytes text)
    {
        CsvImport table = new(text, _isOrganizations);
        _isTable = true;
        while (true)
        {
            using SecretBytes? item = table.ReadItem();
            if (item is null)
            {
                return new ImportContent([.. table.Places.Select(name => new ImportPlace(name, name))], _items);
            }

            ReadItem(item.Span, $"line {table.Line}");
        }
    }

    private void EnsureReadable(TransferFile file)
    {
        if (file.IsPasswordProtected)
        {
            throw TransferException.InvalidFile(null, "a file with a password is in another one");
        }

        if (!file.IsEncrypted)
        {
            return;
        }

        try
        {
            _owner.Verify(EncString.Parse(file.Validation ?? string.Empty));
        }
        catch (EncryptionException)
        {
            throw TransferException.OtherKey();
        }
    }

    private void ReadPlaces(TransferFile file)
    {
        string member = _isOrganizations ? "collections" : "folders";
        ReadOnlySpan<byte> json = file.List(member);
        JsonArray list = json.IsEmpty ? [] : JsonNode.Parse(json, s_anyCasing)!.AsArray();
        for (int i = 0; i < list.Count; i++)
        {
            ImportPlace place = ReadPlace(list[i] as JsonObject, file.IsEncrypted, $"{member}[{i}]");
            _places.Add(place);
            _names[place.Key] = place.Name;
        }
    }

    private ImportPlace ReadPlace(JsonObject? entry, bool isSealed, string at)
    {
        string? name = Text(entry?["name"]);
        if (isSealed && name is not null)
        {
            name = EncString.TryParse(name, out EncString? wire) ? TryDecrypt(wire) : null;
        }

        return string.IsNullOrWhiteSpace(name)
            ? throw TransferException.InvalidFile(at, "it has no name that can be read")
            : new ImportPlace(Text(entry!["id"]) ?? at, name, Text(entry["externalId"]));
    }

    private string? TryDecrypt(EncString wire)
    {
        try
        {
            return _owner.DecryptText(wire);
        }
        catch (EncryptionException)
        {
            return null;
        }
    }

    private void ReadPlain(ReadOnlySpan<byte> items)
    {
        Utf8JsonReader reader = new(items);
        reader.Read();
        for (int i = 0; reader.Read() && reader.TokenType != JsonTokenType.EndArray; i++)
        {
            ReadItem(ref reader, $"items[{i}]");
        }
    }

    private void ReadSealed(TransferFile file)
    {
        JsonArray items = JsonNode.Parse(file.Items, s_anyCasing)!.AsArray();
        for (int i = 0; i < items.Count; i++)
        {
            string place = $"items[{i}]";
            using SecretBytes plain = Decrypt(items[i] as JsonObject ?? throw TransferException.InvalidFile(place, "an object was expected"), place);
            ReadItem(plain.Span, place);
        }
    }

    private SecretBytes Decrypt(JsonObject item, string place)
    {
        using SecretBufferWriter buffer = new();
        using Utf8JsonWriter json = SecretJson.Writer(buffer, isIndented: false);
        try
        {
            new ExportItem(Guid.Empty, place, item).Write(json, _owner, ItemForm.Plain);
        }
        catch (TransferException e)
        {
            throw TransferException.InvalidFile($"{place}.{e.Place}", "it cannot be decrypted");
        }

        json.Flush();
        return buffer.ToSecret();
    }

    private void ReadItem(ReadOnlySpan<byte> json, string place)
    {
        Utf8JsonReader reader = new(json);
        reader.Read();
        ReadItem(ref reader, place);
    }

    private void ReadItem(ref Utf8JsonReader reader, string place)
    {
        using SymmetricKey? own = _givesOwnKeys ? SymmetricKey.Generate() : null;
        (JsonObject body, IReadOnlyList<string> places) = new PlainItemReader(own ?? _owner, place, _isOrganizations).Read(ref reader);
        if (own is not null)
        {
            body["key"] = _owner.WrapKey(own).ToWireString();
        }

        _items.Add(new ImportItem(body, places, _fingerprint?.Of(body, _owner, places.Select(NameOf).OfType<string>())));
    }

    // In a table the name is all that there is.
    private string? NameOf(string key) => _isTable ? key : _names.GetValueOrDefault(key);

    private static string? Text(JsonNode? node) => node is JsonValue value && value.TryGetValue(out string? text) ? text : null;
}
