using System.Collections;
using System.Globalization;
using System.Text;
using Bitwarden.Core.Crypto;
using Bitwarden.Core.Errors;
using Bitwarden.Core.Vault;
using Bitwarden.Core.Vault.Editing;
using Bitwarden.PowerShell.Binding;
using Bitwarden.PowerShell.Formatting;

namespace Bitwarden.SecretManagement.Storing;

/// <summary>
/// What is noted beside a secret. <c>Folder</c>, <c>Uris</c>, <c>Favorite</c> and <c>Notes</c> are the item's own; what we say of an item ourselves is left
/// out when it comes back in a copy (SecretManagement fact W6); everything else is kept in text fields <c>meta:key</c>. Types are those that SecretStore
/// has: text, int and DateTime.
/// </summary>
internal sealed class SecretMetadata
{
    private const string Int = "Int32";
    private const string Date = "DateTime";
    private static readonly int s_longestKey = StoringErrors.LongestName - SecretMarker.MetadataPrefix.Length;

    private static readonly HashSet<string> s_readOnly = new(StringComparer.OrdinalIgnoreCase)
    {
        "Id", "ItemType", "Organization", "Collections", "Fields", "HasTotp", "HasAttachment", "CreationDate", "RevisionDate",
    };

    private readonly Dictionary<string, object> _others = new(StringComparer.OrdinalIgnoreCase);

    private SecretMetadata()
    {
    }

    /// <summary>The folder by name or id; null for none.</summary>
    internal string? Folder { get; private set; }

    private string? Uris { get; set; }

    private string? Notes { get; set; }

    private bool? Favorite { get; set; }

    /// <summary>Checks metadata before anything is sent.</summary>
    /// <exception cref="InvalidInputException">UnsupportedSecret or SecretTooLong.</exception>
    internal static SecretMetadata Read(Hashtable? table)
    {
        SecretMetadata metadata = new();
        foreach (DictionaryEntry entry in table ?? [])
        {
            string key = KeyOf(entry.Key);
            if (!s_readOnly.Contains(key))
            {
                metadata.Add(key, StoredSecret.Unwrap(entry.Value));
            }
        }

        return metadata;
    }

    /// <summary>Puts the metadata into an edit. What is not given stays.</summary>
    /// <param name="edit">What changes.</param>
    /// <param name="item">The item as it is; null for a new one.</param>
    /// <param name="type">Its kind.</param>
    /// <param name="vault">Where folders are looked up.</param>
    internal void FillPlain(ItemEdit edit, VaultItem? item, ItemType type, UnlockedVault vault)
    {
        if (Folder is not null)
        {
            edit.MoveTo(WritePlace.Folder(vault, Folder));
        }

        if (Uris is not null && (item is null || Uris != SecretMapper.Addresses(item)))
        {
            edit.Addresses = [.. Addresses(item)];
        }

        edit.Favorite = Favorite;
        if (Notes is not null && type != ItemType.SecureNote)
        {
            edit.Set(ItemMember.Notes.Selector, SecretBytes.FromCharacters(Notes));
        }
    }

    /// <summary>Puts everything else into an edit, in the place of what was there; where nothing else is given, <paramref name="clears"/> decides.</summary>
    /// <param name="edit">What changes.</param>
    /// <param name="item">The item as it is; null for a new one.</param>
    /// <param name="type">Its kind.</param>
    /// <param name="marker">What the item remembers.</param>
    /// <param name="clears">Whether nothing means that what was there goes.</param>
    internal void FillOthers(ItemEdit edit, VaultItem? item, ItemType type, SecretMarker marker, bool clears)
    {
        Dictionary<string, object> wanted = new(_others, StringComparer.OrdinalIgnoreCase);
        if (Notes is not null && type == ItemType.SecureNote)
        {
            wanted["Notes"] = Notes;
        }

        if (wanted.Count == 0 && !clears)
        {
            return;
        }

        foreach (string known in Fields(item).Select(field => field.Name).Distinct(StringComparer.OrdinalIgnoreCase))
        {
            Replace(edit, known[SecretMarker.MetadataPrefix.Length..], known, wanted);
        }

        marker.MetadataTypes.Clear();
        foreach ((string key, object value) in wanted)
        {
            Set(edit, item, marker, key, value);
        }
    }

    /// <summary>What was noted, for the row of an item.</summary>
    internal static IEnumerable<(string Key, object Value)> Of(VaultItem item, SecretMarker marker)
    {
        foreach (ItemField field in Fields(item))
        {
            string key = field.Name[SecretMarker.MetadataPrefix.Length..];
            if (!s_readOnly.Contains(key) && !IsOfItem(key, item.Type))
            {
                yield return (key, Typed(Text(field), marker.MetadataTypes.GetValueOrDefault(key)));
            }
        }
    }

    private static bool IsOfItem(string key, ItemType type) =>
        key.ToUpperInvariant() is "FOLDER" or "URIS" or "FAVORITE" || (type != ItemType.SecureNote && key.Equals("Notes", StringComparison.OrdinalIgnoreCase));

    private static IEnumerable<ItemField> Fields(VaultItem? item) => item?.Fields.Where(SecretMarker.IsMetadata) ?? [];

    private static void Replace(ItemEdit edit, string key, string name, Dictionary<string, object> wanted)
    {
        if (!wanted.ContainsKey(key))
        {
            edit.RemoveField(name);
        }
    }

    private static void Set(ItemEdit edit, VaultItem? item, SecretMarker marker, string key, object value)
    {
        string name = SecretMarker.MetadataPrefix + key;
        string known = Fields(item).FirstOrDefault(field => field.Name.Equals(name, StringComparison.OrdinalIgnoreCase))?.Name ?? name;
        string text = value is DateTime date ? date.ToString("O", CultureInfo.InvariantCulture) : Convert.ToString(value, CultureInfo.InvariantCulture)!;
        SecretBytes bytes = StoredText.Bytes(text, $"metadata '{key}'");
        StoringErrors.EnsureFits(bytes.Length, StoringErrors.LongestField, $"metadata '{key}'");
        edit.SetField(known, bytes, FieldType.Text);
        if (value is not string)
        {
            marker.MetadataTypes[key] = value is int ? Int : Date;
        }
    }

    // One that a person emptied or that cannot be read is an empty text: a listing goes on.
    private static string Text(ItemField field)
    {
        try
        {
            using SecretBytes? bytes = field.Value?.Peek();
            return bytes is null ? string.Empty : Encoding.UTF8.GetString(bytes.Span);
        }
        catch (ItemUnreadableException)
        {
            return string.Empty;
        }
    }

    // What a person changed to something else is text.
    private static object Typed(string text, string? type) => type switch
    {
        Int when int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number) => number,
        Date when DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out DateTime date) => date,
        _ => text,
    };

    private static string KeyOf(object key)
    {
        string text = StoredSecret.Unwrap(key) as string
            ?? throw StoringErrors.Unsupported($"A key of the metadata is of the type {key.GetType().Name}. Keys must be text.");
        using SecretBytes name = StoredText.Bytes(text, "key of the metadata");
        StoringErrors.EnsureFits(name.Length, s_longestKey, "key of the metadata");
        return string.IsNullOrWhiteSpace(text) ? throw StoringErrors.Empty("key of the metadata") : text;
    }

    private void Add(string key, object? value)
    {
        switch (key.ToUpperInvariant())
        {
            case "FOLDER":
                Folder = NotEmpty(TextOf(key, value));
                break;
            case "URIS":
                Uris = NotEmpty(TextOf(key, value));
                break;
            case "NOTES":
                Notes = NotEmpty(TextOf(key, value));
                break;
            case "FAVORITE":
                Favorite = bool.TryParse(Convert.ToString(value, CultureInfo.InvariantCulture), out bool favorite)
                    ? favorite
                    : throw StoringErrors.Unsupported("The metadata 'Favorite' must be true or false.");
                break;
            default:
                AddOther(key, value);
                break;
        }
    }

    private void AddOther(string key, object? value)
    {
        if (value is not (string or int or DateTime))
        {
            throw StoringErrors.Unsupported(
                $"The metadata '{key.Shown()}' is {(value is null ? "null" : "of the type " + value.GetType().Name)}. It must be text, int or DateTime.");
        }

        if (!_others.TryAdd(key, value))
        {
            throw StoringErrors.Unsupported($"The metadata has the key '{key.Shown()}' twice: keys must differ in more than case.");
        }
    }

    private static string TextOf(string key, object? value) =>
        value as string ?? throw StoringErrors.Unsupported($"The metadata '{key.Shown()}' must be text.");

    // In a copy an empty text says that the source has none.
    private static string? NotEmpty(string text) => text.Length == 0 ? null : text;

    // Addresses are shown without what may be secret in them; one of several that comes back so is the one that is there.
    private IEnumerable<AddressEdit> Addresses(VaultItem? item)
    {
        foreach (string text in Uris!.Split(", ", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            yield return new AddressEdit(item?.Uris.FirstOrDefault(uri => uri == text || PublicAddress.Of(uri) == text) ?? text);
        }
    }
}
