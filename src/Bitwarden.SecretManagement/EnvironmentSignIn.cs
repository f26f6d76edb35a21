using Bitwarden.Core.Api;
using Bitwarden.Core.Auth;
using Bitwarden.Core.Errors;
using Bitwarden.Core.Sessions;
using Bitwarden.PowerShell;

namespace Bitwarden.SecretManagement;

/// <summary>
/// Signs a vault in that was registered with SignIn = 'Environment', with the API key and the master password of the environment (SecretManagement fact W16).
/// Only where the registration asks for it: from then on all code in the process can read the vault.
/// </summary>
internal sealed class EnvironmentSignIn(VaultParameters parameters)
{
    private static readonly SignInFailures s_failures = new(TimeProvider.System);

    // One at a time, so that two calls do not sign in twice.
    private static readonly SemaphoreSlim s_turn = new(1, 1);

    /// <summary>The unlocked session of the registration: the one that is there, or a new one.</summary>
    /// <exception cref="BitwardenException">
    /// What is missing, why the server or the vault refused it, or AmbiguousSession. What was refused is not tried again with the same credentials.
    /// </exception>
    internal async Task<BitwardenSession> GetAsync(CancellationToken cancellationToken)
    {
        if (Find() is { State: BitwardenSessionState.Unlocked } unlocked)
        {
            return unlocked;
        }

        await s_turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return Find() is { State: BitwardenSessionState.Unlocked } session ? session : await SignInAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            s_turn.Release();
        }
    }

    private async Task<BitwardenSession> SignInAsync(CancellationToken cancellationToken)
    {
        using EnvironmentKeys keys = EnvironmentKeys.Read(parameters);
        string mark = keys.Mark(parameters.Account);
        s_failures.EnsureNotRefused(mark);
        try
        {
            return await OpenAsync(keys, cancellationToken).ConfigureAwait(false);
        }
        catch (BitwardenException e)
        {
            s_failures.Add(mark, e);
            throw;
        }
        catch (OperationCanceledException)
        {
            s_failures.Add(mark, VaultErrors.SignInTooSlow(keys.Server.Name));
            throw;
        }
    }

    // A session of that key that is locked is unlocked again; of any other nothing is known.
    private async Task<BitwardenSession> OpenAsync(EnvironmentKeys keys, CancellationToken cancellationToken)
    {
        BitwardenSession? locked = Find() is { State: BitwardenSessionState.Locked } found && keys.IsFor(found) ? found : null;
        BitwardenSession session = locked ?? await ConnectAsync(keys, cancellationToken).ConfigureAwait(false);
        try
        {
            EnsureMeant(session);
            await session.UnlockAsync(keys.MasterPassword, cancellationToken).ConfigureAwait(false);
            if (locked is null)
            {
                SessionStore.Add(session);
            }

            return session;
        }
        catch when (locked is null)
        {
            session.Dispose();
            throw;
        }
    }

    private static Task<BitwardenSession> ConnectAsync(EnvironmentKeys keys, CancellationToken cancellationToken)
    {
        ConnectionOptions connection = new() { DeviceIdentifier = EnvironmentCredentials.Read(EnvironmentCredentials.DeviceIdentifierVariable) };
        ApiKeyCredential key = ApiKeyCredential.Create(keys.ClientId, keys.ClientSecret);

        // Nobody is there to unlock again: no idle timeout.
        return BitwardenSession.ConnectAsync(key, keys.Server, connection, new SessionOptions(), cancellationToken);
    }

    private void EnsureMeant(BitwardenSession session)
    {
        if (parameters.Account is string account && !SessionStore.IsOf(session, account))
        {
            throw VaultErrors.OtherAccount(account, session.Account);
        }
    }

    private BitwardenSession? Find()
    {
        try
        {
            return SessionStore.FindForVault(parameters.Account, parameters.Server);
        }
        catch (SessionException e) when (e.Code == ErrorCodes.NotConnected)
        {
            return null;
        }
    }
}
