using System.Management.Automation;
using Bitwarden.Core.Errors;
using Bitwarden.Core.Vault;
using Bitwarden.PowerShell.Binding;
using Bitwarden.PowerShell.Commands.Base;
using Bitwarden.PowerShell.Desktop;
using Bitwarden.PowerShell.Errors;
using Bitwarden.PowerShell.Formatting;

namespace Bitwarden.PowerShell.Commands;

/// <summary>Opens the address of a login in the browser.</summary>
[Cmdlet(VerbsCommon.Open, "BwItem", DefaultParameterSetName = NameSet, SupportsShouldProcess = true)]
public sealed class OpenBwItemCommand : SessionCmdlet
{
    private const string NameSet = "Name";
    private const string ItemSet = "Item";

    /// <summary>The item's name or id.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ParameterSetName = NameSet)]
    [ItemName]
    [ArgumentCompleter(typeof(ItemNameCompleter))]
    [NotBlank]
    public string? Name { get; set; }

    /// <summary>An item of Get-BwItem.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = ItemSet)]
    [ArgumentCompleter(typeof(NothingCompleter))]
    [ValidateNotNull]
    public VaultItem? Item { get; set; }

    /// <summary>Opens addresses for other programs than a browser too, such as ssh, and those with a user name.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    protected override void Process()
    {
        UnlockedVault vault = RequireSession().GetVault();
        string name = Item?.UniqueName ?? Name!;
        try
        {
            Open(Item ?? vault.Find(name));
        }
        catch (BitwardenException e) when (e is ItemLookupException or InvalidInputException)
        {
            WriteFailure(e, name);
        }
    }

    private void Open(VaultItem item)
    {
        Uri address = WebLink.Read(item.GetLinks() is [string first, ..] ? first : throw InputErrors.NoAddress(item), Force);
        if (ShouldProcess($"{address.AbsoluteUri.Shown()} of '{item.UniqueName.Shown()}'", "Open"))
        {
            Browser.Open(address);
        }
    }
}
