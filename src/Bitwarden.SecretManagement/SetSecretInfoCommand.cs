using System.Collections;
using System.Management.Automation;
using Bitwarden.Core.Sessions;
using Bitwarden.Core.Vault;
using Bitwarden.Core.Vault.Editing;
using Bitwarden.SecretManagement.Storing;

namespace Bitwarden.SecretManagement;

/// <summary>
/// Called by SecretManagement for Set-SecretInfo: what is noted beside a secret becomes what is given, and an empty table clears it. Of the item's own folder,
/// addresses, notes and mark only what is given changes.
/// </summary>
[Cmdlet(VerbsCommon.Set, "SecretInfo")]
public sealed class SetSecretInfoCommand : WritingCommand
{
    private SecretMetadata? _metadata;

    /// <summary>What to note.</summary>
    [Parameter]
    public Hashtable Metadata { get; set; } = [];

    private protected override void Check() => _metadata = SecretMetadata.Read(Metadata);

    private protected override async Task WriteAsync(BitwardenSession session, WriteTarget target, CancellationToken cancellationToken)
    {
        VaultItem item = EnsureWhole(target.RequireItem());
        SecretMarker marker = SecretMarker.Of(item);
        using ItemEdit edit = new();
        _metadata!.FillPlain(edit, item, item.Type, target.Vault);
        _metadata.FillOthers(edit, item, item.Type, marker, clears: true);
        marker.Fill(edit);
        target.EnsureInside(edit);
        await UpdateAsync(session, item, edit, cancellationToken).ConfigureAwait(false);
    }
}
