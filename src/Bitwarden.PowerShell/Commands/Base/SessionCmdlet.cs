using System.Management.Automation;
using Bitwarden.Core.Crypto;
using Bitwarden.Core.Errors;
using Bitwarden.Core.Sessions;
using Bitwarden.PowerShell.Binding;

namespace Bitwarden.PowerShell.Commands.Base;

/// <summary>A cmdlet that works on a session: the one given, or the runspace's current one.</summary>
public abstract class SessionCmdlet : BwCmdlet
{
    private readonly HashSet<string> _given = new(StringComparer.OrdinalIgnoreCase);
    private BitwardenSession? _givenSession;
    private RepromptGate? _gate;

    /// <summary>The session to use instead of the current one.</summary>
    [Parameter(ValueFromPipeline = true)]
    [SessionTransformation]
    [ArgumentCompleter(typeof(SessionCompleter))]
    [ValidateNotNull]
    public virtual BitwardenSession? Session { get; set; }

    private protected BitwardenSession RequireSession() => TargetSession()
        ?? throw new SessionException(ErrorCodes.NotConnected, "This runspace has no current session.");

    private protected BitwardenSession? TargetSession() => (HasOtherInput() ? _givenSession : Session) ?? CurrentSession.Get(this);

    /// <summary>Asks for the master password where an item wants it again: once for a session in one run of the cmdlet.</summary>
    private protected RepromptGate Gate(IRepromptParameters given) => _gate ??= new RepromptGate(given, IsRight);

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        _givenSession = Session;
        _given.UnionWith(MyInvocation.BoundParameters.Keys);
    }

    // An item can have the name of a session: what came down the pipeline as something else is not a session too.
    private bool HasOtherInput() =>
        MyInvocation.BoundParameters.Keys.Any(name => name != nameof(Session) && !_given.Contains(name));

    private bool IsRight(BitwardenSession session, SecretBytes password) => Await(token => session.VerifyMasterPasswordAsync(password, token));
}
