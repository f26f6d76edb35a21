using System.Management.Automation;
using System.Security;
using Bitwarden.Core.Errors;
using Bitwarden.Core.Generators;
using Bitwarden.Core.Sessions;
using Bitwarden.Core.Vault;
using Bitwarden.PowerShell.Binding;
using Bitwarden.PowerShell.Commands.Base;

namespace Bitwarden.PowerShell.Commands;

/// <summary>Gets the one-time code of an item, and how long it counts.</summary>
[Cmdlet(VerbsCommon.Get, "BwTotp", DefaultParameterSetName = NameSet)]
[OutputType(typeof(TotpCode))]
public sealed class GetBwTotpCommand : RepromptCmdlet, IMaskParameters
{
    private const string NameSet = "Name";
    private const string ItemSet = "Item";
    private const string SessionSet = "Session";
    private DateTimeOffset? _started;
    /// <summary>Name or reference.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ParameterSetName = NameSet)]
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = SessionSet)]
    [ItemName(IsList = true)]
    [ArgumentCompleter(typeof(ItemNameCompleter))]
    [NotBlank]
    public string[]? Name { get; set; }

    /// <summary>An item of Get-BwItem.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = ItemSet)]
    [ArgumentCompleter(typeof(NothingCompleter))]
    [ValidateNotNull]
    public VaultItem? Item { get; set; }

    /// <summary>Gives the code as text instead of a SecureString.</summary>
    [Parameter]
    public SwitchParameter AsPlainText { get; set; }

    /// <summary>Waits for the code after the current one, which then counts for its whole period.</summary>
    [Parameter]
    public SwitchParameter WaitForNext { get; set; }

    /// <summary>The session to use instead of the current one. From the pipeline only where names or items do not come from there.</summary>
    [Parameter(ParameterSetName = NameSet)]
    [Parameter(ParameterSetName = ItemSet)]
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = SessionSet)]
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

    /// <inheritdoc/>
    protected override void Process()
    {
        BitwardenSession session = RequireSession();
        if (Item is not null)
        {
            WriteCode(session, Item.UniqueName, _ => ResolvedReference.To(Item, null));
            return;
        }

        foreach (string name in Name!)
        {
            WriteCode(session, name, vault => ResolvedReference.Resolve(vault, name));
        }
    }

    private void WriteCode(BitwardenSession session, string name, Func<UnlockedVault, ResolvedReference> resolve)
    {
        UnlockedVault vault = session.GetVault();
        try
        {
            ResolvedReference reference = resolve(vault);
            Gate(this).Ensure(session, reference, Host);
            using OneTimeCode code = WaitForNext ? Await(token => Next(reference, token)) : ItemCode.Compute(reference, DateTimeOffset.UtcNow);
            LogMask.Register(name, code.Value, AsPlainText);
            WriteObject(new TotpCode(reference.Item, code, AsPlainText));
        }
        catch (BitwardenException e) when (e is ItemLookupException or ItemUnreadableException or InvalidInputException)
        {
            WriteFailure(e, name);
        }
    }

    // Counted from the first item, so that several wait together.
    private Task<OneTimeCode> Next(ResolvedReference reference, CancellationToken token) =>
        ItemCode.WaitForNextAsync(reference, _started ??= DateTimeOffset.UtcNow, TimeProvider.System, token);
}
