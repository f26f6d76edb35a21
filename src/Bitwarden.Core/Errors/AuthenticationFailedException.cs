namespace Bitwarden.Core.Errors;

/// <summary>The server, or the vault, did not accept who the user claims to be.</summary>
public sealed class AuthenticationFailedException : BitwardenException
{
    private AuthenticationFailedException(string code, string message)
        : base(code, message)
    {
    }

    /// <summary>The code of <see cref="Challenged"/>.</summary>
    public const string ChallengedCode = "AdditionalAuthenticationRequired";

    /// <summary>The server demands additional authentication, as servers of 2021-09 to 2025-05 can.</summary>
    public static AuthenticationFailedException Challenged(string host) => new(
        ChallengedCode, $"{host} demands additional authentication, which official API-key logins never meet. Look at the proxies in between.");

    /// <summary>The server refused the API key.</summary>
    public static AuthenticationFailedException ApiKeyRejected(string host) => new(
        "ApiKeyRejected",
        $"{host} rejected the API key. Most likely the key was rotated, so that BW_CLIENTSECRET or -ClientSecret holds an old client_secret; "
        + "it can also be a typing error, or an account on another server or region (-Server US, EU or a URL). "
        + "Look the key up in the web vault: Settings > Security > Keys > View API key.");

    /// <summary>The master password does not open the vault.</summary>
    public static AuthenticationFailedException InvalidMasterPassword(string account) => new(
        "InvalidMasterPassword", $"The master password does not open the vault of {account}. The session stays locked.");

    /// <summary>The account has no master password.</summary>
    public static AuthenticationFailedException NoMasterPassword(string account) => new(
        "NoMasterPassword",
        $"The account {account} has no master password (Key Connector or trusted device). Such vaults cannot be unlocked by this version of the module.");

    /// <summary>The server wants a newer protocol level than this module speaks.</summary>
    public static AuthenticationFailedException ClientVersionRejected(string host) => new(
        "ClientVersionRejected", $"{host} refused the protocol version of this module. Update the module.");

    /// <summary>The server refused the login for another reason, in its own words.</summary>
    public static AuthenticationFailedException Refused(string host, string serverMessage) => new(
        "AuthenticationFailed", $"{host} refused the login: {serverMessage}");
}
