using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using Bitwarden.Core.Errors;
using Bitwarden.Core.Vault;

namespace Bitwarden.PowerShell.Binding;

/// <summary>Completes references to secrets: item names, <c>bw://</c> references, and behind a number sign what the item has.</summary>
internal sealed class SecretNameCompleter : IArgumentCompleter
{
    private const string Scheme = "bw://";

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        ItemNameCompleter.UnlockedVaultOf(fakeBoundParameters) is UnlockedVault vault
            ? Completion.Of(Candidates(vault, wordToComplete.Trim('\'', '"')), wordToComplete)
            : [];

    private static IEnumerable<Candidate> Candidates(UnlockedVault vault, string typed)
    {
        bool isUri = typed.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase);
        IEnumerable<Candidate> names = isUri ? vault.Items.Select(item => Reference(vault, item)) : ItemNameCompleter.NamesOf(vault);
        int hash = typed.LastIndexOf('#');
        return hash > 0 ? names.Concat(Selectors(vault, typed[..hash], isUri)) : names;
    }

    private static IEnumerable<Candidate> Selectors(UnlockedVault vault, string reference, bool isUri)
    {
        try
        {
            return vault.FindAll(reference) is { Count: 1 } found
                ? found.First().GetSelectors().Select(selector => new Candidate($"{reference}#{(isUri ? Uri.EscapeDataString(selector) : selector)}", selector))
                : [];
        }
        catch (InvalidInputException)
        {
            // A reference that is not complete yet.
            return [];
        }
    }

    private static Candidate Reference(UnlockedVault vault, VaultItem item) =>
        new(ReferenceUri.Of(vault, item).ToString(), ItemNameCompleter.Describe(item), Scheme + Uri.EscapeDataString(item.UniqueName));
}
