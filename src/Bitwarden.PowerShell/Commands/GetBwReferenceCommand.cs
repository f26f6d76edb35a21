using System.Management.Automation;
using Bitwarden.Core.Vault;
using Bitwarden.PowerShell.Binding;
using Bitwarden.PowerShell.Commands.Base;

namespace Bitwarden.PowerShell.Commands;

/// <summary>Writes the references of values: what templates, configuration and environments name a value by.</summary>
[Cmdlet(VerbsCommon.Get, "BwReference")]
[OutputType(typeof(string))]
public sealed class GetBwReferenceCommand : SessionCmdlet
{
    /// <summary>The items: names, unique or not, ids, or items of Get-BwItem.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [ItemName(TakesItems = true, IsList = true)]
    [ArgumentCompleter(typeof(ItemNameCompleter))]
    [NotBlank]
    public string[]? Item { get; set; }

    /// <summary>What of the items, without the number sign: username, totp, field:Name and so on.</summary>
    [Parameter(Position = 1)]
    [ArgumentCompleter(typeof(SelectorCompleter))]
    [NotBlank]
    public string? Selector { get; set; }

    /// <summary>Names the items by their ids, which stay when names change.</summary>
    [Parameter]
    public SwitchParameter ById { get; set; }

    /// <inheritdoc/>
    protected override void Process()
    {
        UnlockedVault vault = RequireSession().GetVault();
        foreach (string name in Item!)
        {
            ForOne(name, () => WriteObject(ReferenceUri.OfValue(vault, vault.Find(name), Selector, ById).ToString()));
        }
    }
}
