using System.Management.Automation;
using Bitwarden.Core.Vault;
using Bitwarden.PowerShell.Binding;
using Bitwarden.PowerShell.Commands.Base;

namespace Bitwarden.PowerShell.Commands;

/// <summary>Gets the organizations that the account belongs to.</summary>
[Cmdlet(VerbsCommon.Get, "BwOrganization", DefaultParameterSetName = NameSet)]
[OutputType(typeof(OrganizationInfo))]
public sealed class GetBwOrganizationCommand : PlaceCmdlet
{
    /// <summary>Names; wildcards are allowed.</summary>
    [Parameter(Position = 0, ParameterSetName = NameSet, ValueFromPipeline = true)]
    [ItemName(IsList = true)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(OrganizationCompleter))]
    [NotBlank]
    public string[]? Name { get; set; }

    /// <summary>Ids.</summary>
    [Parameter(Mandatory = true, ParameterSetName = IdSet)]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public Guid[]? Id { get; set; }

    /// <inheritdoc/>
    protected override void Process()
    {
        UnlockedVault vault = RequireSession().GetVault();
        WritePlaces(vault.GetOrganizations(), Name, Id, vault.MissingOrganization);
    }
}
