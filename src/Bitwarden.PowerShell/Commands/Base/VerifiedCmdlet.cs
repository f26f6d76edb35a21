using System.Management.Automation;
using System.Security;
using Bitwarden.Core.Crypto;
using Bitwarden.Core.Errors;
using Bitwarden.Core.Sessions;
using Bitwarden.PowerShell.Binding;

namespace Bitwarden.PowerShell.Commands.Base;

/// <summary>A cmdlet for which the server wants the master password again. The session does not keep it, so that it is given anew.</summary>
public abstract class VerifiedCmdlet : SessionCmdlet
{
    /// <summary>The master password.</summary>
    [Parameter(Position = 0)]
    [ArgumentCompleter(typeof(NothingCompleter))]
    [SecureInput(AllowsEmpty = true)]
    [ValidateNotNull]
    public SecureString? MasterPassword { get; set; }

    /// <summary>Accepts a key derivation that is weaker than the account's was before.</summary>
    [Parameter]
    public SwitchParameter AllowWeakerKdf { get; set; }

    /// <summary>Never asks: a missing password is an error.</summary>
    [Parameter]
    public SwitchParameter NonInteractive { get; set; }

    /// <inheritdoc/>
    private protected override bool IsWatched => !NonInteractive && base.IsWatched;

    /// <summary>The session, if it has not ended: nobody should be asked for a password that cannot be used.</summary>
    private protected BitwardenSession RequireConnected()
    {
        BitwardenSession session = RequireSession();
        session.EnsureNotEnded();
        return session;
    }

    private protected UnlockOptions Use => new() { AllowWeakerKdf = AllowWeakerKdf };

    private protected T AwaitVerified<T>(BitwardenSession session, Func<SecretBytes, CancellationToken, Task<T>> work)
    {
        if (!session.HasMasterPassword)
        {
            throw AuthenticationFailedException.NoMasterPassword(session.Account);
        }

        return new InteractiveHost(Host, NonInteractive)
            .WithMasterPassword(MasterPassword, session.Account, password => Await(token => work(password, token)));
    }
}
