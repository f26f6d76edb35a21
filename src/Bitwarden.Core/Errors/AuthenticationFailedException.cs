namespace Bitwarden.Core.Errors;

/// <summary>The server, or the vault, did not accept who the user claims to be.</summary>
public sealed class AuthenticationFailedException : BitwardenException
{
    private AuthenticationFailedException(string code, string message)
        : base(code, message)
    {
    }

    /// <summary>The server demands additional authentication, as servers of 2021-09 to 2025-05 can.</summary>
    public static AuthenticationFailedException Challenged(string host) => new(
        ErrorCodes.AdditionalAuthenticationRequired,
        $"{host} demands additional authentication: the client_secret of your personal API key. Give -ClientSecret, set BW_CLIENTSECRET, "
        + "or log in with Connect-BwApiKey, which is never challenged.");

    /// <summary>The server did not accept the answer to its demand.</summary>
    public static AuthenticationFailedException ChallengeRejected(string host) => new(
        ErrorCodes.ChallengeRejected,
        $"{host} did not accept the client_secret as additional authentication. Most likely the API key was rotated, so that BW_CLIENTSECRET or "
        + "-ClientSecret holds an old client_secret: web vault, Settings > Security > Keys > View API key.");

    /// <summary>The two-step code is wrong or too old.</summary>
    public static AuthenticationFailedException TwoFactorRejected(string host) => new(
        ErrorCodes.TwoFactorCodeRejected, $"{host} did not accept the two-step code: it is wrong, was used before, or is too old.");

    /// <summary>The server does not know this device and has mailed a code.</summary>
    public static AuthenticationFailedException NewDevice(string host) => new(
        ErrorCodes.NewDeviceVerification,
        $"{host} does not know this device and has sent a code to the account's e-mail. Give -NewDeviceCode. "
        + "For unattended use log in with your personal API key, which needs no code: Connect-BwApiKey.");

    /// <summary>The code for the new device is wrong.</summary>
    public static AuthenticationFailedException NewDeviceRejected(string host) => new(
        ErrorCodes.NewDeviceCodeRejected, $"{host} did not accept the code for the new device: it is wrong or too old.");

    /// <summary>An organization demands single sign-on.</summary>
    public static AuthenticationFailedException SsoRequired(string host) => new(
        ErrorCodes.SsoRequired,
        $"An organization demands single sign-on, so that {host} accepts no password. Log in with your personal API key, which is exempt: Connect-BwApiKey.");

    /// <summary>The account is too old to have a user key.</summary>
    public static AuthenticationFailedException LegacyAccount(string host) => new(
        ErrorCodes.LegacyAccount, $"{host} no longer supports this account's old encryption. Log in to the web vault once to bring it up to date.");

    /// <summary>The server refused e-mail and password.</summary>
    public static AuthenticationFailedException PasswordRejected(string host, string email) => new(
        ErrorCodes.InvalidMasterPassword,
        $"{host} refused {email} with this master password. It can also be another e-mail, or an account on another server or region (-Server US, EU or a URL).");

    /// <summary>The server did not accept the master password as proof for a protected call.</summary>
    public static AuthenticationFailedException VerificationFailed(string account) => new(
        ErrorCodes.InvalidMasterPassword, $"The server did not accept the master password of {account}. Nothing was changed.");

    /// <summary>The server refused the API key.</summary>
    public static AuthenticationFailedException ApiKeyRejected(string host) => new(
        ErrorCodes.ApiKeyRejected,
        $"{host} rejected the API key. Most likely the key was rotated, so that BW_CLIENTSECRET or -ClientSecret holds an old client_secret; "
        + "it can also be a typing error, or an account on another server or region (-Server US, EU or a URL). "
        + "Look the key up in the web vault: Settings > Security > Keys > View API key.");

    /// <summary>The master password does not open the vault.</summary>
    public static AuthenticationFailedException InvalidMasterPassword(string account) => new(
        ErrorCodes.InvalidMasterPassword, $"The master password does not open the vault of {account}. The session stays locked.");

    /// <summary>The account has no master password.</summary>
    public static AuthenticationFailedException NoMasterPassword(string account) => new(
        ErrorCodes.NoMasterPassword,
        $"The account {account} has no master password. It is unlocked through a Key Connector, which Connect-BwApiKey and Unlock-BwVault can use, "
        + "or by trusted devices, which only official clients with a screen can be. What needs the master password cannot be done.");

    /// <summary>The account is unlocked through a Key Connector that the server does not name.</summary>
    public static AuthenticationFailedException NoKeyConnector(string account) => new(
        ErrorCodes.NoKeyConnector, $"The account {account} is unlocked through a Key Connector, but no organization of it names one. Give -KeyConnectorUrl.");

    /// <summary>The server wants a newer protocol level than this module speaks.</summary>
    public static AuthenticationFailedException ClientVersionRejected(string host) => new(
        ErrorCodes.ClientVersionRejected, $"{host} refused the protocol version of this module. Update the module.");

    /// <summary>The server refused an access token that it had just given.</summary>
    public static AuthenticationFailedException TokenRefused(string host) => new(
        ErrorCodes.TokenRefused, $"{host} refused an access token that it had just given.");

    /// <summary>There is no API key or refresh token to get a new access token with.</summary>
    public static AuthenticationFailedException NoGrant() => new(ErrorCodes.NoGrant, "The session has no API key or refresh token to get a new access token with.");

    /// <summary>The server refused the login for another reason, in its own words.</summary>
    public static AuthenticationFailedException Refused(string host, string serverMessage) => new(
        ErrorCodes.AuthenticationFailed, $"{host} refused the login: {serverMessage}");
}
