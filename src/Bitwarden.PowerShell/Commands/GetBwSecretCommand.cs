using System.Management.Automation;
using System.Security;
using Bitwarden.Core.Errors;
using Bitwarden.Core.Sessions;
using Bitwarden.Core.Vault;
using Bitwarden.PowerShell.Binding;
using Bitwarden.PowerShell.Commands.Base;

namespace Bitwarden.PowerShell.Commands;

/// <summary>Gets one value of an item: as a SecureString, as a credential, or as text when that is asked for.</summary>
[Cmdlet(VerbsCommon.Get, "BwSecret", DefaultParameterSetName = NameSet)]
[OutputType(typeof(SecureString), typeof(string), typeof(PSCredential), typeof(byte[]))]
public sealed class GetBwSecretCommand : SessionCmdlet
{
    private const string NameSet = "Name";
    private const string ItemSet = "Item";

    /// <summary>Name or reference, with an optional selector: Folder/name#username.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ParameterSetName = NameSet)]
    [ArgumentCompleter(typeof(SecretNameCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? Name { get; set; }

    /// <summary>An item of Get-BwItem.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = ItemSet)]
    [ArgumentCompleter(typeof(NothingCompleter))]
    [ValidateNotNull]
    public VaultItem? Item { get; set; }

    /// <summary>What of the item, without the number sign: username, totp, field:Name and so on.</summary>
    [Parameter(ParameterSetName = ItemSet)]
    [ArgumentCompleter(typeof(SelectorCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Selector { get; set; }

    /// <summary>Writes text instead of a SecureString.</summary>
    [Parameter]
    public SwitchParameter AsPlainText { get; set; }

    /// <summary>Writes a credential with the item's user name.</summary>
    [Parameter]
    public SwitchParameter AsCredential { get; set; }

    private SecretForm Form => AsCredential ? SecretForm.Credential : AsPlainText ? SecretForm.PlainText : SecretForm.SecureString;

    /// <inheritdoc/>
    protected override void Process()
    {
        BitwardenSession session = RequireSession();
        if (Item is not null)
        {
            WriteSecret(session, Item.UniqueName, _ => ResolvedReference.To(Item, Selector));
            return;
        }

        foreach (string name in Name!)
        {
            WriteSecret(session, name, vault => ResolvedReference.Resolve(vault, name));
        }
    }

    private void WriteSecret(BitwardenSession session, string name, Func<UnlockedVault, ResolvedReference> resolve)
    {
        UnlockedVault vault = session.GetVault();
        try
        {
            ResolvedReference reference = resolve(vault);
            using DecryptedSecret secret = AwaitHere(token => session.ReadSecretAsync(reference, token));
            WriteObject(SecretOutput.From(secret, reference.Item, Form), enumerateCollection: false);
        }
        catch (BitwardenException e) when (e is ItemLookupException or ItemUnreadableException or InvalidInputException or ServerException)
        {
            WriteFailure(e, name);
        }
    }
}
