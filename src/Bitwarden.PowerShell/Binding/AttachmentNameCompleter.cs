using Bitwarden.Core.Vault;

namespace Bitwarden.PowerShell.Binding;

/// <summary>Completes the names of the files of the item that was named before.</summary>
internal sealed class AttachmentNameCompleter : ItemPartCompleter
{
    private protected override IEnumerable<string> NamesIn(VaultItem item) => item.Attachments.Select(file => file.FileName);
}
