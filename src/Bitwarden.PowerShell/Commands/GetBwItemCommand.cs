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
    [ArgumentCompleter(typeof(NothingCompleter))]
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
    [ArgumentCompleter(typeof(NothingCompleter))]
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
            WriteByName(vault, items, name);
        }
    }

    private void WriteById(UnlockedVault vault)
    {
        foreach (Guid id in Id!)
        {
            if (vault.TryFind(id) is VaultItem item)
            {
                WriteObject(item);
                continue;
            }

            WriteFailure(vault.Missing(id.ToString()), id);
        }
    }

    private void WriteByName(UnlockedVault vault, IReadOnlyList<VaultItem> items, string? name)
    {
        bool found = false;
        ItemFilter filter = new(name, Folder, Type, Uri);
        foreach (VaultItem item in filter.Apply(items))
        {
            found = true;
            WriteObject(item);
        }

        if (!found && name is not null && !WildcardPattern.ContainsWildcardCharacters(name))
        {
            WriteFailure(Explain(vault, items, name), name);
        }
    }

    private ItemLookupException Explain(UnlockedVault vault, IReadOnlyList<VaultItem> items, string name)
    {
        if (new ItemFilter(name, null, null, null).Apply(items).FirstOrDefault() is VaultItem item)
        {
            return ItemLookupException.LeftOut(name, ReasonToLeaveOut(item));
        }

        return Trash && vault.FindAll(name).Count > 0 ? ItemLookupException.LeftOut(name, "it is not in the trash") : vault.Missing(name);
    }

    private string ReasonToLeaveOut(VaultItem item)
    {
        if (Type is not null && !Type.Contains(item.Type))
        {
            return $"it is of the type {item.Type}";
        }

        bool isInFolder = Folder is null || (item.Folder is not null && WildcardPattern.Get(Folder, WildcardOptions.IgnoreCase).IsMatch(item.Folder));
        return isInFolder ? "none of its addresses matches" : item.Folder is null ? "it is in no folder" : $"it is in the folder '{item.Folder}'";
    }
}
