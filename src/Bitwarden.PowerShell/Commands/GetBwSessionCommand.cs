using System.Management.Automation;
using Bitwarden.Core.Sessions;
using Bitwarden.PowerShell.Binding;
using Bitwarden.PowerShell.Commands.Base;

namespace Bitwarden.PowerShell.Commands;

/// <summary>Gets the sessions of this runspace.</summary>
[Cmdlet(VerbsCommon.Get, "BwSession", DefaultParameterSetName = "Own")]
[OutputType(typeof(BitwardenSession))]
public sealed class GetBwSessionCommand : BwCmdlet
{
    /// <summary>Only the current one.</summary>
    [Parameter(Mandatory = true, ParameterSetName = "Current")]
    public SwitchParameter Current { get; set; }

    /// <summary>Those of other runspaces of the process too, unless they are private.</summary>
    [Parameter(Mandatory = true, ParameterSetName = "All")]
    public SwitchParameter All { get; set; }

    /// <inheritdoc/>
    protected override void Process()
    {
        BitwardenSession[] current = CurrentSession.Get(this) is BitwardenSession session ? [session] : [];
        IEnumerable<BitwardenSession> sessions = Current ? current : All ? SessionCompleter.Visible() : CurrentSession.Owned().Union(current);
        WriteObject(sessions, enumerateCollection: true);
    }
}
