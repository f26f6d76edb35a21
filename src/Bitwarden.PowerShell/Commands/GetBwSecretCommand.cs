using System.Management.Automation;
using System.Security;
using Bitwarden.Core.Errors;
using Bitwarden.Core.Sessions;
using Bitwarden.Core.Vault;
using Bitwarden.PowerShell.Binding;
using Bitwarden.PowerShell.Commands.Base;
using Bitwarden.PowerShell.Errors;

namespace Bitwarden.PowerShell.Commands;

/// <summary>Gets one value of an item: as a SecureString, as a credential, or as text when that is asked for.</summary>
[Cmdlet(VerbsCommon.Get, "BwSecret", DefaultParameterSetName = NameSet)]
[OutputType(typeof(SecureString), typeof(string), typeof(PSCredential), typeof(byte[]))]
public sealed class GetBwSecretCommand : RepromptCmdlet, IMaskParameters
{
    private const string NameSet = "Name";
    private const string ItemSet = "Item";
    private const string NameCredentialSet = "NameCredential";
    private const string ItemCredentialSet = "ItemCredential";
    private const string SessionSet = "Session";
    private const string SessionCredentialSet = "SessionCredential";
    /// <summary>Name or reference, with an optional selector: Folder/name#username.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ParameterSetName = NameSet)]
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ParameterSetName = NameCredentialSet)]
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = SessionSet)]
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = SessionCredentialSet)]
    [ItemName(IsList = true)]
    [ArgumentCompleter(typeof(SecretNameCompleter))]
    [NotBlank]
    public string[]? Name { get; set; }

    /// <summary>An item of Get-BwItem.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = ItemSet)]
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = ItemCredentialSet)]
    [ArgumentCompleter(typeof(NothingCompleter))]
    [ValidateNotNull]
    public VaultItem? Item { get; set; }

    /// <summary>What of the item, without the number sign: username, totp, field:Name and so on.</summary>
    [Parameter(ParameterSetName = ItemSet)]
    [ArgumentCompleter(typeof(SelectorCompleter))]
    [Parameter(ParameterSetName = ItemCredentialSet)]
    [NotBlank]
    public string? Selector { get; set; }

    /// <summary>Writes text instead of a SecureString.</summary>
    [Parameter(ParameterSetName = NameSet)]
    [Parameter(ParameterSetName = ItemSet)]
    [Parameter(ParameterSetName = SessionSet)]
    public SwitchParameter AsPlainText { get; set; }

    /// <summary>Writes a credential with the item's user name; only for a login's password.</summary>
    [Parameter(Mandatory = true, ParameterSetName = NameCredentialSet)]
    [Parameter(Mandatory = true, ParameterSetName = ItemCredentialSet)]
    [Parameter(Mandatory = true, ParameterSetName = SessionCredentialSet)]
    public SwitchParameter AsCredential { get; set; }

    /// <summary>
    /// The session to use instead of the current one. Not from the pipeline where names or items come from there: each would be tried as a session too,
    /// and the failure costs more than the secret.
    /// </summary>
    [Parameter(ParameterSetName = NameSet)]
    [Parameter(ParameterSetName = NameCredentialSet)]
    [Parameter(ParameterSetName = ItemSet)]
    [Parameter(ParameterSetName = ItemCredentialSet)]
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = SessionSet)]
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = SessionCredentialSet)]
    [SessionTransformation]
    [ArgumentCompleter(typeof(SessionCompleter))]
    [ValidateNotNull]
    public override BitwardenSession? Session { get; set; }

    /// <summary>Hides the value in the build agent's log, also when it is no text; without that it is not given out.</summary>
    [Parameter]
    public SwitchParameter Mask { get; set; }

    /// <summary>Tells the build agent nothing: what this process prints is not its log.</summary>
    [Parameter]
    public SwitchParameter NoMask { get; set; }

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
            if (AsCredential && !reference.IsPassword)
            {
                throw InputErrors.NotAPassword(reference.Item, reference.Selector);
            }

            Gate(this).Ensure(session, reference, Host);
            Task<DecryptedSecret> Read(CancellationToken token) => session.ReadSecretAsync(reference, token);
            using DecryptedSecret secret = reference.IsFile ? Await(Read) : AwaitHere(Read);
            HideInLog(name, reference, secret);
            WriteObject(SecretOutput.From(secret, reference.Item, Form), enumerateCollection: false);
        }
        catch (BitwardenException e) when (e is ItemLookupException or ItemUnreadableException or InvalidInputException or ServerException)
        {
            WriteFailure(e, name);
        }
    }

    private void HideInLog(string name, ResolvedReference reference, DecryptedSecret secret)
    {
        if (secret.IsFile)
        {
            LogMask.RefuseFile();
        }
        else
        {
            LogMask.Register(name, secret.Value, AsPlainText && !reference.IsListed);
        }
    }
}
