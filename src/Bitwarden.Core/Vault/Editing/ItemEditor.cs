using System.Text.Json.Nodes;
using Bitwarden.Core.Crypto;
using Bitwarden.Core.Errors;

namespace Bitwarden.Core.Vault.Editing;

/// <summary>Makes of an item and an edit what is sent.</summary>
internal static class ItemEditor
{
    /// <summary>An item with an edit applied; null when that changes nothing.</summary>
    /// <exception cref="ItemWriteException">ItemNotWritable.</exception>
    /// <exception cref="InvalidInputException">InvalidItem or InputTooLong.</exception>
    internal static CipherRequest? Change(VaultItem item, ItemEdit edit, DateTimeOffset now)
    {
        if (item.IsReadOnly && edit.IsPersonal)
        {
            return ChangePersonal(item, edit);
        }

        item.EnsureWritable();
        EnsureVisible(item, edit);
        CipherRequest request = CipherRequest.From(item);
        JsonNode before = request.Body.DeepClone();
        try
        {
            item.Access.WithItemKey(item.Row, key =>
            {
                new CipherEncoder(request, key, now).Apply(edit);
                return true;
            });
        }
        catch (EncryptionException e)
        {
            throw ItemWriteException.NotWritable(item.UniqueName, item.Id, $"its key cannot be opened ({e.Code})");
        }

        return JsonNode.DeepEquals(before, request.Body) ? null : request;
    }

    /// <summary>A new item.</summary>
    /// <param name="type">Its kind.</param>
    /// <param name="edit">What it holds.</param>
    /// <param name="owner">The key of the user or the organization.</param>
    /// <param name="ownKey">Whether it gets a key of its own.</param>
    /// <param name="now">For what has a date.</param>
    /// <exception cref="InvalidInputException">InvalidItem or InputTooLong.</exception>
    internal static CipherRequest Create(ItemType type, ItemEdit edit, SymmetricKey owner, bool ownKey, DateTimeOffset now)
    {
        edit.EnsureFits(type);
        if (edit.Name is null)
        {
            throw InvalidInputException.Item("An item must have a name.");
        }

        CipherRequest request = CipherRequest.Blank(type);
        if (!ownKey)
        {
            new CipherEncoder(request, owner, now).Apply(edit);
            return request;
        }

        using SymmetricKey key = SymmetricKey.Generate();
        request.Body["key"] = owner.WrapKey(key).ToWireString();
        new CipherEncoder(request, key, now).Apply(edit);
        return request;
    }

    private static CipherRequest? ChangePersonal(VaultItem item, ItemEdit edit)
    {
        Guid? folder = edit.ChangesFolder ? edit.FolderId : item.FolderId;
        bool favorite = edit.Favorite ?? item.Favorite;
        return folder == item.FolderId && favorite == item.Favorite ? null : CipherRequest.Personal(item, folder, favorite);
    }

    // The server would keep what the account may not see, whatever is sent.
    private static void EnsureVisible(VaultItem item, ItemEdit edit)
    {
        bool touchesHidden = edit.Values.Keys.Any(selector => selector.ToLowerInvariant() is "password" or "totp")
            || edit.Fields.Any(field => item.Fields.Any(known => known.Name == field.Name && known.Type == FieldType.Hidden));
        if (item.HidesPasswords && touchesHidden)
        {
            throw ItemWriteException.NotWritable(item.UniqueName, item.Id, "your organization hides its passwords from your account");
        }
    }
}
