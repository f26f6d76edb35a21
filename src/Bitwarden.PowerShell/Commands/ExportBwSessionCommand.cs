using System.Management.Automation;
using System.Security;
using Bitwarden.Core.Crypto;
using Bitwarden.Core.Sessions;
using Bitwarden.PowerShell.Commands.Base;

namespace Bitwarden.PowerShell.Commands;

/// <summary>Writes a session as one secret text, for another process such as the next step of a pipeline. Whoever has the text has the session.</summary>
[Cmdlet(VerbsData.Export, "BwSession")]
[OutputType(typeof(SecureString), typeof(string))]
public sealed class ExportBwSessionCommand : SessionCmdlet, IMaskParameters
{
    /// <summary>Leaves the user key out: the other process finds the vault locked.</summary>
    [Parameter]
    public SwitchParameter Locked { get; set; }

    /// <summary>Writes text instead of a SecureString.</summary>
    [Parameter]
    public SwitchParameter AsPlainText { get; set; }

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
        using SecretBytes exported = Await(token => session.ExportAsync(withUserKey: !Locked, token));
        LogMask.Register("exported session", exported, AsPlainText);
        WriteObject(AsPlainText ? exported.RevealText() : exported.ToSecureString());
    }
}
