using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
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
        string name = isUri ? Uri.UnescapeDataString(reference[Scheme.Length..]) : reference;
        return vault.FindAll(name) is { Count: 1 } found
            ? found.First().GetSelectors().Select(selector => new Candidate($"{reference}#{(isUri ? Uri.EscapeDataString(selector) : selector)}", selector))
            : [];
    }

    // With the folder where that means this item and no other.
    private static Candidate Reference(UnlockedVault vault, VaultItem item)
    {
        bool inFolder = item.Folder is not null && item.Name is not null && vault.FindAll($"{item.Folder}/{item.Name}").Count == 1;
        IEnumerable<string> segments = inFolder ? [.. item.Folder!.Split('/'), item.Name!] : [item.UniqueName];
        string text = Scheme + string.Join('/', segments.Select(Uri.EscapeDataString));
        return new Candidate(text, ItemNameCompleter.Describe(item), Scheme + Uri.EscapeDataString(item.UniqueName));
    }
}
