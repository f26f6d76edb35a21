using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using Bitwarden.Core.Errors;
using Bitwarden.Core.Vault;

namespace Bitwarden.PowerShell.Binding;

/// <summary>Completes the names of the files of the item that was named before.</summary>
internal sealed class AttachmentNameCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        object? given = fakeBoundParameters["Item"] is PSObject wrapped ? wrapped.BaseObject : fakeBoundParameters["Item"];
        UnlockedVault? vault = ItemNameCompleter.UnlockedVaultOf(fakeBoundParameters);
        return vault is null ? [] : Completion.OfNames(FilesOf(vault, given), wordToComplete);
    }

    private static IEnumerable<string> FilesOf(UnlockedVault vault, object? given)
    {
        try
        {
            VaultItem? item = given as VaultItem ?? (given is string name ? vault.Find(name) : null);
            return item?.Attachments.Select(file => file.FileName) ?? [];
        }
        catch (ItemLookupException)
        {
            return [];
        }
    }
}
