using Bitwarden.Core.Vault;

namespace Bitwarden.PowerShell.Binding;

/// <summary>Completes the names of the fields of the item that was named before.</summary>
internal sealed class FieldNameCompleter : ItemPartCompleter
{
    private protected override IEnumerable<string> NamesIn(VaultItem item) => item.Fields.Select(field => field.Name);
}
