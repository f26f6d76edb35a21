namespace Bitwarden.Core.Vault;

/// <summary>
/// The forms of an item's name: <c>Name</c>, <c>Folder/Name</c>, <c>Name (username)</c>, <c>Name [first 8 hex of the id]</c>, <c>Name [id]</c>
/// (architecture 6). Case is ignored.
/// </summary>
internal static class NameForms
{
    internal const int ShortIdLength = 8;

    internal static string? Plain(VaultItem item) => string.IsNullOrEmpty(item.Name) ? null : item.Name;

    internal static string? InFolder(VaultItem item) => item.Folder is null || Plain(item) is null ? null : $"{item.Folder}/{item.Name}";

    internal static string? WithUsername(VaultItem item) =>
        Plain(item) is string name && item.Username is { Length: > 0 } username ? $"{name} ({username})" : null;

    internal static string WithShortId(VaultItem item) => WithSuffix(item, item.Id.ToString("N")[..ShortIdLength]);

    internal static string WithFullId(VaultItem item) => WithSuffix(item, item.Id.ToString());

    /// <summary>The forms that the item has, the shortest first; each is made when it is asked for, since one needs the user name decrypted.</summary>
    internal static IEnumerable<string> All(VaultItem item)
    {
        Func<VaultItem, string?>[] forms = [Plain, InFolder, WithUsername, WithShortId, WithFullId];
        return forms.Select(form => form(item)).OfType<string>();
    }

    /// <summary>The same without the form that begins with the folder.</summary>
    internal static IEnumerable<string> Apart(VaultItem item)
    {
        Func<VaultItem, string?>[] forms = [Plain, WithUsername, WithShortId, WithFullId];
        return forms.Select(form => form(item)).OfType<string>();
    }

    /// <summary>Whether a text is one of the forms. Decrypts the user name only where the text ends like that form.</summary>
    internal static bool IsFormOf(VaultItem item, string text) =>
        Same(Plain(item), text)
        || Same(InFolder(item), text)
        || (text.EndsWith(']') && (Same(WithShortId(item), text) || Same(WithFullId(item), text)))
        || (text.EndsWith(')') && Plain(item) is string name && text.StartsWith(name, StringComparison.OrdinalIgnoreCase) && Same(WithUsername(item), text));

    private static string WithSuffix(VaultItem item, string id) => Plain(item) is string name ? $"{name} [{id}]" : $"[{id}]";

    private static bool Same(string? form, string text) => string.Equals(form, text, StringComparison.OrdinalIgnoreCase);
}
