namespace Bitwarden.Core.Errors;

/// <summary>The session is not in the state that the call needs, or it is not clear which session is meant.</summary>
public sealed class SessionException : BitwardenException
{
    /// <summary>Creates the failure; public for what only the caller of the engine knows, such as its own current session and its own limits.</summary>
    /// <param name="code">Stable identifier.</param>
    /// <param name="message">A plain sentence for the user.</param>
    public SessionException(string code, string message)
        : base(code, message)
    {
    }

    /// <summary>For SessionExpired, the code of the failure that ended the session; else null.</summary>
    public string? CauseCode { get; private init; }

    /// <summary>For NotConnected, whether the whole process was searched, and not only what is current for the caller.</summary>
    public bool SearchedProcess { get; private init; }

    /// <summary>The vault is locked.</summary>
    public static SessionException VaultLocked(string account) => new(ErrorCodes.VaultLocked, $"The vault of {Shown(account)} is locked.");

    /// <summary>The vault was locked while it was being unlocked, and stays locked.</summary>
    public static SessionException LockedMeanwhile(string account) => new(
        ErrorCodes.VaultLocked, $"The vault of {Shown(account)} was locked while it was being unlocked, and stays locked.");

    /// <summary>The session can get no new token.</summary>
    /// <param name="account">The account.</param>
    /// <param name="reason">Why, as the end of a sentence.</param>
    /// <param name="causeCode">The code of the failure that ended it.</param>
    public static SessionException Expired(string account, string reason, string causeCode) => new(
        ErrorCodes.SessionExpired, $"The session of {Shown(account)} has ended: {reason}") { CauseCode = causeCode };

    /// <summary>The session was disconnected.</summary>
    public static SessionException Disconnected(string account) => new(ErrorCodes.SessionDisconnected, $"The session of {Shown(account)} was disconnected.");

    /// <summary>The session was opened from a copy of the vault, so that it cannot talk to the server.</summary>
    /// <param name="account">The account.</param>
    public static SessionException Offline(string account) => new(
        ErrorCodes.SessionOffline, $"The session of {Shown(account)} was opened from a copy of the vault and cannot talk to the server. Nothing was sent.");

    /// <summary>No session of the process is the one that is wanted.</summary>
    /// <param name="account">Of which account; null for any.</param>
    /// <param name="server">On which server; null for any.</param>
    public static SessionException NoneInProcess(string? account, string? server) => new(
        ErrorCodes.NotConnected,
        $"No session{(account is null ? string.Empty : $" of {Shown(account)}")}{(server is null ? string.Empty : $" on {Shown(server)}")} "
        + "is connected in this process.")
    {
        SearchedProcess = true,
    };

    /// <summary>More than one session could be meant.</summary>
    /// <param name="candidates">Which ones.</param>
    public static SessionException Ambiguous(IEnumerable<string> candidates) => new(
        ErrorCodes.AmbiguousSession, $"Several sessions could serve this vault: {string.Join(", ", candidates.Select(Shown))}.");
}
