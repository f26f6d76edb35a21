using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using Bitwarden.Core.Vault;

namespace Bitwarden.PowerShell.Binding;

/// <summary>Completes names of items that are SSH keys, from the unlocked index.</summary>
internal sealed class SshKeyNameCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        ItemNameCompleter.UnlockedVaultOf(fakeBoundParameters) is UnlockedVault vault
            ? Completion.Of(ItemNameCompleter.NamesOf(vault.Items.Where(item => item.Type == ItemType.SshKey)), wordToComplete)
            : [];
}
