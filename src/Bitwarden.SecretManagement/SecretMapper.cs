using System.Collections;
using System.Globalization;
using System.Management.Automation;
using System.Security;
using Bitwarden.Core.Crypto;
using Bitwarden.Core.Vault;
using Bitwarden.PowerShell;
using Bitwarden.SecretManagement.Storing;

namespace Bitwarden.SecretManagement;

/// <summary>
/// What an item is to SecretManagement: a login with a user name is a PSCredential, with a password alone a SecureString; a secure note is a SecureString;
/// everything else, and a login or note with neither, is a Hashtable of its values. Never a string, not even inside a Hashtable: converting one can end
/// the process when two threads call at once. A fresh SecureString each time, because SecretManagement hands out the very object.
/// </summary>
internal static class SecretMapper
{
    private const int MostMetadata = 12;

    /// <summary>The kind of a whole item, or of one value of it.</summary>
    internal static SecretKind KindOf(ResolvedReference reference, bool loginTables = false)
    {
        if (reference.IsFile)
        {
            return SecretKind.ByteArray;
        }

        return reference.Selector is not null ? SecretKind.SecureString : KindOf(reference.Item, loginTables);
    }

    /// <param name="item">The item.</param>
    /// <param name="loginTables">Whether logins are Hashtables of all their values.</param>
    internal static SecretKind KindOf(VaultItem item, bool loginTables = false)
    {
        ItemTypeInfo type = ItemTypes.Of(item.Type);
        return KindOfNote(item) ?? type.Shape switch
        {
            SecretShape.Table => SecretKind.Hashtable,
            SecretShape.Credential when loginTables => SecretKind.Hashtable,
            SecretShape.Credential when item.Username is not null => SecretKind.PSCredential,
            _ => item.Has(type.DefaultSelector) ? SecretKind.SecureString : SecretKind.Hashtable,
        };
    }

    // Only a note is what its marker says: a login or a card is one, whatever somebody wrote into a field of it.
    private static SecretKind? KindOfNote(VaultItem item) =>
        item.Type != ItemType.SecureNote ? null : SecretMarker.Of(item).Kind ?? (WardenNote.IsOne(item) ? SecretKind.Hashtable : null);

    /// <summary>Gives a decrypted value its type.</summary>
    internal static object Map(ResolvedReference reference, DecryptedSecret secret) => SecretOutput.From(
        secret, reference.Item, KindOf(reference) == SecretKind.PSCredential ? SecretForm.Credential : SecretForm.SecureString);

    /// <summary>An item that is more, or less, than one secret value; null for one that is read like any value.</summary>
    internal static object? MapWhole(VaultItem item, bool loginTables = false)
    {
        item.EnsureReadable();
        return KindOf(item, loginTables) switch
        {
            SecretKind.Hashtable when SecretMarker.Of(item).Kind is null && WardenNote.IsOne(item) => WardenNote.Read(item),
            SecretKind.Hashtable => MapValues(item, SecretMarker.Of(item)),
            SecretKind.ByteArray => MapBytes(item),
            SecretKind.PSCredential when item.Password is null => new PSCredential(item.Username!, new SecureString()),
            _ => null,
        };
    }

    private static byte[] MapBytes(VaultItem item)
    {
        using SecretBytes? text = item.Notes?.Decrypt();
        return text is null ? [] : StoredBytes.TryDecode(text)
            ?? throw StoringErrors.Mismatch(item, "was written as bytes, and its notes are no longer base64");
    }

    // Flat, a SecureString by selector, except what Set-Secret wrote as something else. No field takes the place of another value, and those without a name
    // come last, under their number. The notes of a table of ours are somebody's remark.
    private static Hashtable MapValues(VaultItem item, SecretMarker marker)
    {
        Hashtable table = new(StringComparer.OrdinalIgnoreCase);
        bool isOurs = KindOfNote(item) == SecretKind.Hashtable;
        foreach ((string selector, ItemValue value) in item.Values.Where(_ => !isOurs))
        {
            table[selector] = value.ToSecureString();
        }

        foreach ((ItemField field, int number) in FieldsOf(item, marker))
        {
            table[FieldKeys(field, number).First(key => !table.ContainsKey(key))] = field.Value?.ToSecureString() ?? new SecureString();
        }

        marker.Decode(table);
        return table;
    }

    // An official client keeps no value where we wrote an empty one.
    private static IEnumerable<(ItemField Field, int Number)> FieldsOf(VaultItem item, SecretMarker marker) => item.Fields
        .Select((field, index) => (Field: field, Number: index + 1))
        .Where(one => !marker.Hides(one.Field) && (one.Field.Value is not null || marker.Own.Contains(one.Field.Name)))
        .OrderBy(one => one.Field.Name.Length == 0);

    private static IEnumerable<string> FieldKeys(ItemField field, int number)
    {
        string name = field.Name.Length > 0 ? field.Name : number.ToString(CultureInfo.InvariantCulture);
        yield return name;
        yield return $"field:{name}";
        for (int place = number; ; place++)
        {
            yield return $"field:{name} [{place}]";
        }
    }

    /// <summary>
    /// What may be known without reading the secret; never a value. Text, int and DateTime only, and nothing null: SecretStore takes no more, and a copy to
    /// it hands this over (SecretManagement fact W12).
    /// </summary>
    internal static Hashtable Metadata(VaultItem item)
    {
        Hashtable table = new(MostMetadata, StringComparer.OrdinalIgnoreCase)
        {
            ["Id"] = item.Id.ToString(),
            ["ItemType"] = item.Type.ToString(),
            ["Folder"] = item.Folder ?? string.Empty,
            ["Organization"] = item.Organization ?? string.Empty,
            ["Collections"] = string.Join(", ", item.Collections),
            ["Uris"] = Addresses(item),
            ["Fields"] = string.Empty,
            ["HasTotp"] = item.Has("totp") ? 1 : 0,
            ["HasAttachment"] = item.Attachments.Count > 0 ? 1 : 0,
        };
        AddDate(table, "CreationDate", item.CreationDate);
        AddDate(table, "RevisionDate", item.RevisionDate);
        // Most items have no field, and a listing has thousands of items.
        if (item.Fields.Count > 0)
        {
            AddFields(table, item);
        }

        return table;
    }

    private static void AddFields(Hashtable table, VaultItem item)
    {
        SecretMarker marker = SecretMarker.Of(item);
        table["Fields"] = string.Join(", ", item.Fields.Where(field => !marker.Hides(field)).Select(field => field.Name));
        foreach ((string key, object value) in SecretMetadata.Of(item, marker))
        {
            table[key] = value;
        }
    }

    /// <summary>The addresses of an item, as metadata have them.</summary>
    internal static string Addresses(VaultItem item) => item.Uris.Count == 1
        ? PublicAddress.Of(item.Uris[0])
        : string.Join(", ", item.Uris.Select(PublicAddress.Of).Where(address => address.Length > 0));

    private static void AddDate(Hashtable table, string key, DateTimeOffset? date)
    {
        if (date is not null)
        {
            table[key] = date.Value.UtcDateTime;
        }
    }
}
