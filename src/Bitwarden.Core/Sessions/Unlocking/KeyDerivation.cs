using Bitwarden.Core.Crypto;

namespace Bitwarden.Core.Sessions.Unlocking;

/// <summary>
/// Derives on a thread of its own, so that a caller who gives up has its answer at once: PBKDF2 of .NET cannot be stopped. What comes too late is zeroed on
/// that
/// thread. Not a pool thread either, which a wait for memory would hold up.
/// </summary>
internal static class KeyDerivation
{
    /// <summary>Derives a master key; the caller owns it.</summary>
    /// <param name="password">In UTF-8; a copy is made before this returns.</param>
    /// <param name="salt">The salt.</param>
    /// <param name="kdf">The settings.</param>
    /// <param name="cancellationToken">Ends the wait at once.</param>
    /// <exception cref="Errors.KdfException">The settings are outside the limits; nothing was derived.</exception>
    internal static async Task<MasterKey> RunAsync(SecretBytes password, string salt, KdfSettings kdf, CancellationToken cancellationToken)
    {
        kdf.EnsureWithinLimits();
        cancellationToken.ThrowIfCancellationRequested();
        SecretBytes copy = password.Copy();
        return await RunAsync(
            () =>
            {
                using (copy)
                {
                    return MasterKey.Derive(copy.Span, salt, kdf, cancellationToken);
                }
            },
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Runs a derivation; disposes what it gives when nobody waits any more.</summary>
    internal static async Task<T> RunAsync<T>(Func<T> derive, CancellationToken cancellationToken)
        where T : IDisposable
    {
        Task<T> derivation = Task.Factory.StartNew(derive, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        try
        {
            return await derivation.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            _ = derivation.ContinueWith(
                late => late.Result.Dispose(),
                CancellationToken.None,
                TaskContinuationOptions.OnlyOnRanToCompletion | TaskContinuationOptions.ExecuteSynchronously,
                TaskScheduler.Default);
            throw;
        }
    }
}
