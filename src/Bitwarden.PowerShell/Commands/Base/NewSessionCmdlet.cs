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

    private protected SessionOptions Options() => Options(IdleTimeout, Private, NonInteractive || !InteractiveHost.IsAttended);

    /// <summary>How a new session behaves.</summary>
    /// <param name="idleTimeout">What was asked for; null for nothing.</param>
    /// <param name="isPrivate">Whether SecretManagement may not use it.</param>
    /// <param name="isUnattended">Whether nobody is there, so that by default it does not lock by itself.</param>
    internal static SessionOptions Options(TimeSpan? idleTimeout, bool isPrivate, bool isUnattended)
    {
        TimeSpan idle = idleTimeout ?? (isUnattended ? Timeout.InfiniteTimeSpan : s_interactiveIdleTimeout);
        return new SessionOptions { IsPrivate = isPrivate, IdleTimeout = idle <= TimeSpan.Zero ? Timeout.InfiniteTimeSpan : idle };
    }

    /// <summary>Makes a session current, as <see cref="CurrentSession.Start"/> says, and writes it.</summary>
    private protected void MakeCurrent(BitwardenSession session)
    {
        CurrentSession.Start(this, session);
        WriteObject(session);
    }
}
