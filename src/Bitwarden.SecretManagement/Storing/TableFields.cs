using Bitwarden.Core.Vault;
using Bitwarden.Core.Vault.Editing;
using Bitwarden.PowerShell.Formatting;

namespace Bitwarden.SecretManagement.Storing;

/// <summary>Puts the keys of a Hashtable into the fields of an item. A field that is there keeps its name and kind.</summary>
internal sealed class TableFields(ItemEdit edit, VaultItem? item, SecretMarker marker)
{
    /// <summary>Sets the field of a key, or both fields of a credential.</summary>
    /// <param name="entry">The key; its value is not null.</param>
    /// <param name="isOurs">Whether a field that is made for it goes with the key.</param>
    internal void Set(TableEntry entry, bool isOurs)
    {
        ItemField? known = Find(entry.Key);
        if (known?.Type == FieldType.Linked)
        {
            throw StoringErrors.Mismatch(item!, $"has a field '{known.Name.Shown()}' that stands for another value of it");
        }

        DropUsername(entry.Key, entry.Kind);
        edit.SetField(known?.Name ?? entry.Key, entry.Value!, known is null ? FieldType.Hidden : null);
        if (entry.Username is not null)
        {
            string name = entry.Key + SecretMarker.UsernameSuffix;
            edit.SetField(Find(name)?.Name ?? name, entry.Username);
        }

        Note(entry, isOurs && known is null);
    }

    /// <summary>Removes the field of a key, or both fields of a credential; none is no error.</summary>
    internal void Remove(string key)
    {
        DropUsername(key, SecretKind.SecureString);
        if (Find(key) is ItemField field)
        {
            edit.RemoveField(field.Name);
        }

        marker.Forget(key);
    }

    private void Note(TableEntry entry, bool isNewAndOurs)
    {
        if (isNewAndOurs)
        {
            marker.Own.Add(entry.Key);
        }

        if (entry.Kind == SecretKind.SecureString)
        {
            marker.Keys.Remove(entry.Key);
        }
        else
        {
            marker.Keys[entry.Key] = entry.Kind;
        }
    }

    private void DropUsername(string key, SecretKind becomes)
    {
        bool hasUsername = marker.Keys.TryGetValue(key, out SecretKind was) && was == SecretKind.PSCredential;
        if (hasUsername && becomes != SecretKind.PSCredential && Find(key + SecretMarker.UsernameSuffix) is ItemField username)
        {
            edit.RemoveField(username.Name);
        }
    }

    private ItemField? Find(string name) => item?.Fields.FirstOrDefault(field => field.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
}
