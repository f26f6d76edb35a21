using Bitwarden.Core.Errors;
using Bitwarden.Core.Sessions.Unlocking;

namespace Bitwarden.Core.Sessions;

/// <summary>
/// Every session of the process. The one static of the engine: SecretManagement runs vault extensions in a runspace of its own, so that
/// sessions must be found from there.
/// </summary>
public static class SessionStore
{
    private static readonly object s_gate = new();
    private static readonly List<BitwardenSession> s_sessions = [];

    /// <summary>The sessions at this moment, oldest first.</summary>
    public static IReadOnlyList<BitwardenSession> All
    {
        get
        {
            lock (s_gate)
            {
                return [.. s_sessions];
            }
        }
    }

    /// <summary>The key derivations that this process saw.</summary>
    internal static KdfHistory KdfHistory { get; } = new();

    /// <summary>Adds a session; it removes itself when it is disposed.</summary>
    /// <param name="session">The session.</param>
    public static void Add(BitwardenSession session)
    {
        ArgumentNullException.ThrowIfNull(session);
        lock (s_gate)
        {
            s_sessions.Add(session);
        }
    }

    /// <summary>
    /// Finds the session for a registered vault, never "whatever happens to be unlocked": the one that the registration names, or the only one of
    /// the process. Private sessions are not seen. Of several sessions of one account the unlocked one is taken, then one that is not
    /// from a copy, then the newest.
    /// </summary>
    /// <param name="account">E-mail or client id of the registration; null for none.</param>
    /// <param name="server">Server of the registration; null for none.</param>
    /// <exception cref="SessionException">NotConnected, or AmbiguousSession with the candidates.</exception>
    /// <exception cref="InvalidInputException">InvalidServer.</exception>
    public static BitwardenSession FindForVault(string? account, string? server)
    {
        BitwardenSession[] candidates = [.. All.Where(session => !session.IsPrivate && Matches(session, account, server))];
        int accounts = candidates.DistinctBy(session => (session.Account.ToUpperInvariant(), session.Server.Name)).Count();
        return accounts switch
        {
            0 => throw SessionException.NoneInProcess(account, server),
            1 => candidates.OrderBy(session => session.State == BitwardenSessionState.Unlocked)
                .ThenBy(session => session.CopyAge is null).ThenBy(session => session.ConnectedAt).Last(),
            _ => throw SessionException.Ambiguous(candidates.Select(session => $"{session.Account} on {session.Server.Name}")),
        };
    }

    /// <summary>Whether a session is of an account.</summary>
    /// <param name="session">The session.</param>
    /// <param name="account">E-mail or client id; case is ignored.</param>
    public static bool IsOf(BitwardenSession session, string account)
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(account);
        return session.Account.Equals(account.Trim(), StringComparison.OrdinalIgnoreCase)
            || account.Trim().Equals(session.ClientId, StringComparison.OrdinalIgnoreCase);
    }

    internal static void Remove(BitwardenSession session)
    {
        lock (s_gate)
        {
            s_sessions.Remove(session);
        }
    }

    private static bool Matches(BitwardenSession session, string? account, string? server) => (account is null || IsOf(session, account))
        && (server is null || session.Server.IsNamedBy(server));
}
