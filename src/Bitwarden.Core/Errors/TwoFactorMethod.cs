namespace Bitwarden.Core.Errors;

/// <summary>
/// Methods of two-step login, as numbered on the wire (protocol 3.6). They are here, on the lowest floor, because a failure names them.
/// </summary>
public enum TwoFactorMethod
{
    /// <summary>A code of an authenticator app.</summary>
    Authenticator = 0,

    /// <summary>A code by e-mail.</summary>
    Email = 1,

    /// <summary>Duo. Needs a browser.</summary>
    Duo = 2,

    /// <summary>A one-time password of a YubiKey.</summary>
    YubiKey = 3,

    /// <summary>A device that was remembered at an earlier login.</summary>
    Remember = 5,

    /// <summary>Duo of an organization. Needs a browser.</summary>
    OrganizationDuo = 6,

    /// <summary>A passkey or security key. Needs a browser.</summary>
    WebAuthn = 7,
}
