using System.Collections;
using System.Management.Automation;
using Bitwarden.Core.Sessions;
using Bitwarden.Core.Vault;
using Bitwarden.Core.Vault.Editing;
using Bitwarden.SecretManagement.Storing;

namespace Bitwarden.SecretManagement;

/// <summary>
/// Called by SecretManagement for Set-Secret: makes an item, or writes over the value of one that is there, and over nothing else of it. Takes -Metadata,
/// because SecretManagement remembers at registration whether it is there.
/// </summary>
[Cmdlet(VerbsCommon.Set, "Secret")]
public sealed class SetSecretCommand : WritingCommand
{
    private StoredSecret? _secret;
    private SecretMetadata? _metadata;

    /// <summary>The value to write: text, SecureString, PSCredential, byte[] or Hashtable.</summary>
    [Parameter]
    public object? Secret { get; set; }

    /// <summary>What to note beside the value; empty to leave what is there.</summary>
    [Parameter]
    public Hashtable Metadata { get; set; } = [];

    private protected override void Check()
    {
        _metadata = SecretMetadata.Read(Metadata);
        _secret = StoredSecret.Copy(Secret);
    }

    private protected override async Task WriteAsync(BitwardenSession session, WriteTarget target, CancellationToken cancellationToken)
    {
        using StoredSecret secret = _secret!;
        if (target.Reference is null)
        {
            await CreateAsync(session, target, secret, cancellationToken).ConfigureAwait(false);
            return;
        }

        VaultItem item = EnsureWhole(target.Reference.Item);
        SelectedValue? selected = target.Reference.Selector is string selector ? new SelectedValue(item, selector) : null;
        if (selected?.FileName is not null)
        {
            await new SecretFile(item, selected).WriteAsync(() => Sending(session).Files, secret, cancellationToken).ConfigureAwait(false);
            return;
        }

        SecretMarker marker = SecretMarker.Of(item);
        using ItemEdit edit = new();
        if (selected is null)
        {
            secret.Fill(edit, item, marker);
        }
        else
        {
            selected.Fill(edit, secret, marker);
        }

        Note(edit, item, item.Type, marker, target);
        await UpdateAsync(session, item, edit, cancellationToken).ConfigureAwait(false);
    }

    private async Task CreateAsync(
        BitwardenSession session, WriteTarget target, StoredSecret secret, CancellationToken cancellationToken)
    {
        ItemPlace place = target.NewPlace();
        SecretMarker marker = SecretMarker.Of(null);
        using ItemEdit edit = new() { Name = place.Name };
        secret.Fill(edit, null, marker);
        Note(edit, null, secret.NewType, marker, target);
        if (place.FolderId is Guid folder)
        {
            EnsureOneFolder(edit, folder);
            edit.MoveTo(folder);
            target.EnsureInside(edit);
        }

        ItemWriter items = Sending(session).Items;
        Guid[] collections = target.Scope.CollectionId is Guid collection ? [collection] : [];
        await (target.Scope.OrganizationId is Guid organization
            ? items.CreateAsync(secret.NewType, edit, organization, collections, cancellationToken)
            : items.CreateAsync(secret.NewType, edit, cancellationToken)).ConfigureAwait(false);
    }

    private void Note(ItemEdit edit, VaultItem? item, ItemType type, SecretMarker marker, WriteTarget target)
    {
        _metadata!.FillPlain(edit, item, type, target.Vault);
        _metadata.FillOthers(edit, item, type, marker, clears: false);
        marker.Fill(edit);
        target.EnsureInside(edit);
    }

    private static void EnsureOneFolder(ItemEdit edit, Guid folder)
    {
        if (edit.ChangesFolder && edit.FolderId != folder)
        {
            throw StoringErrors.Unsupported("The name says one folder, and the metadata 'Folder' another.");
        }
    }
}
