using System.Collections;
using Bitwarden.Core.Crypto;
using Bitwarden.Core.Errors;
using Bitwarden.Core.Vault;
using Bitwarden.Core.Vault.Editing;
using Bitwarden.PowerShell.Formatting;

namespace Bitwarden.SecretManagement.Storing;

/// <summary>
/// A Hashtable: hidden fields of a secure note, since plain strings are secrets too, or the members of a card, an identity and so on. What a person added
/// stays: of a note that we wrote only the fields that we made are replaced.
/// </summary>
internal sealed class StoredTable : StoredSecret
{
    private readonly List<TableEntry> _entries = [];

    /// <exception cref="InvalidInputException">UnsupportedSecret, EmptySecret or SecretTooLong.</exception>
    internal StoredTable(Hashtable table)
    {
        try
        {
            foreach (DictionaryEntry entry in table)
            {
                _entries.Add(TableEntry.Copy(entry));
            }

            EnsureDistinct();
        }
        catch (InvalidInputException)
        {
            Dispose();
            throw;
        }

        _entries.Sort((left, right) => StringComparer.OrdinalIgnoreCase.Compare(left.Key, right.Key));
    }

    /// <inheritdoc/>
    internal override ItemType NewType => ItemType.SecureNote;

    /// <inheritdoc/>
    internal override void Fill(ItemEdit edit, VaultItem? item, SecretMarker marker)
    {
        switch (item)
        {
            case { Type: ItemType.Login }:
                throw StoringErrors.Mismatch(item, $"is a login; '{item.UniqueName}#selector' writes one value of it");
            case null or { Type: ItemType.SecureNote }:
                FillNote(edit, item, marker);
                break;
            default:
                FillMembers(edit, item, marker);
                break;
        }
    }

    /// <inheritdoc/>
    public override void Dispose() => _entries.ForEach(entry => entry.Dispose());

    private void FillNote(ItemEdit edit, VaultItem? item, SecretMarker marker)
    {
        if (item is not null && marker.Kind is null && WardenNote.IsOne(item))
        {
            FillWarden(edit, item);
            return;
        }

        if (item is not null && marker.Kind is null && item.Notes is not null)
        {
            throw StoringErrors.Mismatch(item, "holds text, which a Hashtable would replace");
        }

        if (marker.Kind == SecretKind.ByteArray)
        {
            throw StoringErrors.Mismatch(item!, "holds bytes, which a Hashtable would replace");
        }

        EnsureValues();
        marker.Kind = SecretKind.Hashtable;
        TableFields fields = new(edit, item, marker);
        foreach (string gone in marker.Own.Except(_entries.Select(entry => entry.Key), StringComparer.OrdinalIgnoreCase).ToArray())
        {
            fields.Remove(gone);
        }

        foreach (TableEntry entry in _entries)
        {
            fields.Set(entry, isOurs: true);
        }
    }

    private void FillWarden(ItemEdit edit, VaultItem item)
    {
        EnsureValues();
        SecretBytes notes = WardenNote.Write(item, _entries);
        edit.Set(ItemMember.Notes.Selector, notes);
        StoringErrors.EnsureFits(notes.Length, ItemMember.Notes.LongestText, "note of SecretManagement.Warden");
    }

    private void EnsureValues()
    {
        if (_entries.Find(entry => entry.Value is null) is TableEntry nothing)
        {
            throw StoringErrors.Unsupported($"The value of the key '{nothing.Key.Shown()}' is null. Leave the key out.");
        }
    }

    private void FillMembers(ItemEdit edit, VaultItem item, SecretMarker marker)
    {
        ItemTypeInfo type = ItemTypes.Of(item.Type);
        TableFields fields = new(edit, item, marker);
        foreach (TableEntry entry in _entries)
        {
            if (type.Member(entry.Key) is ItemMember member)
            {
                SetMember(edit, item, member, entry);
            }
            else if (entry.Value is null)
            {
                fields.Remove(entry.Key);
            }
            else
            {
                fields.Set(entry, isOurs: false);
            }
        }
    }

    private static void SetMember(ItemEdit edit, VaultItem item, ItemMember member, TableEntry entry)
    {
        if (entry.Kind != SecretKind.SecureString)
        {
            throw StoringErrors.Mismatch(item, $"has text as '{member.Selector}', and no place for a {entry.Kind}");
        }

        if (entry.Value is { Length: 0 })
        {
            throw StoringErrors.Empty($"value of the key '{entry.Key}', which $null would clear,");
        }

        StoringErrors.EnsureFits(entry.Value?.Length ?? 0, member.LongestText, $"value of the key '{entry.Key}'");
        edit.Set(member.Selector, entry.Value);
    }

    private void EnsureDistinct()
    {
        if (_entries.Count == 0)
        {
            throw StoringErrors.Empty("Hashtable");
        }

        HashSet<string> names = new(StringComparer.OrdinalIgnoreCase);
        IEnumerable<string> all = _entries.Select(entry => entry.Key)
            .Concat(_entries.Where(entry => entry.Username is not null).Select(entry => entry.Key + SecretMarker.UsernameSuffix));
        if (all.FirstOrDefault(name => !names.Add(name)) is string twice)
        {
            throw StoringErrors.Unsupported($"The Hashtable needs the field '{twice.Shown()}' twice: keys must differ in more than case.");
        }
    }
}
