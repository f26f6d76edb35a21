using System.Management.Automation;
using Bitwarden.Core.Sessions;
using Bitwarden.PowerShell.Binding;
using Bitwarden.PowerShell.Commands.Base;

namespace Bitwarden.PowerShell.Commands;

/// <summary>Makes a session the current one of this runspace.</summary>
[Cmdlet(VerbsCommon.Select, "BwSession", SupportsShouldProcess = true)]
[OutputType(typeof(BitwardenSession))]
public sealed class SelectBwSessionCommand : BwCmdlet
{
    /// <summary>The session: an object of Get-BwSession, or the e-mail or client id of its account.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [SessionTransformation]
    [ArgumentCompleter(typeof(SessionCompleter))]
    [ValidateNotNull]
    public BitwardenSession? Session { get; set; }

    /// <summary>Writes the session.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void Process()
    {
        if (Session!.State == BitwardenSessionState.Disconnected)
        {
            Session.EnsureNotEnded();
        }

        if (!ShouldProcess(Session.ToString(), "Make current"))
        {
            return;
        }

        CurrentSession.Set(this, Session, connectedHere: false);
        if (PassThru)
        {
            WriteObject(Session);
        }
    }
}
