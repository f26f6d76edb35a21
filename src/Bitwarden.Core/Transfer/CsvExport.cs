using System.Buffers;
using System.Globalization;
using System.Text.Json.Nodes;
using Bitwarden.Core.Crypto;
using Bitwarden.Core.Errors;
using Bitwarden.Core.Vault;

namespace Bitwarden.Core.Transfer;

/// <summary>
/// Writes a vault as the table that the official client makes (protocol 7.7): logins and secure notes, a row each. Values are written as they are, those too
/// that a spreadsheet would take for a formula.
/// </summary>
internal sealed class CsvExport
{
    private static readonly string[] s_common =
        ["type", "name", "notes", "fields", "reprompt", "archivedDate", "login_uri", "login_username", "login_password", "login_totp"];

    private readonly ExportContent _content;
    private readonly Dictionary<string, string> _places;
    private readonly SecretBufferWriter _buffer;
    private bool _isFirstCell = true;

    private CsvExport(ExportContent content, SecretBufferWriter buffer)
    {
        _content = content;
        _buffer = buffer;
        _places = content.Places.Where(place => place.Name is not null)
            .ToDictionary(place => place.Id.ToString(), place => place.Name!, StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>Whether a table can hold an item.</summary>
    internal static bool CanHold(ExportItem item) => item.Type is ItemType.Login or ItemType.SecureNote;

    /// <summary>Writes a table; an empty text where there is no item for it.</summary>
    /// <exception cref="TransferException">A value cannot be read.</exception>
    internal static SecretBytes Write(ExportContent content)
    {
        using SecretBufferWriter buffer = new();
        new CsvExport(content, buffer).Write([.. content.Items.Where(CanHold)]);
        return buffer.ToSecret();
    }

    private void Write(ExportItem[] items)
    {
        if (items.Length == 0)
        {
            return;
        }

        string[] places = _content.OrganizationId is null ? ["folder", "favorite"] : ["collections"];
        foreach (string column in places.Concat(s_common))
        {
            Cell(column);
        }

        foreach (ExportItem item in items)
        {
            _buffer.Write("\r\n"u8);
            _isFirstCell = true;
            SealedItem.Open(item.Body!, _content.Owner, open =>
            {
                WriteRow(open);
                return true;
            });
        }
    }

    private void WriteRow(SealedItem item)
    {
        WritePlaces(item);
        JsonObject? login = item.Body["type"]!.GetValue<long>() == (long)ItemType.Login ? item.Object("login") ?? [] : null;
        Cell(login is null ? "note" : "login");
        Cell(item, item.Body, "name");
        Cell(item, item.Body, "notes");
        WriteFields(item);
        Cell(item.Body["reprompt"]?.ToString() is "1" ? "1" : "0");
        Cell(Date(item.Wire(item.Body, "archivedDate", "archivedDate")));
        WriteAddresses(item, login);
        Cell(item, login, "username");
        Cell(item, login, "password");
        Cell(item, login, "totp");
    }

    private void WritePlaces(SealedItem item)
    {
        if (_content.OrganizationId is null)
        {
            Cell(item.Wire(item.Body, "folderId", "folderId") is string folder ? _places.GetValueOrDefault(folder) : null);
            Cell(item.Body["favorite"] is JsonValue value && value.TryGetValue(out bool isFavorite) && isFavorite ? "1" : null);
            return;
        }

        JsonArray collections = item.Body["collectionIds"] as JsonArray ?? [];
        Cell(string.Join(',', collections.Select(id => _places.GetValueOrDefault(id?.ToString() ?? string.Empty)).OfType<string>()));
    }

    // A field without a value, such as a linked one, has nothing behind its name; the official client writes a word there.
    private void WriteFields(SealedItem item)
    {
        using SecretBufferWriter text = new();
        bool isFirst = true;
        foreach ((JsonObject entry, string place) in item.List(item.Body, "fields"))
        {
            text.Write(isFirst ? default : "\n"u8);
            isFirst = false;
            Add(text, item, entry, "name", place);
            text.Write(": "u8);
            Add(text, item, entry, "value", place);
        }

        using SecretBytes all = text.ToSecret();
        Cell(all.Span);
    }

    private void WriteAddresses(SealedItem item, JsonObject? login)
    {
        using SecretBufferWriter text = new();
        bool isFirst = true;
        foreach (string uri in login is null ? [] : LoginAddresses.Read(item, login))
        {
            text.Write(isFirst ? default : ","u8);
            isFirst = false;
            using SecretBytes bytes = SecretBytes.FromCharacters(uri);
            text.Write(bytes.Span);
        }

        using SecretBytes all = text.ToSecret();
        Cell(all.Span);
    }

    private static void Add(SecretBufferWriter text, SealedItem item, JsonObject entry, string name, string place)
    {
        using SecretBytes? value = item.Decrypt(entry, name, place);
        text.Write(value is null ? default : value.Span);
    }

    private void Cell(SealedItem item, JsonObject? holder, string name)
    {
        using SecretBytes? value = holder is null ? null : item.Decrypt(holder, name, name);
        Cell(value is null ? default : value.Span);
    }

    private void Cell(string? text)
    {
        using SecretBytes bytes = SecretBytes.FromCharacters(text);
        Cell(bytes.Span);
    }

    private void Cell(ReadOnlySpan<byte> text)
    {
        _buffer.Write(_isFirstCell ? default : ","u8);
        _isFirstCell = false;
        if (!NeedsQuotes(text))
        {
            _buffer.Write(text);
            return;
        }

        _buffer.Write("\""u8);
        for (int quote; (quote = text.IndexOf((byte)'"')) >= 0; text = text[(quote + 1)..])
        {
            _buffer.Write(text[..quote]);
            _buffer.Write("\"\""u8);
        }

        _buffer.Write(text);
        _buffer.Write("\""u8);
    }

    private static bool NeedsQuotes(ReadOnlySpan<byte> text) =>
        text.IndexOfAny("\",\r\n"u8) >= 0 || (text.Length > 0 && (text[0] == ' ' || text[^1] == ' ')) || text.IndexOf("\uFEFF"u8) >= 0;

    private static string? Date(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset date)
            ? ItemDocumentWriter.DateText(date)
            : null;
}
