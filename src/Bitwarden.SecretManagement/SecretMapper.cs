using System.Collections;
using System.Globalization;
using System.Management.Automation;
using System.Security;
using Bitwarden.Core.Vault;
using Bitwarden.PowerShell;

namespace Bitwarden.SecretManagement;

/// <summary>
/// What an item is to SecretManagement: a login with a user name is a PSCredential, with a password alone a SecureString; a secure note is a SecureString;
/// everything else, and a login or note with neither, is a Hashtable of its values. Never a string, not even inside a Hashtable: converting one can end
/// the process when two threads call at once. A fresh SecureString each time, because SecretManagement hands out the very object.
/// </summary>
internal static class SecretMapper
{
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
        return type.Shape switch
        {
            SecretShape.Table => SecretKind.Hashtable,
            SecretShape.Credential when loginTables => SecretKind.Hashtable,
            SecretShape.Credential when item.Username is not null => SecretKind.PSCredential,
            _ => item.Values.ContainsKey(type.DefaultSelector) ? SecretKind.SecureString : SecretKind.Hashtable,
        };
    }

    /// <summary>Gives a decrypted value its type.</summary>
    internal static object Map(ResolvedReference reference, DecryptedSecret secret) => SecretOutput.From(
        secret, reference.Item, KindOf(reference) == SecretKind.PSCredential ? SecretForm.Credential : SecretForm.SecureString);

    /// <summary>An item that is more, or less, than one secret value; null for one that is read like any value.</summary>
    internal static object? MapWhole(VaultItem item, bool loginTables = false)
    {
        item.EnsureReadable();
        return KindOf(item, loginTables) switch
        {
            SecretKind.Hashtable => MapValues(item),
            SecretKind.PSCredential when item.Password is null => new PSCredential(item.Username!, new SecureString()),
            _ => null,
        };
    }

    // Flat, a SecureString by selector. No field takes the place of another value, and those without a name come last, under their number.
    private static Hashtable MapValues(VaultItem item)
    {
        Hashtable table = new(StringComparer.OrdinalIgnoreCase);
        foreach ((string selector, ItemValue value) in item.Values)
        {
            table[selector] = value.ToSecureString();
        }

        IEnumerable<(ItemField Field, int Number)> fields = item.Fields.Select((field, index) => (field, index + 1)).Where(one => one.field.Value is not null);
        foreach ((ItemField field, int number) in fields.OrderBy(one => one.Field.Name.Length == 0))
        {
            table[FieldKeys(field, number).First(key => !table.ContainsKey(key))] = field.Value!.ToSecureString();
        }

        return table;
    }

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
        Hashtable table = new()
        {
            ["Id"] = item.Id.ToString(),
            ["ItemType"] = item.Type.ToString(),
            ["Folder"] = item.Folder ?? string.Empty,
            ["Organization"] = item.Organization ?? string.Empty,
            ["Collections"] = string.Join(", ", item.Collections),
            ["Uris"] = string.Join(", ", item.Uris.Select(PublicAddress.Of).Where(address => address.Length > 0)),
            ["Fields"] = string.Join(", ", item.Fields.Select(field => field.Name)),
            ["HasTotp"] = item.Totp is null ? 0 : 1,
            ["HasAttachment"] = item.Attachments.Count > 0 ? 1 : 0,
        };
        AddDate(table, "CreationDate", item.CreationDate);
        AddDate(table, "RevisionDate", item.RevisionDate);
        return table;
    }

    private static void AddDate(Hashtable table, string key, DateTimeOffset? date)
    {
        if (date is not null)
        {
            table[key] = date.Value.UtcDateTime;
        }
    }
}
