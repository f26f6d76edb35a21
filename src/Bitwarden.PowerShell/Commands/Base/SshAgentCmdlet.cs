using System.Management.Automation;
using System.Security;
using Bitwarden.Core.Crypto;
using Bitwarden.Core.Errors;
using Bitwarden.Core.Sessions;
using Bitwarden.Core.Ssh;
using Bitwarden.Core.Vault;
using Bitwarden.PowerShell.Binding;
using Bitwarden.PowerShell.Errors;

namespace Bitwarden.PowerShell.Commands.Base;

/// <summary>A cmdlet that asks the running SSH agent for something with the keys of items.</summary>
public abstract class SshAgentCmdlet : SessionCmdlet
{
    private protected const string NameSet = "Name";
    private protected const string ItemSet = "Item";
    private protected const string SessionSet = "Session";
    private const string Selector = "privateKey";

    /// <summary>Name or reference.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ParameterSetName = NameSet)]
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = SessionSet)]
    [ItemName(IsList = true)]
    [ArgumentCompleter(typeof(SshKeyNameCompleter))]
    [NotBlank]
    public string[]? Name { get; set; }

    /// <summary>An item of Get-BwItem.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = ItemSet)]
    [ArgumentCompleter(typeof(NothingCompleter))]
    [ValidateNotNull]
    public VaultItem? Item { get; set; }

    /// <summary>The passphrase of a key that is encrypted in the item too.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(NothingCompleter))]
    [SecureInput]
    [ValidateNotNull]
    public SecureString? KeyPassphrase { get; set; }

    /// <summary>The session to use instead of the current one. From the pipeline only where names or items do not come from there.</summary>
    [Parameter(ParameterSetName = NameSet)]
    [Parameter(ParameterSetName = ItemSet)]
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = SessionSet)]
    [SessionTransformation]
    [ArgumentCompleter(typeof(SessionCompleter))]
    [ValidateNotNull]
    public override BitwardenSession? Session { get; set; }

    /// <summary>Does it with one item, which is an SSH key.</summary>
    private protected abstract void Apply(BitwardenSession session, VaultItem item);

    /// <summary>Asks the agent that the environment names.</summary>
    private protected void Ask(Func<SshAgent, CancellationToken, Task> request)
    {
        string? address = EnvironmentCredentials.Read(EnvironmentCredentials.SshAgentVariable) ?? (OperatingSystem.IsWindows() ? SshAgent.WindowsPipe : null);
        SshAgent agent = new(address ?? throw SshAgentException.Unknown());
        Await(token => request(agent, token));
    }

    /// <summary>The key of an item, which the caller disposes.</summary>
    private protected SshKey ReadKey(BitwardenSession session, VaultItem item)
    {
        using DecryptedSecret text = AwaitHere(token => session.ReadSecretAsync(ResolvedReference.To(item, Selector), token));
        using SecretBytes? passphrase = KeyPassphrase is null ? null : SecretBytes.FromSecureString(KeyPassphrase);
        return Await(token => Task.FromResult(SshKey.Parse(text.Value, passphrase, token)));
    }

    /// <inheritdoc/>
    protected override void Process()
    {
        BitwardenSession session = RequireSession();
        if (Item is not null)
        {
            ForOne(Item.UniqueName, () => Apply(session, ResolvedReference.To(Item, null)));
            return;
        }

        foreach (string name in Name!)
        {
            ForOne(name, () => Apply(session, ResolvedReference.Resolve(session.GetVault(), name)));
        }
    }

    private void Apply(BitwardenSession session, ResolvedReference reference)
    {
        bool isKey = reference.Item.Type == ItemType.SshKey
            && (reference.Selector is null || string.Equals(reference.Selector, Selector, StringComparison.OrdinalIgnoreCase));
        Apply(session, isKey ? reference.Item : throw InputErrors.NoSshKey(reference));
    }
}
