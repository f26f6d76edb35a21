using System.Globalization;
using System.Text.Json;
using Bitwarden.Core.Crypto;
using Bitwarden.Core.Errors;
using Bitwarden.Core.Vault;

namespace Bitwarden.Core.Transfer;

/// <summary>Makes of the rows of a table what a plain export has for them, as the official client reads them (protocol 7.7).</summary>
internal sealed class CsvImport
{
    private readonly CsvReader _reader;
    private readonly Dictionary<string, int> _columns = new(StringComparer.Ordinal);
    private readonly bool _isOrganizations;

    /// <exception cref="TransferException">InvalidExportFile: the first line does not name the columns.</exception>
    internal CsvImport(SecretBytes text, bool isOrganizations)
    {
        _reader = new CsvReader(text);
        _isOrganizations = isOrganizations;
        using CsvRow? header = _reader.ReadRow();
        for (int i = 0; i < header?.Count; i++)
        {
            _columns.TryAdd(header[i]?.RevealText() ?? string.Empty, i);
        }

        if (!_columns.ContainsKey("name") || !_columns.ContainsKey("type"))
        {
            throw TransferException.InvalidFile("line 1", "it does not name the columns of an export");
        }
    }

    /// <summary>The line that was read last.</summary>
    internal int Line => _reader.Line;

    /// <summary>Folders or collections that were met.</summary>
    internal HashSet<string> Places { get; } = new(StringComparer.Ordinal);

    /// <summary>Reads the next row; null at the end. The caller disposes it.</summary>
    internal SecretBytes? ReadItem()
    {
        using CsvRow? row = _reader.ReadRow();
        if (row is null)
        {
            return null;
        }

        using SecretBufferWriter buffer = new();
        using (Utf8JsonWriter json = SecretJson.Writer(buffer, isIndented: false))
        {
            Write(json, row);
        }

        return buffer.ToSecret();
    }

    private void Write(Utf8JsonWriter json, CsvRow row)
    {
        bool isNote = Text(row, "type")?.Equals("note", StringComparison.OrdinalIgnoreCase) == true;
        json.WriteStartObject();
        json.WriteNumber("type", (long)(isNote ? ItemType.SecureNote : ItemType.Login));
        WriteValue(json, "name", Cell(row, "name"));
        WriteValue(json, "notes", Cell(row, "notes"));
        json.WriteBoolean("favorite", !_isOrganizations && Text(row, "favorite") is string favorite && favorite != "0");
        json.WriteNumber("reprompt", Text(row, "reprompt") == "1" ? 1 : 0);
        WriteValue(json, "archivedDate", Cell(row, "archivedDate"));
        WritePlaces(json, row);
        WriteFields(json, Cell(row, "fields"));
        if (!isNote)
        {
            WriteLogin(json, row);
        }

        json.WriteEndObject();
    }

    private void WritePlaces(Utf8JsonWriter json, CsvRow row)
    {
        string[] places = _isOrganizations
            ? Text(row, "collections")?.Split(',', StringSplitOptions.RemoveEmptyEntries) ?? []
            : Text(row, "folder") is string folder ? [folder] : [];
        places = [.. places.Select(place => place.Replace('\\', '/').TrimStart('/')).Where(place => place.Length > 0)];
        Places.UnionWith(places);
        if (!_isOrganizations)
        {
            json.WriteString("folderId", places.FirstOrDefault());
            return;
        }

        json.WriteStartArray("collectionIds");
        foreach (string place in places)
        {
            json.WriteStringValue(place);
        }

        json.WriteEndArray();
    }

    // A line each, with the name before the last colon.
    private static void WriteFields(Utf8JsonWriter json, SecretBytes? cell)
    {
        if (cell is null)
        {
            return;
        }

        json.WriteStartArray("fields");
        ReadOnlySpan<byte> rest = cell.Span;
        while (!rest.IsEmpty)
        {
            int end = rest.IndexOf((byte)'\n');
            ReadOnlySpan<byte> line = end < 0 ? rest : rest[..end];
            rest = end < 0 ? default : rest[(end + 1)..];
            WriteField(json, line);
        }

        json.WriteEndArray();
    }

    private static void WriteField(Utf8JsonWriter json, ReadOnlySpan<byte> line)
    {
        int colon = line.LastIndexOf(": "u8);
        if (colon < 0)
        {
            return;
        }

        json.WriteStartObject();
        WriteValue(json, "name", line[..colon]);
        WriteValue(json, "value", line[(colon + 2)..]);
        json.WriteNumber("type", 0);
        json.WriteEndObject();
    }

    private void WriteLogin(Utf8JsonWriter json, CsvRow row)
    {
        json.WriteStartObject("login");
        WriteValue(json, "username", Cell(row, "login_username") ?? Cell(row, "username"));
        WriteValue(json, "password", Cell(row, "login_password") ?? Cell(row, "password"));
        WriteValue(json, "totp", Cell(row, "login_totp") ?? Cell(row, "totp"));
        json.WriteStartArray("uris");
        if ((Cell(row, "login_uri") ?? Cell(row, "uri")) is SecretBytes cell)
        {
            WriteAddresses(json, cell);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteAddresses(Utf8JsonWriter json, SecretBytes cell)
    {
        using CsvRow? addresses = new CsvReader(cell).ReadRow();
        for (int i = 0; i < addresses?.Count; i++)
        {
            if (addresses[i]?.RevealText().Trim() is { Length: > 0 } uri)
            {
                using SecretBytes bytes = SecretBytes.FromCharacters(Complete(uri));
                json.WriteStartObject();
                WriteValue(json, "uri", bytes.Span);
                json.WriteEndObject();
            }
        }
    }

    private static string Complete(string uri) =>
        uri.Contains("://", StringComparison.Ordinal) || !uri.Contains('.', StringComparison.Ordinal) ? uri : $"http://{uri}";

    private SecretBytes? Cell(CsvRow row, string column) => _columns.TryGetValue(column, out int index) ? row[index] : null;

    private string? Text(CsvRow row, string column) => Cell(row, column)?.RevealText() is { } text && !string.IsNullOrWhiteSpace(text) ? text : null;

    private static void WriteValue(Utf8JsonWriter json, string name, SecretBytes? value)
    {
        if (value is not null)
        {
            WriteValue(json, name, value.Span);
        }
    }

    private static void WriteValue(Utf8JsonWriter json, string name, ReadOnlySpan<byte> value)
    {
        using SecretBytes quoted = Quote(value);
        json.WritePropertyName(name);
        json.WriteRawValue(quoted.Span, skipInputValidation: true);
    }

    private static SecretBytes Quote(ReadOnlySpan<byte> value)
    {
        try
        {
            return SecretJson.Quote(value);
        }
        catch (EncryptionException)
        {
            throw TransferException.InvalidFile(null, "it has text that is not UTF-8");
        }
    }
}
