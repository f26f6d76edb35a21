using System.Management.Automation;
using Bitwarden.Core.Vault;
using Bitwarden.PowerShell.Binding;
using Bitwarden.PowerShell.Commands.Base;

namespace Bitwarden.PowerShell.Commands;

/// <summary>Gets the personal folders of the unlocked vault.</summary>
[Cmdlet(VerbsCommon.Get, "BwFolder", DefaultParameterSetName = NameSet)]
[OutputType(typeof(FolderInfo))]
public sealed class GetBwFolderCommand : PlaceCmdlet
{
    /// <summary>Names; wildcards are allowed.</summary>
    [Parameter(Position = 0, ParameterSetName = NameSet, ValueFromPipeline = true)]
    [ItemName(IsList = true)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(FolderCompleter))]
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
        WritePlaces(vault.GetFolders(), Name, Id, vault.MissingFolder);
    }
}
