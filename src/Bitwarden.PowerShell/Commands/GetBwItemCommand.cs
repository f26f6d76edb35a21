using System.Management.Automation;
using Bitwarden.Core.Errors;
using Bitwarden.Core.Vault;
using Bitwarden.PowerShell.Binding;
using Bitwarden.PowerShell.Commands.Base;

namespace Bitwarden.PowerShell.Commands;

/// <summary>Gets items of the unlocked vault. Their values stay encrypted until they are asked for.</summary>
[Cmdlet(VerbsCommon.Get, "BwItem", DefaultParameterSetName = NameSet)]
[OutputType(typeof(VaultItem))]
public sealed class GetBwItemCommand : SessionCmdlet
{
    private const string NameSet = "Name";
    private const string IdSet = "Id";

    /// <summary>Names, unique or not, with or without folder; wildcards are allowed.</summary>
    [Parameter(Position = 0, ParameterSetName = NameSet, ValueFromPipeline = true)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ItemNameCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? Name { get; set; }

    /// <summary>Ids.</summary>
    [Parameter(Mandatory = true, ParameterSetName = IdSet, ValueFromPipelineByPropertyName = true)]
    public Guid[]? Id { get; set; }

    /// <summary>Only items in folders of this name; wildcards are allowed.</summary>
    [Parameter(ParameterSetName = NameSet)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(FolderCompleter))]
    public string? Folder { get; set; }

    /// <summary>Only items of these kinds.</summary>
    [Parameter(ParameterSetName = NameSet)]
    public ItemType[]? Type { get; set; }

    /// <summary>Only logins for this address, or whose address matches a pattern with wildcards.</summary>
    [Parameter(ParameterSetName = NameSet)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string? Uri { get; set; }

    /// <summary>The items in the trash instead.</summary>
    [Parameter(ParameterSetName = NameSet)]
    public SwitchParameter Trash { get; set; }

    /// <inheritdoc/>
    protected override void Process()
    {
        UnlockedVault vault = RequireSession().GetVault();
        if (ParameterSetName == IdSet)
        {
            WriteById(vault);
            return;
        }

        IReadOnlyList<VaultItem> items = Trash ? vault.Trash : vault.Items;
        foreach (string? name in Name ?? [null!])
        {
            WriteByName(items, name);
        }
    }

    private void WriteById(UnlockedVault vault)
    {
        foreach (Guid id in Id!)
        {
            if (vault.TryFind(id) is VaultItem item)
            {
                WriteItem(item);
                continue;
            }

            WriteFailure(ItemLookupException.NotFound(id.ToString()), id);
        }
    }

    private void WriteByName(IReadOnlyList<VaultItem> items, string? name)
    {
        bool found = false;
        ItemFilter filter = new(name, Folder, Type, Uri);
        foreach (VaultItem item in filter.Apply(items))
        {
            found = true;
            WriteItem(item);
        }

        if (!found && name is not null && !WildcardPattern.ContainsWildcardCharacters(name))
        {
            WriteFailure(ItemLookupException.NotFound(name), name);
        }
    }

    private void WriteItem(VaultItem item)
    {
        foreach (ItemProblem problem in item.Problems)
        {
            WriteWarning($"Item {item.Id}: {problem.Field} cannot be read ({problem.Code}).");
        }

        WriteObject(item);
    }
}
