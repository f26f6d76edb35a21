using System.Collections;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Bitwarden.Core.Crypto;
using Bitwarden.Core.Errors;
using Bitwarden.Core.Vault;

namespace Bitwarden.SecretManagement.Storing;

/// <summary>
/// A secure note as SecretManagement.Warden 1.1.5 writes a Hashtable: its first line says how the rest is written, as JSON or as CliXml. Read where it is a
/// flat table; otherwise it is text, as it stands. What that module lost is lost: the passwords in its JSON are the lengths of SecureStrings.
/// </summary>
internal static class WardenNote
{
    // Whether a note is one takes a decryption; an item that a sync did not change stays the same object.
    private static readonly ConditionalWeakTable<VaultItem, StrongBox<bool>> s_known = [];

    private static ReadOnlySpan<byte> Json => "PowerShellObjectRepresentation: JSON"u8;

    private static ReadOnlySpan<byte> CliXml => "PowerShellObjectRepresentation: CliXml"u8;

    /// <summary>Whether an item is one that can be read as a table.</summary>
    internal static bool IsOne(VaultItem item) => s_known.GetValue(item, IsTable).Value;

    /// <summary>The values, each a fresh SecureString.</summary>
    internal static Hashtable Read(VaultItem item)
    {
        Hashtable table = new(StringComparer.OrdinalIgnoreCase);
        using WardenTable values = TryParse(item)!;
        foreach (WardenValue value in values)
        {
            table[value.Key] = value.Text.ToSecureString();
        }

        return table;
    }

    /// <summary>The note with other values, as JSON, whatever it was: its own module reads both. What is a number or nested there stays so.</summary>
    /// <param name="item">Such a note.</param>
    /// <param name="entries">The values, all of them text.</param>
    /// <exception cref="InvalidInputException">SecretTypeMismatch.</exception>
    internal static SecretBytes Write(VaultItem item, IReadOnlyList<TableEntry> entries)
    {
        if (entries.FirstOrDefault(entry => entry.Kind != SecretKind.SecureString) is TableEntry other)
        {
            throw StoringErrors.Mismatch(item, $"is a note of SecretManagement.Warden, and has no place for a {other.Kind}");
        }

        using WardenTable known = TryParse(item)!;
        return WardenTable.Write(Json, [.. entries.Select(entry => known.Merge(entry))]);
    }

    private static StrongBox<bool> IsTable(VaultItem item)
    {
        using WardenTable? table = item.Type == ItemType.SecureNote ? TryParse(item) : null;
        return new StrongBox<bool>(table is not null);
    }

    // Null for any other note, and for one that is not a flat table.
    private static WardenTable? TryParse(VaultItem item)
    {
        try
        {
            using SecretBytes? notes = item.Notes?.Peek();
            return notes is null ? null : TryParse(notes.Span);
        }
        catch (Exception e) when (e is ItemUnreadableException or JsonException or System.Xml.XmlException or FormatException)
        {
            return null;
        }
    }

    private static WardenTable? TryParse(ReadOnlySpan<byte> notes)
    {
        int end = notes.IndexOf((byte)'\n');
        ReadOnlySpan<byte> first = end < 0 ? [] : notes[..end].TrimEnd("\r "u8);
        ReadOnlySpan<byte> rest = end < 0 ? [] : notes[(end + 1)..];
        return first.SequenceEqual(Json) ? WardenTable.ReadJson(rest) : first.SequenceEqual(CliXml) ? WardenCliXml.Read(rest) : null;
    }
}
