using System.Management.Automation;
using Bitwarden.Core.Errors;
using Bitwarden.Core.Sessions;
using Bitwarden.Core.Vault;
using Bitwarden.Core.Vault.Editing;
using Bitwarden.PowerShell.Errors;

namespace Bitwarden.SecretManagement.Storing;

/// <summary>
/// What the commands that write share: the name, the look at the server before and after, and the forms of failures. Of a change that was sent and got no
/// answer they say so, and look; nothing is ever sent twice.
/// </summary>
public abstract class WritingCommand : VaultCommand
{
    // A write waits for a sync, for the second that tells versions apart, and for its own call. What is left after the first is for looking.
    private static readonly TimeSpan s_writeLimit = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan s_sendLimit = TimeSpan.FromSeconds(20);

    private bool _isSent;

    /// <summary>A command that ends within the deadline of writes.</summary>
    private protected WritingCommand()
        : base(s_writeLimit)
    {
    }

    /// <summary>Name or reference, literally.</summary>
    [Parameter]
    public string Name { get; set; } = string.Empty;

    private protected sealed override void Process(VaultParameters parameters)
    {
        EnsureWritable(parameters);
        if (string.IsNullOrWhiteSpace(Name))
        {
            throw StoringErrors.Empty("name");
        }

        Check();
        BitwardenSession session = SessionOf(parameters);
        Await(token => RunAsync(session, vault => ScopeOf(vault, parameters), token));
    }

    /// <summary>Checks what was given, before anybody is asked anything.</summary>
    private protected abstract void Check();

    /// <summary>The work on what the name means. <see cref="Sending"/> is to be called before anything is sent.</summary>
    private protected abstract Task WriteAsync(BitwardenSession session, WriteTarget target, CancellationToken cancellationToken);

    /// <summary>From here on nobody knows what arrived until an answer comes.</summary>
    private protected VaultWriter Sending(BitwardenSession session)
    {
        _isSent = true;
        return session.GetWriter();
    }

    /// <summary>Changes an item as it was just looked at.</summary>
    private protected async Task UpdateAsync(BitwardenSession session, VaultItem item, ItemEdit edit, CancellationToken cancellationToken)
    {
        if (edit.Changes.Count > 0)
        {
            edit.OfVersion = item.RevisionDate;
            await Sending(session).Items.UpdateAsync(item, edit, force: false, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Refuses an item of which something cannot be read: nobody knows what would be written over.</summary>
    /// <exception cref="ItemWriteException">ItemNotWritable.</exception>
    private protected static VaultItem EnsureWhole(VaultItem item) => item.Problems.Count == 0
        ? item
        : throw ItemWriteException.NotWritable(item.UniqueName, item.Id, $"a part of it cannot be read ({item.Problems[0].Field}, {item.Problems[0].Code})");

    /// <summary>
    /// "Not ready" in the form that stops SecretManagement (SecretManagement fact 19), everything else with our id
    /// (SecretManagement fact 18). Never another script-like throw: after one SecretManagement may remove the secret again (SecretManagement fact 21).
    /// </summary>
    private protected override void Fail(BitwardenException failure)
    {
        if (failure.Code is ErrorCodes.VaultLocked or ErrorCodes.NotConnected or ErrorCodes.SessionExpired or ErrorCodes.SessionDisconnected)
        {
            throw SecretManagementTypes.CreatePasswordRequired(Explained(failure));
        }

        ThrowTerminatingError(ErrorRecords.From(Explained(failure), Name));
    }

    private async Task RunAsync(BitwardenSession session, Func<UnlockedVault, VaultScope> scopeOf, CancellationToken stop)
    {
        using CancellationTokenSource sending = CancellationTokenSource.CreateLinkedTokenSource(stop);
        sending.CancelAfter(s_sendLimit);
        try
        {
            WriteTarget target = await WriteTarget.FindAsync(session, scopeOf, Name, sending.Token).ConfigureAwait(false);
            await WriteAsync(session, target, sending.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (_isSent)
        {
            throw ItemWriteException.Uncertain(
                $"The change of '{ForeignText.Show(Name, ForeignText.NameLength)}'",
                null,
                await LookAsync(session, scopeOf, stop).ConfigureAwait(false),
                VaultErrors.TooSlow(VaultName, s_sendLimit));
        }
    }

    private async Task<string> LookAsync(BitwardenSession session, Func<UnlockedVault, VaultScope> scopeOf, CancellationToken stop)
    {
        try
        {
            await session.SyncAsync(force: true, stop).ConfigureAwait(false);
            UnlockedVault vault = session.GetVault();
            return ResolvedReference.TryResolve(vault, Name, scopeOf(vault)) is ResolvedReference found
                ? $"An item of the name is in the vault, last changed {found.Item.RevisionDate:u}."
                : "No item of the name is in the vault.";
        }
        catch (Exception e) when (e is OperationCanceledException or BitwardenException)
        {
            return "The server could not be asked.";
        }
    }
}
