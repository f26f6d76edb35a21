using System.Management.Automation;
using Bitwarden.Core.Sessions;
using Bitwarden.Core.Vault;
using Bitwarden.PowerShell.Commands.Base;
using Bitwarden.PowerShell.Errors;
using Bitwarden.PowerShell.Formatting;

namespace Bitwarden.PowerShell.Commands;

/// <summary>Moves items to the trash, or deletes them for good.</summary>
[Cmdlet(VerbsCommon.Remove, "BwItem", SupportsShouldProcess = true)]
public sealed class RemoveBwItemCommand : ItemSetCmdlet
{
    private bool _yesToAll;
    private bool _noToAll;

    /// <summary>Deletes the items for good, from the trash too.</summary>
    [Parameter]
    public SwitchParameter Permanent { get; set; }

    /// <inheritdoc/>
    private protected override VaultItem Find(UnlockedVault vault, string name) =>
        (Permanent && Guid.TryParse(name, out Guid id) ? vault.TryFind(id) ?? vault.TryFind(id, inTrash: true) : null) ?? vault.Find(name);

    /// <inheritdoc/>
    private protected override bool Confirm(UnlockedVault vault, VaultItem item)
    {
        string target = $"{item.Type} '{item.UniqueName.Shown()}'";
        return Permanent
            ? ShouldProcess(target, "Delete for good") && (!WillAsk() || IsSwitchedOn("Confirm") == true || IsSure(target))
            : ShouldProcess(target, "Move to the trash");
    }

    /// <inheritdoc/>
    private protected override void Apply(BitwardenSession session, IReadOnlyList<VaultItem> items)
    {
        ItemMover places = session.GetWriter().Places;
        if (Permanent)
        {
            Await(token => places.DeleteAsync(items, token));
            return;
        }

        Await(token => places.TrashAsync(items, token));
    }

    // Only what cannot be undone asks by itself, so that it is not the impact of the whole cmdlet.
    private bool IsSure(string target)
    {
        bool Ask() => ShouldContinue($"Delete {target} for good? Nobody can bring it back.", "Delete for good", ref _yesToAll, ref _noToAll);
        return _yesToAll || (!_noToAll && (new InteractiveHost(Host).Confirm(Ask) ?? throw InputErrors.RemovalNotConfirmed()));
    }
}
