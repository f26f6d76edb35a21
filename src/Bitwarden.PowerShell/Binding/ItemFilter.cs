using System.Management.Automation;
using Bitwarden.Core.Errors;
using Bitwarden.Core.Vault;

namespace Bitwarden.PowerShell.Binding;

/// <summary>
/// Which items a user means. A name is taken literally where an item has it, brackets and all; then without the backticks that escape them; only otherwise as a
/// pattern. Items of the archive are found by their name, but not listed among the others.
/// </summary>
internal sealed class ItemFilter
{
    private readonly UnlockedVault _vault;
    private readonly bool _inTrash;
    private readonly ItemConditions _conditions;

    /// <param name="vault">Where to look.</param>
    /// <param name="inTrash">Whether to look into its trash instead.</param>
    /// <param name="conditions">What else is asked of the items.</param>
    internal ItemFilter(UnlockedVault vault, bool inTrash, ItemConditions conditions)
    {
        _vault = vault;
        _inTrash = inTrash;
        _conditions = conditions;
    }

    /// <param name="name">The name or pattern; null for every item.</param>
    /// <exception cref="InvalidInputException">InvalidPattern.</exception>
    internal IEnumerable<VaultItem> Apply(string? name) => ByName(name).Where(_conditions.Hold);

    /// <summary>Explains why nothing was found under a name.</summary>
    internal ItemLookupException Explain(string name)
    {
        if (ByName(name).FirstOrDefault() is VaultItem item)
        {
            return ItemLookupException.LeftOut(name, _conditions.ReasonAgainst(item));
        }

        return _inTrash && _vault.FindAll(name).Count > 0 ? ItemLookupException.LeftOut(name, "it is not in the trash") : _vault.Missing(name);
    }

    private IEnumerable<VaultItem> ByName(string? name)
    {
        if (name is null)
        {
            return Listed();
        }

        if (ReferenceUri.IsOne(name))
        {
            return _vault.FindAll(name, _inTrash);
        }

        IReadOnlyCollection<VaultItem> literal = _vault.FindAll(name, _inTrash);
        if (literal.Count == 0 && name.Contains('`', StringComparison.Ordinal))
        {
            literal = _vault.FindAll(WildcardPattern.Unescape(name), _inTrash);
        }

        return literal.Count > 0 || !WildcardPattern.ContainsWildcardCharacters(name) ? literal : ByPattern(new NamePattern(name));
    }

    private IEnumerable<VaultItem> ByPattern(NamePattern pattern) =>
        Listed().Where(item => pattern.IsMatch(item.UniqueName)
            || pattern.IsMatch(item.Name)
            || (item.Folder is not null && pattern.IsMatch($"{item.Folder}/{item.Name}")));

    private IEnumerable<VaultItem> Listed() =>
        _inTrash ? _vault.Trash : _vault.Items.Where(item => _conditions.Archived || item.ArchivedDate is null);
}
