using System.Management.Automation;
using Bitwarden.Core.Crypto;
using Bitwarden.Core.Errors;
using Bitwarden.Core.Reporting;
using Bitwarden.Core.Sessions;
using Bitwarden.PowerShell.Errors;
using Bitwarden.PowerShell.Formatting;
using Bitwarden.PowerShell.Masking;

namespace Bitwarden.PowerShell.Commands.Base;

/// <summary>Cancellation, the bridge to the async engine, and errors: what every cmdlet needs, those for SecretManagement too.</summary>
public abstract class BwCmdlet : PSCmdlet, IDisposable
{
    private readonly CancellationTokenSource _stop;
    private readonly ProgressView _progress = new();
    private LogMask? _logMask;

    // A stop can arrive before BeginProcessing, so its source is made with the cmdlet, and the time for the work counts from then on.
    private protected BwCmdlet(TimeSpan? deadline = null) => _stop = new CancellationTokenSource(deadline ?? Timeout.InfiniteTimeSpan);

    /// <inheritdoc/>
    public void Dispose()
    {
        _stop.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>The cmdlet's work, once per input.</summary>
    protected abstract void Process();

    /// <inheritdoc/>
    protected sealed override void ProcessRecord() => Guard(Process);

    /// <summary>Runs a part of the cmdlet's work. A failure leaves it as <see cref="Fail"/> says.</summary>
    private protected void Guard(Action work)
    {
        try
        {
            work();
        }
        catch (BitwardenException e)
        {
            Fail(e);
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            throw new PipelineStoppedException();
        }
    }

    /// <inheritdoc/>
    protected override void StopProcessing() => _stop.Cancel();

    /// <summary>How a failure that ends the work leaves the cmdlet.</summary>
    private protected virtual void Fail(BitwardenException failure) => ThrowTerminatingError(ErrorRecords.From(failure));

    /// <summary>Whether somebody may be watching who wants to know why it takes long.</summary>
    private protected virtual bool IsWatched => new InteractiveHost(Host).CanPrompt;

    /// <summary>What a value passes before it is handed out, whatever form it has.</summary>
    private protected LogMask LogMask => _logMask ??= NewLogMask(GivenRule());

    /// <summary>Shows progress while <see cref="Await{T}"/> waits.</summary>
    private protected IProgress<WorkProgress> Progress => _progress;

    /// <summary>
    /// Runs engine work on the thread pool, shows its progress, and waits until it has ended, also after Ctrl+C, which cancels it. Exceptions arrive as they
    /// were thrown.
    /// </summary>
    private protected T Await<T>(Func<CancellationToken, Task<T>> work)
    {
        Task<T> running = Task.Run(() =>
        {
            WorkListener.Current = _progress;
            return work(_stop.Token);
        });
        try
        {
            _progress.Follow(running, () => IsWatched, WriteProgress);
        }
        catch
        {
            // A preference or Ctrl+C made the write throw. Nothing may run on after the cmdlet, and nobody gets the result.
            _stop.Cancel();
            ProgressView.WaitFor(running);
            (running.IsCompletedSuccessfully ? running.Result as IDisposable : null)?.Dispose();
            throw;
        }

        return running.GetAwaiter().GetResult();
    }

    /// <summary>Runs engine work that mostly finds what it needs in memory: it starts on this thread, and only what has to wait goes elsewhere.</summary>
    private protected T AwaitHere<T>(Func<CancellationToken, Task<T>> work) => work(_stop.Token).GetAwaiter().GetResult();

    private protected void Await(Func<CancellationToken, Task> work) => Await(async token =>
    {
        await work(token).ConfigureAwait(false);
        return true;
    });

    /// <summary>Whether something that is sure to ask will ask, and not say what it would do.</summary>
    private protected bool WillAsk()
    {
        if (IsSwitchedOn("WhatIf") ?? LanguagePrimitives.IsTrue(GetVariableValue("WhatIfPreference")))
        {
            return false;
        }

        return IsSwitchedOn("Confirm")
            ?? !string.Equals($"{GetVariableValue("ConfirmPreference")}", nameof(ConfirmImpact.None), StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>What a switch was given as; null for one that was not given.</summary>
    private protected bool? IsSwitchedOn(string name) =>
        MyInvocation.BoundParameters.TryGetValue(name, out object? value) ? LanguagePrimitives.IsTrue(value) : null;

    private protected void WriteKdfWarning(BitwardenSession session)
    {
        if (session.KdfWeakenedFrom is KdfSettings earlier)
        {
            WriteWarning(
                $"The key derivation of {session.Account.Shown()} is now {session.Kdf}, which is weaker than before ({earlier}). "
                + "If you did not change it, the server may be hostile.");
        }
    }

    private protected void WriteCopyWarning(BitwardenSession session)
    {
        if (session.CopyFailure is string reason)
        {
            WriteWarning($"The copy of the vault was not brought up to date. {reason}");
        }
    }

    /// <summary>Does the work for one of what was given. A failure that is about that one alone is written, so that the next can still be tried.</summary>
    private protected void ForOne(object? target, Action work)
    {
        try
        {
            work();
        }
        catch (BitwardenException e) when (IsAboutOne(e))
        {
            WriteFailure(e, target);
        }
    }

    private protected void WriteFailure(BitwardenException failure, object? target) => WriteError(ErrorRecords.From(failure, target));

    /// <summary>One with a rule of its own.</summary>
    private protected LogMask NewLogMask(MaskRule rule) => new(LogFilter.Of(PipelineAgents.Current, Host.Name), rule, WriteWarning, WriteVerbose);

    /// <summary>Whether a failure is about one of the things that were given, so that the others can still be tried.</summary>
    private protected static bool IsAboutOne(BitwardenException failure) => failure
        is ItemLookupException or ItemUnreadableException or ItemWriteException or InvalidInputException or ServerException or LocalFileException
        or SshAgentException { Code: ErrorCodes.SshAgentRefused };

    private MaskRule GivenRule()
    {
        IMaskParameters? given = this as IMaskParameters;
        return MaskRule.Of(given?.Mask == true, given?.NoMask == true, () => GetVariableValue(MaskRule.PreferenceVariable) switch
        {
            PSObject wrapped => wrapped.BaseObject,
            object preference => preference,
            null => null,
        });
    }
}
