using System.Management.Automation;
using Bitwarden.Core.Sessions;
using Bitwarden.PowerShell.Binding;

namespace Bitwarden.PowerShell.Commands.Base;

/// <summary>A cmdlet that makes a session: how the session behaves, and that it becomes the runspace's current one.</summary>
public abstract class NewSessionCmdlet : NetworkCmdlet
{
    private static readonly TimeSpan s_interactiveIdleTimeout = TimeSpan.FromMinutes(15);

    /// <summary>How long after its last use the vault locks by itself, in minutes or as a time span; zero for never.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(NothingCompleter))]
    [IdleTimeout]
    public TimeSpan? IdleTimeout { get; set; }

    /// <summary>Keeps the session out of SecretManagement's reach.</summary>
    [Parameter]
    public SwitchParameter Private { get; set; }

    /// <summary>Never asks: what is missing is an error.</summary>
    [Parameter]
    public SwitchParameter NonInteractive { get; set; }

    private protected InteractiveHost Prompt => new(Host, NonInteractive);

    /// <inheritdoc/>
    private protected override bool IsWatched => !NonInteractive && base.IsWatched;

    private protected SessionOptions Options()
    {
        TimeSpan standard = NonInteractive || !InteractiveHost.IsAttended ? Timeout.InfiniteTimeSpan : s_interactiveIdleTimeout;
        TimeSpan idle = IdleTimeout ?? standard;
        return new SessionOptions { IsPrivate = Private, IdleTimeout = idle <= TimeSpan.Zero ? Timeout.InfiniteTimeSpan : idle };
    }

    /// <summary>
    /// Makes a session current. One of the same account that was connected here before, for example with a key that was rotated since, is disconnected.
    /// </summary>
    private protected void MakeCurrent(BitwardenSession session)
    {
        BitwardenSession? old = CurrentSession.Get(this);
        SessionStore.Add(session);
        CurrentSession.Set(this, session, connectedHere: true);
        if (old is not null && CurrentSession.Owned().Contains(old) && old.Account == session.Account && old.Server == session.Server)
        {
            old.Dispose();
        }

        WriteObject(session);
    }
}
