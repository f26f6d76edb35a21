using System.Collections.Concurrent;
using Bitwarden.Core.Errors;
using Bitwarden.PowerShell.Errors;

namespace Bitwarden.SecretManagement;

/// <summary>
/// What was tried in vain, so that a script that reads a hundred secrets does not make a hundred logins that fail: the server would lock the account out. What
/// was refused stays so until other credentials are there; that a server gave no answer counts for half a minute.
/// </summary>
internal sealed class SignInFailures(TimeProvider time)
{
    private static readonly TimeSpan s_pause = TimeSpan.FromSeconds(30);
    private readonly ConcurrentDictionary<string, (BitwardenException Failure, long At)> _all = new(StringComparer.Ordinal);

    /// <exception cref="BitwardenException">Why these credentials failed before.</exception>
    internal void EnsureNotRefused(string mark)
    {
        if (_all.TryGetValue(mark, out (BitwardenException Failure, long At) last) && (!Passes(last.Failure) || time.GetElapsedTime(last.At) < s_pause))
        {
            throw last.Failure;
        }
    }

    internal void Add(string mark, BitwardenException failure) => _all[mark] = (failure, time.GetTimestamp());

    private static bool Passes(BitwardenException failure) => failure is ServerException or SessionException;
}
