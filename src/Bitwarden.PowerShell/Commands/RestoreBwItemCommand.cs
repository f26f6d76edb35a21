using System.Management.Automation;
using Bitwarden.Core.Errors;
using Bitwarden.Core.Sessions;
using Bitwarden.Core.Vault;
using Bitwarden.PowerShell.Commands.Base;
using Bitwarden.PowerShell.Formatting;

namespace Bitwarden.PowerShell.Commands;

/// <summary>Takes items out of the trash.</summary>
[Cmdlet(VerbsData.Restore, "BwItem", SupportsShouldProcess = true)]
[OutputType(typeof(VaultItem))]
public sealed class RestoreBwItemCommand : ItemSetCmdlet
{
    /// <summary>Writes the items.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    private protected override VaultItem Find(UnlockedVault vault, string name)
    {
        IReadOnlyCollection<VaultItem> found = vault.FindAll(name, inTrash: true);
        return found.Count switch
        {
            0 when vault.FindAll(name).Count > 0 => throw ItemLookupException.LeftOut(name, "it is not in the trash"),
            0 => throw vault.Missing(name),
            1 => found.First(),
            _ => throw ItemLookupException.Ambiguous(name, [.. found.Select(item => item.UniqueName)]),
        };
    }

    /// <inheritdoc/>
    private protected override bool Confirm(UnlockedVault vault, VaultItem item) =>
        ShouldProcess($"{item.Type} '{item.UniqueName.Shown()}'", "Take out of the trash");

    /// <inheritdoc/>
    private protected override void Apply(BitwardenSession session, IReadOnlyList<VaultItem> items)
    {
        IReadOnlyList<VaultItem> restored = Await(token => session.GetWriter().Places.RestoreAsync(items, token));
        if (PassThru)
        {
            WriteObject(restored, enumerateCollection: true);
        }
    }
}
