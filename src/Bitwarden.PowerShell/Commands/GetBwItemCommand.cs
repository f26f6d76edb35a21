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
    [ItemName(TakesItems = true)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ItemNameCompleter))]
    [NotBlank]
    public string[]? Name { get; set; }

    /// <summary>Ids.</summary>
    [Parameter(Mandatory = true, ParameterSetName = IdSet)]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public Guid[]? Id { get; set; }

    /// <summary>Only items in folders of this name; wildcards are allowed.</summary>
    [Parameter(ParameterSetName = NameSet)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(FolderCompleter))]
    [NotBlank]
    public string? Folder { get; set; }

    /// <summary>Only items of these kinds.</summary>
    [Parameter(ParameterSetName = NameSet)]
    [ValidateNotNullOrEmpty]
    public ItemType[]? Type { get; set; }

    /// <summary>Only logins for this address, or whose address matches a pattern with wildcards.</summary>
    [Parameter(ParameterSetName = NameSet)]
    [ArgumentCompleter(typeof(NothingCompleter))]
    [SupportsWildcards]
    [NotBlank]
    public string? Uri { get; set; }

    /// <summary>The items in the trash instead.</summary>
    [Parameter]
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

        ItemFilter filter = new(Folder, Type, Uri);
        HashSet<VaultItem> written = [];
        foreach (string? name in Name ?? [null!])
        {
            WriteByName(vault, filter, name, written);
        }
    }

    private void WriteById(UnlockedVault vault)
    {
        foreach (Guid id in Id!.Distinct())
        {
            if (vault.TryFind(id, Trash) is VaultItem item)
            {
                WriteObject(item);
                continue;
            }

            WriteFailure(vault.Missing(id.ToString()), id);
        }
    }

    private void WriteByName(UnlockedVault vault, ItemFilter filter, string? name, HashSet<VaultItem> written)
    {
        try
        {
            bool found = false;
            foreach (VaultItem item in filter.Apply(vault, Trash, name))
            {
                found = true;
                if (written.Add(item))
                {
                    WriteObject(item);
                }
            }

            if (!found && name is not null && !WildcardPattern.ContainsWildcardCharacters(name))
            {
                WriteFailure(Explain(vault, name), name);
            }
        }
        catch (InvalidInputException e)
        {
            WriteFailure(e, name);
        }
    }

    private ItemLookupException Explain(UnlockedVault vault, string name)
    {
        if (new ItemFilter(null, null, null).Apply(vault, Trash, name).FirstOrDefault() is VaultItem item)
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
