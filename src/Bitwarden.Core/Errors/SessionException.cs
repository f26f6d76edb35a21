namespace Bitwarden.Core.Errors;

/// <summary>The session is not in the state that the call needs, or it is not clear which session is meant.</summary>
public sealed class SessionException : BitwardenException
{
    private SessionException(string code, string message)
        : base(code, message)
    {
    }

    /// <summary>The vault is locked.</summary>
    public static SessionException VaultLocked(string account) => new(
        ErrorCodes.VaultLocked, $"The vault of {account} is locked. Unlock it with Unlock-BwVault.");

    /// <summary>The session can get no new token.</summary>
    public static SessionException Expired(string account, string reason) => new(
        ErrorCodes.SessionExpired, $"The session of {account} has ended: {reason} Connect again with Connect-BwApiKey or Connect-BwAccount.");

    /// <summary>The session was disconnected.</summary>
    public static SessionException Disconnected(string account) => new(
        ErrorCodes.SessionDisconnected, $"The session of {account} was disconnected. Connect again with Connect-BwApiKey.");

    /// <summary>A call from SecretManagement took too long.</summary>
    public static SessionException TooSlow(string vault, TimeSpan deadline) => new(
        ErrorCodes.DeadlineExceeded, $"The vault {vault} gave no answer within {deadline.TotalSeconds:0} seconds.");

    /// <summary>There is no session to work with.</summary>
    public static SessionException NotConnected(string reason) => new(ErrorCodes.NotConnected, reason);

    /// <summary>More than one session could be meant.</summary>
    public static SessionException Ambiguous(string reason) => new(ErrorCodes.AmbiguousSession, reason);
}
