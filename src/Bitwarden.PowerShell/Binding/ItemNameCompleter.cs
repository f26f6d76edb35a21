using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using Bitwarden.Core.Sessions;
using Bitwarden.Core.Vault;

namespace Bitwarden.PowerShell.Binding;

/// <summary>Completes item names from the unlocked index; nothing when the vault is locked. Never asks the network, never prompts.</summary>
internal sealed class ItemNameCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        UnlockedVaultOf(fakeBoundParameters) is UnlockedVault vault
            ? Completion.Of(NamesOf(vault), wordToComplete)
            : [];

    /// <summary>Unique names; each is found by the plain name too, which several items may share.</summary>
    internal static IEnumerable<Candidate> NamesOf(UnlockedVault vault) => NamesOf(vault.Items);

    internal static IEnumerable<Candidate> NamesOf(IEnumerable<VaultItem> items) =>
        items.Select(item => new Candidate(item.UniqueName, Describe(item), item.Name));

    internal static string Describe(VaultItem item) => $"{item.Type} {item.Folder}".TrimEnd();

    internal static UnlockedVault? UnlockedVaultOf(IDictionary boundParameters)
    {
        object? given = boundParameters["Session"] is PSObject wrapped ? wrapped.BaseObject : boundParameters["Session"];
        BitwardenSession? session = given as BitwardenSession ?? CurrentSession.GetForCompletion();
        return session?.State == BitwardenSessionState.Unlocked ? session.PeekVault() : null;
    }
}
