using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using Bitwarden.Core.Vault;

namespace Bitwarden.PowerShell.Binding;

/// <summary>Completes names of organizations from the unlocked index; nothing when the vault is locked.</summary>
internal sealed class OrganizationCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        ItemNameCompleter.UnlockedVaultOf(fakeBoundParameters) is UnlockedVault vault ? Completion.OfNames(vault.Organizations, wordToComplete) : [];
}
