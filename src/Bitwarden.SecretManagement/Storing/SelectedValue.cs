using Bitwarden.Core.Crypto;
using Bitwarden.Core.Errors;
using Bitwarden.Core.Vault;
using Bitwarden.Core.Vault.Editing;

namespace Bitwarden.SecretManagement.Storing;

/// <summary>One value of an item, named by what stands behind the number sign: written, or removed, with nothing else of the item.</summary>
internal sealed class SelectedValue
{
    private const string FieldPrefix = "field:";
    private const string FilePrefix = "attachment:";
    private readonly VaultItem _item;
    private readonly string _selector;

    internal SelectedValue(VaultItem item, string selector)
    {
        _item = item;
        _selector = selector;
    }

    /// <summary>The file's name or id; null when the selector names something else.</summary>
    internal string? FileName => HasPrefix(_selector, FilePrefix) ? _selector[FilePrefix.Length..] : null;

    /// <summary>The field's name; null when the selector does not say that it is one.</summary>
    private string? FieldName => HasPrefix(_selector, FieldPrefix) ? _selector[FieldPrefix.Length..] : null;

    /// <summary>Whether it is the field in which we note how the item was written.</summary>
    internal bool IsMarker => IsNamed(SecretMarker.FieldName) && !SecretMarker.Of(_item).IsTaken;

    /// <summary>Whether a text behind a number sign is a selector whatever the item; everything else can be a part of a name.</summary>
    internal static bool IsKeyword(string selector) => HasPrefix(selector, FieldPrefix) || HasPrefix(selector, FilePrefix)
        || selector.Equals("uri", StringComparison.OrdinalIgnoreCase) || ItemTypes.All.Any(type => type.Member(selector) is not null);

    /// <summary>The files that the selector names.</summary>
    internal ItemAttachment[] Files() =>
        [.. _item.Attachments.Where(file => string.Equals(file.FileName, FileName, StringComparison.OrdinalIgnoreCase) || file.Id == FileName)];

    /// <summary>Puts text into an edit.</summary>
    /// <exception cref="BitwardenException">SecretTypeMismatch, SecretTooLong, SecretNotFound, AmbiguousSecret or UnsupportedSecret.</exception>
    internal void Fill(ItemEdit edit, StoredSecret secret, SecretMarker marker)
    {
        SecretBytes text = secret.Text ?? throw StoringErrors.Mismatch(
            _item, $"takes text as '{_selector}', or bytes as 'attachment:' with the name of a file");
        ItemField? field = Field(marker);
        if (field is null && IsUri)
        {
            FillUri(edit, text);
        }
        else if (field is null && FieldName is null)
        {
            FillMember(edit, text);
        }
        else
        {
            FillField(edit, field, text, marker);
        }
    }

    /// <summary>Removes the field from the item.</summary>
    /// <exception cref="BitwardenException">SecretNotFound, AmbiguousSecret or UnsupportedSecret.</exception>
    internal void Remove(ItemEdit edit, SecretMarker marker)
    {
        if (FieldName is null)
        {
            throw StoringErrors.Unsupported(
                $"'{_selector}' of an item cannot be removed: only fields (#{FieldPrefix}name) and files (#{FilePrefix}name) can, or the item as a whole.");
        }

        ItemField field = Field(marker) ?? throw Missing();
        new TableFields(edit, _item, marker).Remove(field.Name);
    }

    /// <summary>Fails for the field in which we note how the item was written: it is no secret of the user's.</summary>
    /// <exception cref="ItemLookupException">SecretNotFound.</exception>
    internal void EnsureReadable()
    {
        if (IsMarker)
        {
            throw Missing();
        }
    }

    /// <summary>The item has nothing of that name.</summary>
    internal ItemLookupException Missing() => ItemLookupException.NoSuchValue(
        _item.UniqueName, _selector, [.. _item.GetSelectors().Where(selector => selector != FieldPrefix + SecretMarker.FieldName)]);

    private bool IsNamed(string field) => (FieldName ?? _selector).Equals(field, StringComparison.OrdinalIgnoreCase);

    private bool IsUri => _item.Type == ItemType.Login && _selector.Equals("uri", StringComparison.OrdinalIgnoreCase);

    // What reading finds: a value of the item's kind first, then a field.
    private ItemField? Field(SecretMarker marker)
    {
        if (FieldName is null && (_item.Values.ContainsKey(_selector) || (IsUri && _item.Uris.Count > 0)))
        {
            return null;
        }

        ItemField[] found = [.. _item.Fields.Where(field => IsNamed(field.Name))];
        if (found.Any(marker.IsMarker) || (found.Length == 0 && IsNamed(SecretMarker.FieldName)))
        {
            throw StoringErrors.Unsupported($"The field '{SecretMarker.FieldName}' is where this module notes how the item was written.");
        }

        return found.Length > 1 ? throw ItemLookupException.AmbiguousValue(_item.UniqueName, _selector) : found.FirstOrDefault();
    }

    private void FillMember(ItemEdit edit, SecretBytes text)
    {
        ItemMember member = ItemTypes.Of(_item.Type).Member(_selector) ?? throw Missing();
        if (member == ItemMember.Notes && SecretMarker.Of(_item).Kind == SecretKind.ByteArray)
        {
            throw StoringErrors.Mismatch(_item, "holds bytes, which text would replace");
        }

        StoringErrors.EnsureFits(text.Length, member.LongestText, member.Selector);
        edit.Set(member.Selector, text);
    }

    private void FillField(ItemEdit edit, ItemField? field, SecretBytes text, SecretMarker marker)
    {
        if (field?.Type == FieldType.Linked)
        {
            throw StoringErrors.Mismatch(_item, $"has a field '{field.Name}' that stands for another value of it");
        }

        string name = field?.Name ?? FieldName!;
        if (string.IsNullOrWhiteSpace(name))
        {
            throw StoringErrors.Empty("name of the field");
        }

        StoringErrors.EnsureFits(text.Length, StoringErrors.LongestField, $"field '{name}'");
        if (marker.Keys.GetValueOrDefault(name) == SecretKind.ByteArray)
        {
            marker.Keys.Remove(name);
        }

        edit.SetField(name, text, field is not null ? null : FieldType.Hidden);
    }

    // The first address is the one that is read.
    private void FillUri(ItemEdit edit, SecretBytes text)
    {
        StoringErrors.EnsureFits(text.Length, InvalidInputException.LongestText(ItemMember.LongLimit), "uri");
        edit.Addresses = [new AddressEdit(text.RevealText()), .. _item.Uris.Skip(1).Select(uri => new AddressEdit(uri))];
    }

    private static bool HasPrefix(string text, string prefix) => text.StartsWith(prefix, StringComparison.OrdinalIgnoreCase);
}
