using System.Management.Automation;
using Bitwarden.Core.Vault;

namespace Bitwarden.PowerShell.Binding;

/// <summary>
/// Which items a user means. A name is taken literally where an item has it, brackets and all; only otherwise as a pattern.
/// </summary>
internal sealed class ItemFilter
{
    private readonly string? _name;
    private readonly WildcardPattern? _folder;
    private readonly ItemType[]? _types;
    private readonly UriFilter? _uri;

    internal ItemFilter(string? name, string? folder, ItemType[]? types, string? uri)
    {
        _name = name;
        _folder = folder is null ? null : WildcardPattern.Get(folder, WildcardOptions.IgnoreCase);
        _types = types;
        _uri = uri is null ? null : new UriFilter(uri);
    }

    internal IEnumerable<VaultItem> Apply(IReadOnlyList<VaultItem> items) => ByName(items)
        .Where(item => _folder is null || (item.Folder is not null && _folder.IsMatch(item.Folder)))
        .Where(item => _types is null || _types.Contains(item.Type))
        .Where(item => _uri is null || item.Uris.Any(_uri.IsMatch));

    private IEnumerable<VaultItem> ByName(IReadOnlyList<VaultItem> items)
    {
        if (_name is null)
        {
            return items;
        }

        VaultItem[] exact = [.. items.Where(item => item.IsNamed(_name))];
        return exact.Length > 0 || !WildcardPattern.ContainsWildcardCharacters(_name) ? exact : ByPattern(items, _name);
    }

    private static IEnumerable<VaultItem> ByPattern(IReadOnlyList<VaultItem> items, string pattern)
    {
        WildcardPattern wildcard = WildcardPattern.Get(pattern, WildcardOptions.IgnoreCase);
        try
        {
            return [.. items.Where(item => wildcard.IsMatch(item.UniqueName)
                || (item.Name is not null && wildcard.IsMatch(item.Name))
                || (item.Folder is not null && wildcard.IsMatch($"{item.Folder}/{item.Name}")))];
        }
        catch (WildcardPatternException)
        {
            // "[" alone is a name that no item has.
            return [];
        }
    }
}
