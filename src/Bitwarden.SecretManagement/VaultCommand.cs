using System.Collections;
using System.Management.Automation;
using Bitwarden.Core.Errors;
using Bitwarden.Core.Sessions;
using Bitwarden.Core.Vault;
using Bitwarden.PowerShell.Commands.Base;
using Bitwarden.PowerShell.Errors;

namespace Bitwarden.SecretManagement;

/// <summary>
/// What all vault commands share: the parameters that SecretManagement binds, the session of the registration, one deadline, and nothing on the
/// host: no prompt, no progress. Failures take the form that the command says; see <see cref="Fail"/>.
/// </summary>
public abstract class VaultCommand : BwCmdlet
{
    /// <summary>Nothing else ends a call from SecretManagement: Ctrl+C does not reach us there.</summary>
    private static readonly TimeSpan s_deadline = TimeSpan.FromSeconds(10);

    private readonly TimeSpan _limit;

    /// <summary>A command that ends within the deadline of reads.</summary>
    private protected VaultCommand()
        : this(s_deadline)
    {
    }

    private protected VaultCommand(TimeSpan limit)
        : base(limit)
    {
        _limit = limit;
    }

    /// <summary>The registered vault's name.</summary>
    [Parameter]
    public string VaultName { get; set; } = string.Empty;

    /// <summary>The registration's VaultParameters.</summary>
    [Parameter]
    public Hashtable AdditionalParameters { get; set; } = [];

    /// <inheritdoc/>
    private protected override bool IsWatched => false;

    /// <summary>The command's work.</summary>
    private protected abstract void Process(VaultParameters parameters);

    /// <summary>How a failure leaves the command; an error record that ends it, unless SecretManagement needs another form.</summary>
    private protected override void Fail(BitwardenException failure) => ThrowTerminatingError(ErrorRecords.From(Explained(failure), VaultName));

    /// <summary>The failure, with what to do about it in the words of this vault.</summary>
    private protected BitwardenException Explained(BitwardenException failure)
    {
        failure.Hint ??= VaultErrors.HintFor(failure, VaultName);
        return failure;
    }

    /// <summary>
    /// A cancelled call is a failure, whether the deadline or a stop ended it: after a call that ends without one, SecretManagement takes the
    /// name for absent.
    /// </summary>
    protected sealed override void Process()
    {
        try
        {
            Process(VaultParameters.Read(AdditionalParameters));
        }
        catch (OperationCanceledException)
        {
            throw VaultErrors.TooSlow(VaultName, _limit);
        }
    }

    /// <summary>The session of the registration. One that may sign in by itself does so, where the caller can wait for that.</summary>
    private protected BitwardenSession SessionOf(VaultParameters parameters, bool maySignIn = true) => maySignIn && parameters.SignIn is not null
        ? Await(token => new EnvironmentSignIn(parameters).GetAsync(token))
        : SessionStore.FindForVault(parameters.Account, parameters.Server);

    /// <summary>
    /// The part of the vault that the registration is confined to. What it does not contain is not there for the caller; where it has ids, new items belong.
    /// </summary>
    private protected static VaultScope ScopeOf(UnlockedVault vault, VaultParameters parameters) =>
        VaultScope.Of(vault, parameters.Organization, parameters.Collection, parameters.Folder);

    /// <summary>Fails where the registration says that nothing may be written. For the beginning of every command that writes.</summary>
    /// <exception cref="InvalidInputException">VaultReadOnly.</exception>
    private protected void EnsureWritable(VaultParameters parameters)
    {
        if (parameters.ReadOnly)
        {
            throw VaultErrors.Protected(VaultName);
        }
    }
}
