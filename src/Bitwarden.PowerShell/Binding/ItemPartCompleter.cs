using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using Bitwarden.Core.Errors;
using Bitwarden.Core.Vault;

namespace Bitwarden.PowerShell.Binding;

/// <summary>Completes names of parts of the item that was named before.</summary>
internal abstract class ItemPartCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        object? given = fakeBoundParameters["Item"] is PSObject wrapped ? wrapped.BaseObject : fakeBoundParameters["Item"];
        UnlockedVault? vault = ItemNameCompleter.UnlockedVaultOf(fakeBoundParameters);
        return vault is null ? [] : Completion.OfNames(NamesOf(vault, given), wordToComplete);
    }

    /// <summary>What there is to choose from.</summary>
    private protected abstract IEnumerable<string> NamesIn(VaultItem item);

    private IEnumerable<string> NamesOf(UnlockedVault vault, object? given)
    {
        try
        {
            VaultItem? item = given as VaultItem ?? (given is string name ? vault.Find(name) : null);
            return item is null ? [] : NamesIn(item);
        }
        catch (BitwardenException e) when (e is ItemLookupException or InvalidInputException)
        {
            return [];
        }
    }
}
