using System.Management.Automation;
using Bitwarden.Core.Errors;
using Bitwarden.Core.Sessions;
using Bitwarden.PowerShell.Binding;

namespace Bitwarden.PowerShell.Commands.Base;

/// <summary>A cmdlet that works on a session: the one given, or the runspace's current one.</summary>
public abstract class SessionCmdlet : BwCmdlet
{
    /// <summary>The session to use instead of the current one.</summary>
    [Parameter]
    [SessionTransformation]
    [ArgumentCompleter(typeof(SessionCompleter))]
    [ValidateNotNull]
    public BitwardenSession? Session { get; set; }

    private protected BitwardenSession RequireSession() => TargetSession()
        ?? throw new SessionException(ErrorCodes.NotConnected, "This runspace has no current session.");

    private protected BitwardenSession? TargetSession() => Session ?? CurrentSession.Get(this);
}
