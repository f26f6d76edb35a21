using System.Management.Automation;
using Bitwarden.Core.Api;
using Bitwarden.Core.Sessions;
using Bitwarden.PowerShell.Binding;
using Bitwarden.PowerShell.Commands.Base;
using Bitwarden.PowerShell.Formatting;

namespace Bitwarden.PowerShell.Commands;

/// <summary>Makes a locked session of a copy that Save-BwVault wrote. It only reads, and never talks to the server.</summary>
[Cmdlet(VerbsCommon.Open, "BwVault")]
[OutputType(typeof(BitwardenSession))]
public sealed class OpenBwVaultCommand : BwCmdlet
{
    /// <summary>The copy.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [NotBlank]
    public string Path { get; set; } = null!;

    /// <summary>The oldest that the copy may be.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(NothingCompleter))]
    [Duration]
    public TimeSpan? MaxAge { get; set; }

    /// <summary>How long after its last use the vault locks by itself, in minutes or as a time span; zero for never.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(NothingCompleter))]
    [IdleTimeout]
    public TimeSpan? IdleTimeout { get; set; }

    /// <summary>Keeps the session out of SecretManagement's reach.</summary>
    [Parameter]
    public SwitchParameter Private { get; set; }

    /// <inheritdoc/>
    protected override void Process()
    {
        string path = LocalPath.Resolve(this, Path);
        SessionOptions options = NewSessionCmdlet.Options(IdleTimeout, Private, !InteractiveHost.IsAttended);
        BitwardenSession session = Await(_ => Task.FromResult(
            VaultCopy.Open(path, new VaultCopyLimits { MaxAge = MaxAge }, new ConnectionOptions(), options)));
        WriteWarning(
            $"This is a copy of the vault of {session.Account.Shown()}, {Views.Age(session.CopyAge)}. "
            + "What was changed since is not in it, and it can only be read.");
        CurrentSession.Start(this, session);
        WriteObject(session);
    }
}
