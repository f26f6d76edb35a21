using System.Management.Automation;
using Bitwarden.Core.Errors;
using Bitwarden.Core.Vault;

namespace Bitwarden.PowerShell.Binding;

/// <summary>
/// Which items a user means. A name is taken literally where an item has it, brackets and all; then without the backticks that escape them; only otherwise as a
/// pattern.
/// </summary>
internal sealed class ItemFilter
{
    private readonly NamePattern? _folder;
    private readonly ItemType[]? _types;
    private readonly UriFilter? _uri;

    /// <exception cref="InvalidInputException">InvalidPattern.</exception>
    internal ItemFilter(string? folder, ItemType[]? types, string? uri)
    {
        _folder = folder is null ? null : new NamePattern(folder);
        _types = types;
        _uri = uri is null ? null : new UriFilter(uri);
    }

    /// <param name="vault">Where to look.</param>
    /// <param name="inTrash">Whether to look into its trash instead.</param>
    /// <param name="name">The name or pattern; null for every item.</param>
    /// <exception cref="InvalidInputException">InvalidPattern.</exception>
    internal IEnumerable<VaultItem> Apply(UnlockedVault vault, bool inTrash, string? name) => ByName(vault, inTrash, name)
        .Where(item => _folder is null || _folder.IsMatch(item.Folder))
        .Where(item => _types is null || _types.Contains(item.Type))
        .Where(item => _uri is null || item.Uris.Any(_uri.IsMatch));

    private static IEnumerable<VaultItem> ByName(UnlockedVault vault, bool inTrash, string? name)
    {
        IReadOnlyList<VaultItem> items = inTrash ? vault.Trash : vault.Items;
        if (name is null)
        {
            return items;
        }

        IReadOnlyCollection<VaultItem> literal = vault.FindAll(name, inTrash);
        if (literal.Count == 0 && name.Contains('`', StringComparison.Ordinal))
        {
            literal = vault.FindAll(WildcardPattern.Unescape(name), inTrash);
        }

        return literal.Count > 0 || !WildcardPattern.ContainsWildcardCharacters(name) ? literal : ByPattern(items, new NamePattern(name));
    }

    private static IEnumerable<VaultItem> ByPattern(IReadOnlyList<VaultItem> items, NamePattern pattern) =>
        items.Where(item => pattern.IsMatch(item.UniqueName)
            || pattern.IsMatch(item.Name)
            || (item.Folder is not null && pattern.IsMatch($"{item.Folder}/{item.Name}")));
}
