using System.Diagnostics.CodeAnalysis;
using Bitwarden.Core.Errors;

namespace Bitwarden.Core.Sessions;

/// <summary>
/// Lets one change of a session happen at a time. A change counts as use, before and after; one that fails because the session ends meanwhile, for example
/// with a time-out of the closed connection, reports the end of the session.
/// </summary>
[SuppressMessage(
    "Design", "CA1001", Justification = "A SemaphoreSlim without a wait handle holds nothing, and disposing it would break a change that is under way.")]
internal sealed class ChangeQueue
{
    private readonly SemaphoreSlim _oneChange = new(1, 1);
    private readonly VaultLock _lock;
    private readonly IdleTimer _idle;

    internal ChangeQueue(VaultLock vaultLock, IdleTimer idle)
    {
        _lock = vaultLock;
        _idle = idle;
    }

    /// <summary>Runs a change once those before it have ended.</summary>
    /// <exception cref="SessionException">SessionExpired or SessionDisconnected.</exception>
    internal async Task<T> RunAsync<T>(Func<Task<T>> change, CancellationToken cancellationToken)
    {
        await _oneChange.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            _idle.Use();
            _lock.EnsureNotEnded();
            return await OrEndedAsync(async () =>
            {
                T result = await change().ConfigureAwait(false);
                _lock.EnsureNotEnded();
                return result;
            }).ConfigureAwait(false);
        }
        finally
        {
            _idle.Touch();
            _oneChange.Release();
        }
    }

    /// <summary>Runs something that is not a change, with the same report when the session ends meanwhile.</summary>
    internal async Task<T> OrEndedAsync<T>(Func<Task<T>> work)
    {
        try
        {
            return await work().ConfigureAwait(false);
        }
        catch (Exception e) when (_lock.Ended is not null && e is ObjectDisposedException or ServerException or SessionException)
        {
            throw _lock.Ended ?? e;
        }
    }
}
