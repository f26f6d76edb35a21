using System.Globalization;

namespace Bitwarden.Core.Errors;

/// <summary>The session of the official command-line client could not be read, or cannot do what was asked. Nothing of the client's was changed.</summary>
public sealed class OfficialClientException : BitwardenException
{
    private OfficialClientException(string code, string message)
        : base(code, message)
    {
    }

    /// <summary>Whether a client that is writing its data at this moment can be the cause.</summary>
    internal bool MayPass => Code is ErrorCodes.OfficialClientUnreadable or ErrorCodes.OfficialClientUnknownLayout;

    /// <summary>There is no data file.</summary>
    /// <param name="path">Where it should be.</param>
    public static OfficialClientException NotFound(string path) => new(
        ErrorCodes.OfficialClientNotFound, $"The official client has no data at '{Shown(path)}'.");

    /// <summary>The data file cannot be opened, or stays incomplete.</summary>
    /// <param name="path">The file.</param>
    /// <param name="reason">Why, as a full sentence.</param>
    public static OfficialClientException Unreadable(string path, string reason) => new(
        ErrorCodes.OfficialClientUnreadable, $"The official client's data at '{Shown(path)}' cannot be read: {ForeignText.Show(reason)}");

    /// <summary>Nobody is logged in.</summary>
    /// <param name="path">The file.</param>
    public static OfficialClientException NotLoggedIn(string path) => new(
        ErrorCodes.OfficialClientNotLoggedIn, $"Nobody is logged in to the official client that keeps its data at '{Shown(path)}'.");

    /// <summary>The data file is not of a form that is known.</summary>
    /// <param name="what">What is missing or unexpected, never its content.</param>
    /// <param name="stateVersion">The file's own version number; null when it has none.</param>
    public static OfficialClientException UnknownLayout(string what, int? stateVersion) => new(
        ErrorCodes.OfficialClientUnknownLayout,
        $"The official client's data (state version {stateVersion?.ToString(CultureInfo.InvariantCulture) ?? "unknown"}) "
        + $"has a layout that is not known here: {ForeignText.Show(what)}");

    /// <summary>There is no session key.</summary>
    public static OfficialClientException SessionKeyMissing() => Locked("No session key of the official client was given.");

    /// <summary>The session key cannot be one.</summary>
    public static OfficialClientException SessionKeyMalformed() => Locked(
        "The given text is not a session key of the official client, which is base64 of 64 bytes. It may have been cut off.");

    /// <summary>The client stores no key: it was locked, or never unlocked.</summary>
    /// <param name="account">The account.</param>
    public static OfficialClientException NoStoredKey(string account) => Locked($"The official client was locked, or never unlocked, for {Shown(account)}.");

    /// <summary>The session key does not open what the client stores.</summary>
    /// <param name="account">The account.</param>
    public static OfficialClientException SessionKeyReplaced(string account) => Locked(
        $"The session key does not fit {Shown(account)}. Most likely a later 'bw unlock' or 'bw login' replaced it; only the newest one works.");

    /// <summary>The stored user key is an older one than that of the data.</summary>
    /// <param name="account">The account.</param>
    public static OfficialClientException StaleUserKey(string account) => Locked(
        $"The official client stores a user key for {Shown(account)} that does not open its data. Most likely the account's keys were replaced since.");

    /// <summary>The session key opens what the client stores for another account.</summary>
    /// <param name="account">The active account.</param>
    public static OfficialClientException SessionKeyOfAnotherAccount(string account) => Locked(
        $"The session key belongs to another account of the official client than the active one, {Shown(account)}.");

    /// <summary>The session was read from the official client, so that it cannot talk to the server.</summary>
    /// <param name="account">The account.</param>
    public static OfficialClientException Offline(string account) => new(
        ErrorCodes.OfficialClientOffline, $"The session of {Shown(account)} was imported from the official client and cannot talk to the server.");

    private static OfficialClientException Locked(string reason) => new(ErrorCodes.OfficialClientLocked, reason);
}
