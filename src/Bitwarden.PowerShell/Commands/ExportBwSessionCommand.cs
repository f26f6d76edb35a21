using System.Management.Automation;
using System.Security;
using Bitwarden.Core.Crypto;
using Bitwarden.Core.Sessions;
using Bitwarden.PowerShell.Commands.Base;

namespace Bitwarden.PowerShell.Commands;

/// <summary>Writes a session as one secret text, for another process such as the next step of a pipeline. Whoever has the text has the session.</summary>
[Cmdlet(VerbsData.Export, "BwSession")]
[OutputType(typeof(SecureString), typeof(string))]
public sealed class ExportBwSessionCommand : SessionCmdlet
{
    /// <summary>Leaves the user key out: the other process finds the vault locked.</summary>
    [Parameter]
    public SwitchParameter Locked { get; set; }

    /// <summary>Writes text instead of a SecureString.</summary>
    [Parameter]
    public SwitchParameter AsPlainText { get; set; }

    /// <inheritdoc/>
    protected override void Process()
    {
        BitwardenSession session = RequireSession();
        using SecretBytes exported = Await(token => session.ExportAsync(withUserKey: !Locked, token));
        WriteObject(AsPlainText ? exported.RevealText() : exported.ToSecureString());
    }
}
