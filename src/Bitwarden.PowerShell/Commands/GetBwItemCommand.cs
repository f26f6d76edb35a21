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
    private UnlockedVault? _vault;
    private ItemConditions? _conditions;

    /// <summary>Names, unique or not, with or without folder; wildcards are allowed.</summary>
    [Parameter(Position = 0, ParameterSetName = NameSet, ValueFromPipeline = true)]
    [ItemName(IsList = true, TakesItems = true)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ItemNameCompleter))]
    [NotBlank]
    public string[]? Name { get; set; }

    /// <summary>Ids.</summary>
    [Parameter(Mandatory = true, ParameterSetName = IdSet)]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public Guid[]? Id { get; set; }

    /// <summary>Only items that have all these words in what can be seen of them, or in their notes.</summary>
    [Parameter(ParameterSetName = NameSet)]
    [ArgumentCompleter(typeof(NothingCompleter))]
    [NotBlank]
    public string? Search { get; set; }

    /// <summary>Only items in folders of this name; wildcards are allowed.</summary>
    [Parameter(ParameterSetName = NameSet)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(FolderCompleter))]
    [NotBlank]
    public string? Folder { get; set; }

    /// <summary>Only items in no folder.</summary>
    [Parameter(ParameterSetName = NameSet)]
    public SwitchParameter NoFolder { get; set; }

    /// <summary>Only items in collections of this name; wildcards are allowed.</summary>
    [Parameter(ParameterSetName = NameSet)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(CollectionCompleter))]
    [NotBlank]
    public string? Collection { get; set; }

    /// <summary>Only items of organizations of this name; wildcards are allowed.</summary>
    [Parameter(ParameterSetName = NameSet)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(OrganizationCompleter))]
    [NotBlank]
    public string? Organization { get; set; }

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

    /// <summary>Only favourites.</summary>
    [Parameter(ParameterSetName = NameSet)]
    public SwitchParameter Favorite { get; set; }

    /// <summary>Only logins that give one-time codes.</summary>
    [Parameter(ParameterSetName = NameSet)]
    public SwitchParameter HasTotp { get; set; }

    /// <summary>The archived items instead.</summary>
    [Parameter(ParameterSetName = NameSet)]
    public SwitchParameter Archived { get; set; }

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

        if (TryFilter(vault) is not ItemFilter filter)
        {
            return;
        }

        HashSet<VaultItem> written = [];
        foreach (string? name in Name ?? [null!])
        {
            WriteByName(filter, name, written);
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing() => WarnOfSlowPatterns();

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

    private void WriteByName(ItemFilter filter, string? name, HashSet<VaultItem> written)
    {
        try
        {
            bool found = false;
            foreach (VaultItem item in filter.Apply(name))
            {
                found = true;
                if (written.Add(item))
                {
                    WriteObject(item);
                }
            }

            if (!found && name is not null && (ReferenceUri.IsOne(name) || !WildcardPattern.ContainsWildcardCharacters(name)))
            {
                WriteFailure(filter.Explain(name), name);
            }
        }
        catch (InvalidInputException e)
        {
            WriteFailure(e, name);
        }
    }

    // Down a pipeline the same vault comes again with each name. Null where a place is named that there is not.
    private ItemFilter? TryFilter(UnlockedVault vault)
    {
        if (_vault != vault)
        {
            WarnOfSlowPatterns();
            _conditions = TryConditions(vault);
            _vault = vault;
        }

        return _conditions is null ? null : new ItemFilter(vault, Trash, _conditions);
    }

    private ItemConditions? TryConditions(UnlockedVault vault)
    {
        ItemConditions conditions = new();
        conditions.AddNotStopped(() => Stopping);
        AddKinds(conditions);
        bool placesExist = TryAddPlaces(conditions, vault);
        if (Uri is not null)
        {
            conditions.AddUri(vault, Uri);
        }

        if (Search is not null)
        {
            conditions.AddSearch(Search);
        }

        return placesExist ? conditions : null;
    }

    private void AddKinds(ItemConditions conditions)
    {
        if (Type is not null)
        {
            conditions.AddType(Type);
        }

        if (Archived)
        {
            conditions.AddArchived();
        }

        if (Favorite)
        {
            conditions.AddFavorite();
        }

        if (HasTotp)
        {
            conditions.AddTotp();
        }
    }

    private bool TryAddPlaces(ItemConditions conditions, UnlockedVault vault)
    {
        if (NoFolder)
        {
            conditions.AddNoFolder();
        }

        return (Folder is null || TryAdd(vault.GetFolders(), Folder, conditions.AddFolders, vault.MissingFolder))
            & (Organization is null || TryAdd(vault.GetOrganizations(), Organization, conditions.AddOrganizations, vault.MissingOrganization))
            & (Collection is null || TryAdd(vault.GetCollections(), Collection, conditions.AddCollections, vault.MissingCollection));
    }

    private bool TryAdd<T>(IReadOnlyList<T> places, string text, Action<IReadOnlyList<T>> add, Func<string, ItemLookupException> missing)
        where T : IVaultPlace
    {
        IReadOnlyList<T> found = PlaceName.Find(places, text);
        if (found.Count == 0 && !WildcardPattern.ContainsWildcardCharacters(text))
        {
            WriteFailure(missing(text), text);
            return false;
        }

        add(found);
        return true;
    }

    private void WarnOfSlowPatterns()
    {
        if (_conditions?.Uri is { SlowPatterns: > 0 } filter)
        {
            WriteWarning($"{filter.SlowPatterns} stored address patterns took too long to be tried, and count as not matching.");
        }
    }
}
