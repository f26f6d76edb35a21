using System.Collections;
using System.Management.Automation;
using Bitwarden.Core.Errors;
using Bitwarden.Core.Sessions;
using Bitwarden.PowerShell.Errors;

namespace Bitwarden.SecretManagement;

/// <summary>
/// What all vault commands share: the parameters that SecretManagement binds, the session of the registration, one deadline, and nothing on the
/// host: no prompt, no progress. Failures take the form that the command says; see <see cref="Fail"/>.
/// </summary>
public abstract class VaultCommand : PSCmdlet, IDisposable
{
    /// <summary>Nothing else ends a call from SecretManagement: Ctrl+C does not reach us there.</summary>
    private static readonly TimeSpan s_deadline = TimeSpan.FromSeconds(10);

    private readonly CancellationTokenSource _stop = new(s_deadline);

    /// <summary>The registered vault's name.</summary>
    [Parameter]
    public string VaultName { get; set; } = string.Empty;

    /// <summary>The registration's VaultParameters.</summary>
    [Parameter]
    public Hashtable AdditionalParameters { get; set; } = [];

    /// <inheritdoc/>
    public void Dispose()
    {
        _stop.Dispose();
        GC.SuppressFinalize(this);
    }

    private protected CancellationToken Deadline => _stop.Token;

    /// <summary>The command's work.</summary>
    private protected abstract void Process(VaultParameters parameters);

    /// <summary>How a failure leaves the command; an error record that ends it, unless SecretManagement needs another form.</summary>
    private protected virtual void Fail(BitwardenException failure) => ThrowTerminatingError(ErrorRecords.From(failure, VaultName));

    /// <inheritdoc/>
    protected sealed override void ProcessRecord()
    {
        try
        {
            Process(VaultParameters.Read(AdditionalParameters));
        }
        catch (BitwardenException e)
        {
            Fail(e);
        }
        catch (OperationCanceledException)
        {
            Fail(VaultErrors.TooSlow(VaultName, s_deadline));
        }
    }

    /// <inheritdoc/>
    protected override void StopProcessing() => _stop.Cancel();

    private protected static BitwardenSession SessionOf(VaultParameters parameters) =>
        SessionStore.FindForVault(parameters.Account, parameters.Server);

    private protected T Await<T>(Func<CancellationToken, Task<T>> work) => Task.Run(() => work(Deadline)).GetAwaiter().GetResult();
}
