using System.Management.Automation;
using Bitwarden.Core.Sessions;
using Bitwarden.PowerShell.Binding;

namespace Bitwarden.PowerShell.Commands.Base;

/// <summary>A cmdlet that does something to one session or to all that this runspace connected.</summary>
public abstract class SessionSetCmdlet : BwCmdlet
{
    /// <summary>The session to use instead of the current one.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ParameterSetName = "Session")]
    [SessionTransformation]
    [ArgumentCompleter(typeof(SessionCompleter))]
    [ValidateNotNull]
    public BitwardenSession? Session { get; set; }

    /// <summary>All sessions that this runspace connected.</summary>
    [Parameter(Mandatory = true, ParameterSetName = "All")]
    public SwitchParameter All { get; set; }

    private protected abstract void Apply(BitwardenSession session);

    /// <inheritdoc/>
    protected override void Process()
    {
        // Nothing connected is what the user wants here, so it is no error.
        BitwardenSession? single = Session ?? CurrentSession.Get(this);
        IReadOnlyList<BitwardenSession> targets = All ? CurrentSession.Owned() : single is null ? [] : [single];
        foreach (BitwardenSession session in targets)
        {
            Apply(session);
        }
    }
}
