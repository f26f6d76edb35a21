using System.Collections;
using System.Security;
using System.Text;
using System.Text.Json;
using Bitwarden.Core.Crypto;
using Bitwarden.Core.Errors;
using Bitwarden.Core.Vault;
using Bitwarden.Core.Vault.Editing;

namespace Bitwarden.SecretManagement.Storing;

/// <summary>
/// What an item remembers of how Set-Secret wrote it: a text field in compact JSON, there only where a plain item would not read back as it was written. It
/// survives an edit by official clients, is never a value of the item here, and holds names of keys but no value. One that is no such JSON is a field like
/// any other.
/// </summary>
internal sealed class SecretMarker
{
    /// <summary>The name of the field.</summary>
    internal const string FieldName = "powershell";

    /// <summary>What a field's name begins with that holds metadata.</summary>
    internal const string MetadataPrefix = "meta:";

    /// <summary>What is behind the key in the name of the field that holds a credential's user name.</summary>
    internal const string UsernameSuffix = ":username";

    // Made when something is put in: thousands of rows of a listing have nothing.
    private SortedSet<string>? _own;
    private SortedDictionary<string, SecretKind>? _keys;
    private SortedDictionary<string, string>? _metadataTypes;
    private string _before = string.Empty;

    private SecretMarker()
    {
    }

    /// <summary>The type of the whole; null when the item says it by itself.</summary>
    internal SecretKind? Kind { get; set; }

    /// <summary>The keys of a Hashtable whose fields we made.</summary>
    internal SortedSet<string> Own => _own ??= new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The types of a Hashtable's values that are not text.</summary>
    internal SortedDictionary<string, SecretKind> Keys => _keys ??= new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The types of metadata that are not text, by key.</summary>
    internal SortedDictionary<string, string> MetadataTypes => _metadataTypes ??= new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether the item has a field of the name that is not ours.</summary>
    internal bool IsTaken { get; private init; }

    /// <summary>The marker of an item, which may be one that says nothing.</summary>
    /// <param name="item">The item; null for a new one.</param>
    internal static SecretMarker Of(VaultItem? item)
    {
        ItemField[] fields = [.. item?.Fields.Where(IsNamed) ?? []];
        if (fields.Length == 0)
        {
            return new SecretMarker();
        }

        return fields is [{ Type: FieldType.Text, Value: ItemValue value }] && TryRead(value) is SecretMarker read
            ? read
            : new SecretMarker { IsTaken = true };
    }

    /// <summary>Whether a field is the marker, or metadata: nothing that Get-Secret returns.</summary>
    internal bool Hides(ItemField field) => IsMarker(field) || IsMetadata(field);

    /// <summary>Whether a field is the marker.</summary>
    internal bool IsMarker(ItemField field) => !IsTaken && IsNamed(field);

    /// <summary>Whether a field holds metadata.</summary>
    internal static bool IsMetadata(ItemField field) =>
        field.Type == FieldType.Text && field.Name.Length > MetadataPrefix.Length && field.Name.StartsWith(MetadataPrefix, StringComparison.Ordinal);

    /// <summary>Forgets a key of the Hashtable.</summary>
    internal void Forget(string key)
    {
        Own.Remove(key);
        Keys.Remove(key);
    }

    /// <summary>Writes the marker into an edit, if it says something else than before.</summary>
    /// <exception cref="InvalidInputException">UnsupportedSecret or SecretTooLong.</exception>
    internal void Fill(ItemEdit edit)
    {
        string text = ToJson();
        if (text == _before)
        {
            return;
        }

        if (IsTaken)
        {
            throw StoringErrors.Unsupported($"The item has a field called '{FieldName}' that this module did not write, and needs the name.");
        }

        if (text.Length == 0)
        {
            edit.RemoveField(FieldName);
            return;
        }

        SecretBytes bytes = SecretBytes.FromCharacters(text);
        StoringErrors.EnsureFits(bytes.Length, StoringErrors.LongestField, "list of keys");
        edit.SetField(FieldName, bytes, FieldType.Text);
    }

    /// <summary>Gives the values of a table their types, and the keys of ours that official clients emptied their empty text.</summary>
    internal void Decode(Hashtable table)
    {
        foreach ((string key, SecretKind kind) in Keys.Where(entry => table[entry.Key] is SecureString))
        {
            SecureString value = (SecureString)table[key]!;
            if (kind == SecretKind.ByteArray && StoredBytes.TryDecode(value) is byte[] bytes)
            {
                table[key] = bytes;
                value.Dispose();
            }
            else if (kind == SecretKind.PSCredential && table[key + UsernameSuffix] is SecureString { Length: > 0 } username)
            {
                using SecretBytes name = SecretBytes.FromSecureString(username);
                table[key] = new System.Management.Automation.PSCredential(name.RevealText(), value);
                table.Remove(key + UsernameSuffix);
                username.Dispose();
            }
        }
    }

    private static bool IsNamed(ItemField field) => field.Name == FieldName;

    private static SecretMarker? TryRead(ItemValue value)
    {
        try
        {
            using SecretBytes bytes = value.Peek();
            using JsonDocument document = JsonDocument.Parse(bytes.Span.ToArray());
            SecretMarker marker = new();
            marker.Read(document.RootElement);
            marker._before = marker.ToJson();
            return marker;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or ItemUnreadableException)
        {
            return null;
        }
    }

    // What a later version adds is left out here, and lost when this version writes the item again.
    private void Read(JsonElement root)
    {
        foreach (JsonProperty member in root.EnumerateObject())
        {
            switch (member.Name)
            {
                case "type":
                    Kind = KindOf(member.Value) is SecretKind.ByteArray or SecretKind.Hashtable ? KindOf(member.Value) : null;
                    break;
                case "own":
                    Own.UnionWith(member.Value.EnumerateArray().Select(key => key.GetString() ?? string.Empty));
                    break;
                case "keys":
                    AddKeys(member.Value);
                    break;
                case "meta":
                    AddMetadata(member.Value);
                    break;
            }
        }
    }

    private void AddKeys(JsonElement keys)
    {
        foreach (JsonProperty key in keys.EnumerateObject())
        {
            if (KindOf(key.Value) is SecretKind kind)
            {
                Keys[key.Name] = kind;
            }
        }
    }

    private void AddMetadata(JsonElement types)
    {
        foreach (JsonProperty key in types.EnumerateObject())
        {
            MetadataTypes[key.Name] = key.Value.GetString() ?? string.Empty;
        }
    }

    private static SecretKind? KindOf(JsonElement name) => Enum.TryParse(name.GetString(), out SecretKind kind) && Enum.IsDefined(kind) ? kind : null;

    private string ToJson()
    {
        if (Kind is null && Keys.Count == 0 && MetadataTypes.Count == 0)
        {
            return string.Empty;
        }

        using MemoryStream stream = new();
        using (Utf8JsonWriter writer = new(stream))
        {
            Write(writer);
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private void Write(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        if (Kind is SecretKind kind)
        {
            writer.WriteString("type", kind.ToString());
        }

        if (Own.Count > 0)
        {
            writer.WriteStartArray("own");
            foreach (string key in Own)
            {
                writer.WriteStringValue(key);
            }

            writer.WriteEndArray();
        }

        WriteMap(writer, "keys", Keys.Select(entry => (entry.Key, entry.Value.ToString())));
        WriteMap(writer, "meta", MetadataTypes.Select(entry => (entry.Key, entry.Value)));
        writer.WriteEndObject();
    }

    private static void WriteMap(Utf8JsonWriter writer, string name, IEnumerable<(string Key, string Value)> entries)
    {
        (string Key, string Value)[] all = [.. entries];
        if (all.Length == 0)
        {
            return;
        }

        writer.WriteStartObject(name);
        foreach ((string key, string value) in all)
        {
            writer.WriteString(key, value);
        }

        writer.WriteEndObject();
    }
}
