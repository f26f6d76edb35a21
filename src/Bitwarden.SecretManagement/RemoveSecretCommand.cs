using System.Management.Automation;
using Bitwarden.Core.Sessions;
using Bitwarden.Core.Vault;
using Bitwarden.Core.Vault.Editing;
using Bitwarden.SecretManagement.Storing;

namespace Bitwarden.SecretManagement;

/// <summary>
/// Called by SecretManagement for Remove-Secret: moves an item to the trash, or takes a field or a file away from it. A name with a selector never removes the
/// item.
/// </summary>
[Cmdlet(VerbsCommon.Remove, "Secret")]
public sealed class RemoveSecretCommand : WritingCommand
{
    private protected override void Check()
    {
    }

    private protected override Task WriteAsync(BitwardenSession session, WriteTarget target, CancellationToken cancellationToken)
    {
        VaultItem item = target.RequireItem();
        return target.Reference!.Selector is string selector
            ? RemoveValueAsync(session, EnsureWhole(item), new SelectedValue(item, selector), cancellationToken)
            : Sending(session).Places.TrashAsync([item], cancellationToken);
    }

    private async Task RemoveValueAsync(BitwardenSession session, VaultItem item, SelectedValue selected, CancellationToken cancellationToken)
    {
        if (selected.FileName is not null)
        {
            await new SecretFile(item, selected).RemoveAsync(() => Sending(session).Files, cancellationToken).ConfigureAwait(false);
            return;
        }

        SecretMarker marker = SecretMarker.Of(item);
        using ItemEdit edit = new();
        selected.Remove(edit, marker);
        marker.Fill(edit);
        await UpdateAsync(session, item, edit, cancellationToken).ConfigureAwait(false);
    }
}
