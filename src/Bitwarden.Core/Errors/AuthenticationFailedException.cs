namespace Bitwarden.Core.Errors;

/// <summary>The server, or the vault, did not accept who the user claims to be.</summary>
public sealed class AuthenticationFailedException : BitwardenException
{
    private AuthenticationFailedException(string code, string message)
        : base(code, message)
    {
    }

    /// <summary>The server that refused a login; null when it was not a login.</summary>
    public string? Host { get; private init; }

    /// <summary>The server demands additional authentication, as servers of 2021-09 to 2025-05 can.</summary>
    public static AuthenticationFailedException Challenged(string host) => AtLogin(
        host, ErrorCodes.AdditionalAuthenticationRequired, $"{host} demands additional authentication: the client_secret of your personal API key.");

    /// <summary>The server did not accept the answer to its demand.</summary>
    public static AuthenticationFailedException ChallengeRejected(string host) => AtLogin(
        host,
        ErrorCodes.ChallengeRejected,
        $"{host} did not accept the client_secret as additional authentication. Most likely it is an old one, from before the API key was rotated.");

    /// <summary>The two-step code is wrong or too old.</summary>
    public static AuthenticationFailedException TwoFactorRejected(string host) => AtLogin(
        host, ErrorCodes.TwoFactorCodeRejected, $"{host} did not accept the two-step code: it is wrong, was used before, or is too old.");

    /// <summary>The server does not know this device and has mailed a code.</summary>
    public static AuthenticationFailedException NewDevice(string host) => AtLogin(
        host, ErrorCodes.NewDeviceVerification, $"{host} does not know this device and has sent a code to the account's e-mail.");

    /// <summary>The code for the new device is wrong.</summary>
    public static AuthenticationFailedException NewDeviceRejected(string host) => AtLogin(
        host, ErrorCodes.NewDeviceCodeRejected, $"{host} did not accept the code for the new device: it is wrong or too old.");

    /// <summary>An organization demands single sign-on.</summary>
    public static AuthenticationFailedException SsoRequired(string host) => AtLogin(
        host, ErrorCodes.SsoRequired, $"{host} accepts no password for this account, because an organization demands single sign-on.");

    /// <summary>The account is too old to have a user key.</summary>
    public static AuthenticationFailedException LegacyAccount(string host) => AtLogin(
        host,
        ErrorCodes.LegacyAccount,
        $"{host} no longer supports this account's old encryption. Log in to the web vault once to bring it up to date.");

    /// <summary>The server refused e-mail and password.</summary>
    public static AuthenticationFailedException PasswordRejected(string host, string email) => AtLogin(
        host,
        ErrorCodes.InvalidMasterPassword,
        $"{host} refused {Shown(email)} with this master password. The e-mail can be wrong too, or the account can be on another server or region.");

    /// <summary>The server did not accept the master password as proof for a protected call.</summary>
    public static AuthenticationFailedException VerificationFailed(string account) => new(
        ErrorCodes.InvalidMasterPassword, $"The server did not accept the master password of {Shown(account)}. Nothing was changed.");

    /// <summary>The server refused the API key.</summary>
    public static AuthenticationFailedException ApiKeyRejected(string host) => AtLogin(
        host,
        ErrorCodes.ApiKeyRejected,
        $"{host} rejected the API key. Most likely the key was rotated, and this is the old client_secret. "
        + "It can also be a typing error, or an account on another server or region.");

    /// <summary>The master password does not open the vault.</summary>
    public static AuthenticationFailedException InvalidMasterPassword(string account) => new(
        ErrorCodes.InvalidMasterPassword, $"The master password does not open the vault of {Shown(account)}. The session stays locked.");

    /// <summary>The master password opens nothing, so that nothing derived from it was sent.</summary>
    public static AuthenticationFailedException NothingOpened(string account) => new(
        ErrorCodes.InvalidMasterPassword, $"The master password does not open the vault of {Shown(account)}. It was not sent to the server.");

    /// <summary>The account has no master password.</summary>
    public static AuthenticationFailedException NoMasterPassword(string account) => new(
        ErrorCodes.NoMasterPassword,
        $"The account {Shown(account)} has no master password: it is unlocked through a Key Connector or by trusted devices. "
        + "Nothing that needs a master password can be done.");

    /// <summary>The account is unlocked through a Key Connector that the server does not name.</summary>
    public static AuthenticationFailedException NoKeyConnector(string account) => new(
        ErrorCodes.NoKeyConnector, $"The account {Shown(account)} is unlocked through a Key Connector, but none of its organizations names one.");

    /// <summary>The server wants a newer protocol level than the engine speaks.</summary>
    public static AuthenticationFailedException ClientVersionRejected(string host) => AtLogin(
        host, ErrorCodes.ClientVersionRejected, $"{host} refused this version of the protocol: it wants a newer client.");

    /// <summary>The server refused an access token that it had just given.</summary>
    public static AuthenticationFailedException TokenRefused(string host) => new(
        ErrorCodes.TokenRefused, $"{host} refused an access token that it had just given.");

    /// <summary>There is no API key or refresh token to get a new access token with.</summary>
    public static AuthenticationFailedException NoGrant() => new(
        ErrorCodes.NoGrant, "The session has no API key or refresh token to get a new access token with.");

    /// <summary>The server refused the login for another reason, in its own words.</summary>
    public static AuthenticationFailedException Refused(string host, string serverMessage) => AtLogin(
        host, ErrorCodes.AuthenticationFailed, $"{host} refused the login: {ForeignText.Show(serverMessage)}");

    private static AuthenticationFailedException AtLogin(string host, string code, string message) => new(code, message) { Host = host };
}
