using System.Management.Automation;
using Bitwarden.Core.Vault;
using Bitwarden.PowerShell.Binding;
using Bitwarden.PowerShell.Commands.Base;

namespace Bitwarden.PowerShell.Commands;

/// <summary>Gets the collections of organizations that the account may see.</summary>
[Cmdlet(VerbsCommon.Get, "BwCollection", DefaultParameterSetName = NameSet)]
[OutputType(typeof(CollectionInfo))]
public sealed class GetBwCollectionCommand : PlaceCmdlet
{
    /// <summary>Names; wildcards are allowed.</summary>
    [Parameter(Position = 0, ParameterSetName = NameSet, ValueFromPipeline = true)]
    [ItemName(IsList = true)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(CollectionCompleter))]
    [NotBlank]
    public string[]? Name { get; set; }

    /// <summary>Ids.</summary>
    [Parameter(Mandatory = true, ParameterSetName = IdSet)]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public Guid[]? Id { get; set; }

    /// <summary>Only collections of organizations of this name; wildcards are allowed.</summary>
    [Parameter(ParameterSetName = NameSet)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(OrganizationCompleter))]
    [NotBlank]
    public string? Organization { get; set; }

    /// <inheritdoc/>
    protected override void Process()
    {
        UnlockedVault vault = RequireSession().GetVault();
        WritePlaces(Wanted(vault), Name, Id, vault.MissingCollection);
    }

    private IReadOnlyList<CollectionInfo> Wanted(UnlockedVault vault)
    {
        if (Organization is null)
        {
            return vault.GetCollections();
        }

        HashSet<Guid> organizations = [.. PlaceName.Find(vault.GetOrganizations(), Organization).Select(organization => organization.Id)];
        if (organizations.Count == 0 && !WildcardPattern.ContainsWildcardCharacters(Organization))
        {
            throw vault.MissingOrganization(Organization);
        }

        return [.. vault.GetCollections().Where(collection => organizations.Contains(collection.OrganizationId))];
    }
}
