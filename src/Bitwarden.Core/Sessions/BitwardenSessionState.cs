namespace Bitwarden.Core.Sessions;

/// <summary>The states of a session.</summary>
public enum BitwardenSessionState : long
{
    /// <summary>Logged in, without keys.</summary>
    Locked,

    /// <summary>Logged in, with keys and the decrypted index.</summary>
    Unlocked,

    /// <summary>The server gives no more tokens; nothing decrypted is left.</summary>
    Expired,

    /// <summary>Everything was forgotten.</summary>
    Disconnected,
}
