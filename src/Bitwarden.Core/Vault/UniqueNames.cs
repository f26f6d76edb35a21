namespace Bitwarden.Core.Vault;

/// <summary>
/// Gives every item a name that is unique ignoring case and can be found again: <c>Name</c>; where several items share it <c>Folder/Name</c>, then
/// <c>Name (username)</c>, then <c>Name [first 8 hex of the id]</c>, and where others bear even those names, the id. Does not depend on the order of items.
/// A shared plain name belongs to none of them, so that it can be reported as ambiguous. An id belongs to its item, whatever others are called.
/// </summary>
internal static class UniqueNames
{
    private static readonly Func<VaultItem, string?>[] s_forms = [Plain, InFolder, WithUsername, WithShortId, WithFullId];

    internal static void Assign(IReadOnlyCollection<VaultItem> items)
    {
        HashSet<string> taken = new(StringComparer.OrdinalIgnoreCase);
        HashSet<Guid> ids = [.. items.Select(item => item.Id)];
        HashSet<string> plain = new(items.Select(Plain).OfType<string>(), StringComparer.OrdinalIgnoreCase);
        List<VaultItem> pending = [.. items];
        foreach (Func<VaultItem, string?> form in s_forms)
        {
            pending = AssignForm(pending, form, name => !taken.Contains(name) && !IsId(name, ids) && (form == Plain || !plain.Contains(name)), taken);
        }

        pending.ForEach(item => item.UniqueName = item.Id.ToString());
    }

    /// <summary>Whether a text is one of the forms of an item's name, even if a shorter one is already unique.</summary>
    internal static bool Matches(VaultItem item, string text)
    {
        if (item.Name is not string name || !text.Contains(name, StringComparison.OrdinalIgnoreCase))
        {
            return Same(WithShortId(item), text);
        }

        return Same(name, text) || Same(InFolder(item), text) || Same(WithShortId(item), text) || Same(WithFullId(item), text)
            || (text.Length > name.Length && text[^1] == ')' && Same(WithUsername(item), text));
    }

    private static List<VaultItem> AssignForm(
        List<VaultItem> pending, Func<VaultItem, string?> form, Func<string, bool> isFree, HashSet<string> taken)
    {
        List<VaultItem> left = [];
        foreach (IGrouping<string?, VaultItem> group in pending.GroupBy(form, StringComparer.OrdinalIgnoreCase))
        {
            VaultItem[] members = [.. group];
            if (group.Key is not null && members.Length == 1 && isFree(group.Key))
            {
                members[0].UniqueName = group.Key;
                taken.Add(group.Key);
                continue;
            }

            left.AddRange(members);
        }

        return left;
    }

    private static bool IsId(string name, HashSet<Guid> ids) => Guid.TryParse(name, out Guid id) && ids.Contains(id);

    private static bool Same(string? form, string text) => string.Equals(form, text, StringComparison.OrdinalIgnoreCase);

    private static string? Plain(VaultItem item) => string.IsNullOrEmpty(item.Name) ? null : item.Name;

    private static string? InFolder(VaultItem item) => item.Folder is null || Plain(item) is null ? null : $"{item.Folder}/{item.Name}";

    private static string? WithUsername(VaultItem item) =>
        Plain(item) is string name && item.Username is { Length: > 0 } username ? $"{name} ({username})" : null;

    private static string WithShortId(VaultItem item) => $"{item.Name} [{item.Id.ToString("N")[..8]}]".TrimStart();

    private static string WithFullId(VaultItem item) => $"{item.Name} [{item.Id}]".TrimStart();
}
