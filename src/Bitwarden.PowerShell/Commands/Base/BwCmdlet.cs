using System.Management.Automation;
using System.Security;
using Bitwarden.Core.Crypto;
using Bitwarden.Core.Errors;
using Bitwarden.Core.Sessions;
using Bitwarden.PowerShell.Errors;

namespace Bitwarden.PowerShell.Commands.Base;

/// <summary>Cancellation, the bridge to the async engine, and errors: what every cmdlet needs.</summary>
public abstract class BwCmdlet : PSCmdlet, IDisposable
{
    // Made with the cmdlet: a stop can arrive before BeginProcessing.
    private readonly CancellationTokenSource _stop = new();

    /// <inheritdoc/>
    public void Dispose()
    {
        _stop.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>The cmdlet's work, once per input.</summary>
    protected abstract void Process();

    /// <inheritdoc/>
    protected sealed override void ProcessRecord()
    {
        try
        {
            Process();
        }
        catch (BitwardenException e)
        {
            ThrowTerminatingError(ErrorRecords.From(e));
        }
    }

    /// <inheritdoc/>
    protected override void StopProcessing() => _stop.Cancel();

    /// <summary>
    /// Runs engine work on the thread pool and waits until it has ended, also after Ctrl+C, which cancels it. Exceptions arrive as they were thrown.
    /// </summary>
    private protected T Await<T>(Func<CancellationToken, Task<T>> work)
    {
        try
        {
            return Task.Run(() => work(_stop.Token)).GetAwaiter().GetResult();
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            throw new PipelineStoppedException();
        }
    }

    private protected void Await(Func<CancellationToken, Task> work) => Await(async token =>
    {
        await work(token).ConfigureAwait(false);
        return true;
    });

    /// <summary>The master password: what was given, else BW_PASSWORD, else by asking.</summary>
    private protected static SecretBytes ReadMasterPassword(SecureString? given, InteractiveHost host, string account)
    {
        if (given is null && EnvironmentCredentials.Read(EnvironmentCredentials.MasterPasswordVariable) is null)
        {
            // Compiled while the user types.
            _ = Task.Run(MasterKey.WarmUp);
        }

        return host.ReadSecret(given, EnvironmentCredentials.MasterPasswordVariable, $"Master password of {account}")
            ?? throw InputErrors.MasterPasswordMissing();
    }

    private protected void WriteKdfWarning(BitwardenSession session)
    {
        if (session.KdfWeakenedFrom is KdfSettings earlier)
        {
            WriteWarning($"The key derivation of {session.Account} is now {session.Kdf}, which is weaker than before ({earlier}). If you did not change it, the server may be hostile.");
        }
    }

    private protected void WriteFailure(BitwardenException failure, object? target) => WriteError(ErrorRecords.From(failure, target));
}
