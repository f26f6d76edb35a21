using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using Bitwarden.Core.Vault;

namespace Bitwarden.PowerShell.Binding;

/// <summary>Completes what an item has; the usual selectors when the item is not known yet, as one that comes through the pipeline.</summary>
internal sealed class SelectorCompleter : IArgumentCompleter
{
    private static readonly string[] s_usual = ["password", "username", "totp", "uri", "notes"];

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        object? given = fakeBoundParameters["Item"] is PSObject wrapped ? wrapped.BaseObject : fakeBoundParameters["Item"];
        IEnumerable<string> selectors = given is VaultItem item && ItemNameCompleter.UnlockedVaultOf(fakeBoundParameters) is not null
            ? item.GetSelectors()
            : s_usual;
        return Completion.Of(selectors.Select(selector => new Candidate(selector, selector)), wordToComplete);
    }
}
