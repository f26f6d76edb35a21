using System.Management.Automation;
using System.Security;
using Bitwarden.Core.Errors;
using Bitwarden.Core.Sessions;
using Bitwarden.Core.Vault;
using Bitwarden.PowerShell.Binding;
using Bitwarden.PowerShell.Commands.Base;
using Bitwarden.PowerShell.Desktop;
using Bitwarden.PowerShell.Errors;
using Bitwarden.PowerShell.Formatting;

namespace Bitwarden.PowerShell.Commands;

/// <summary>Puts one value of an item on the clipboard, and takes it away again after a time.</summary>
[Cmdlet(VerbsCommon.Copy, "BwSecret", DefaultParameterSetName = NameSet, SupportsShouldProcess = true)]
public sealed class CopyBwSecretCommand : RepromptCmdlet
{
    private const string NameSet = "Name";
    private const string ItemSet = "Item";
    private const int UsualSeconds = 30;
    /// <summary>Name or reference, with an optional selector: Folder/name#username.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ParameterSetName = NameSet)]
    [ItemName]
    [ArgumentCompleter(typeof(SecretNameCompleter))]
    [NotBlank]
    public string? Name { get; set; }

    /// <summary>An item of Get-BwItem.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = ItemSet)]
    [ArgumentCompleter(typeof(NothingCompleter))]
    [ValidateNotNull]
    public VaultItem? Item { get; set; }

    /// <summary>What of the item, without the number sign: username, totp, field:Name and so on.</summary>
    [Parameter(ParameterSetName = ItemSet)]
    [ArgumentCompleter(typeof(SelectorCompleter))]
    [NotBlank]
    public string? Selector { get; set; }

    /// <summary>After how many seconds the value is taken away if it is still there; 0 for never.</summary>
    [Parameter]
    [ClearAfter]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public int ClearAfter { get; set; } = UsualSeconds;

    /// <inheritdoc/>
    protected override void Process()
    {
        BitwardenSession session = RequireSession();
        UnlockedVault vault = session.GetVault();
        string name = Item?.UniqueName ?? Name!;
        try
        {
            ResolvedReference reference = Item is null ? ResolvedReference.Resolve(vault, name) : ResolvedReference.To(Item, Selector);
            Copy(session, reference);
        }
        catch (BitwardenException e) when (e is ItemLookupException or ItemUnreadableException or InvalidInputException)
        {
            WriteFailure(e, name);
        }
    }

    private void Copy(BitwardenSession session, ResolvedReference reference)
    {
        string what = $"{reference.Selector ?? ItemTypes.Of(reference.Item.Type).DefaultSelector} of '{reference.Item.UniqueName}'".Shown();
        if (reference.IsFile)
        {
            throw InputErrors.FileNotCopyable(reference.Item);
        }

        if (!ShouldProcess("Clipboard", $"Copy {what}"))
        {
            return;
        }

        Gate(this).Ensure(session, reference, Host);
        using DecryptedSecret secret = AwaitHere(token => session.ReadSecretAsync(reference, token));
        ClipboardSecrets.Put(secret.Value, session, ClearAfter == 0 ? null : TimeSpan.FromSeconds(ClearAfter));
        WriteVerbose(ClearAfter == 0 ? $"Copied: {what}. It stays until something else is copied." : $"Copied: {what}. Cleared after {ClearAfter} seconds.");
    }
}
