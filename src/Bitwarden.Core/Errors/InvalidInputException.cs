namespace Bitwarden.Core.Errors;

/// <summary>An input was missing or had the wrong form; nothing was sent and nothing was changed.</summary>
public sealed class InvalidInputException : BitwardenException
{
    private InvalidInputException(string code, string message)
        : base(code, message)
    {
    }

    /// <summary>The client id is an organization API key, which can never read a vault.</summary>
    public static InvalidInputException OrganizationApiKey() => new(
        ErrorCodes.OrganizationApiKey,
        "The client id belongs to an organization API key. That key is for the Public API and Directory Connector and cannot open a vault. "
        + "Use your personal API key, whose client_id starts with 'user.': web vault, Settings > Security > Keys > View API key.");

    /// <summary>The client id is not of the form <c>user.&lt;guid&gt;</c>.</summary>
    public static InvalidInputException ClientId() => new(
        ErrorCodes.InvalidClientId,
        "The client id is not a personal API key's. Expected 'user.' followed by a GUID, for example user.00000000-0000-0000-0000-000000000000.");

    /// <summary>No client id was given.</summary>
    /// <param name="hint">What else was seen, for example a look-alike variable; empty for nothing.</param>
    public static InvalidInputException ClientIdMissing(string hint) => new(
        ErrorCodes.ClientIdMissing, Join("No client id. Give -ClientId or -Credential, or set the environment variable BW_CLIENTID.", hint));

    /// <summary>No client secret was given.</summary>
    /// <param name="hint">What else was seen, for example a look-alike variable; empty for nothing.</param>
    public static InvalidInputException ClientSecretMissing(string hint) => new(
        ErrorCodes.ClientSecretMissing,
        Join("No client secret. Give -ClientSecret or -Credential, or set the environment variable BW_CLIENTSECRET.", hint));

    /// <summary>A value is longer than any that a server accepts.</summary>
    public static InvalidInputException TooLong() => new(
        ErrorCodes.InputTooLong, "A user name, password, code or secret is longer than any server accepts. Nothing was sent.");

    /// <summary>No e-mail was given.</summary>
    public static InvalidInputException EmailMissing() => new(ErrorCodes.EmailMissing, "No e-mail. Give -Email or -Credential.");

    /// <summary>No master password was given.</summary>
    public static InvalidInputException MasterPasswordMissing() => new(
        ErrorCodes.MasterPasswordMissing, "No master password. Give -MasterPassword or set the environment variable BW_PASSWORD.");

    /// <summary>The server address cannot be used.</summary>
    /// <param name="reason">Why, as a full sentence.</param>
    public static InvalidInputException Server(string reason) => new(ErrorCodes.InvalidServer, reason);

    /// <summary>The device identifier is not a GUID.</summary>
    public static InvalidInputException DeviceIdentifier() => new(
        ErrorCodes.InvalidDeviceIdentifier, "The device identifier must be a GUID. Correct -DeviceIdentifier or the environment variable BW_DEVICEIDENTIFIER.");

    /// <summary>A certificate authority file cannot be read.</summary>
    /// <param name="path">The path as given.</param>
    public static InvalidInputException CertificateAuthority(string path) => new(
        ErrorCodes.InvalidCertificateAuthority, $"No certificate could be read from '{path}'. Give a file with one or more certificates in PEM form.");

    /// <summary>A secret reference cannot be parsed.</summary>
    /// <param name="reason">Why, as a full sentence.</param>
    public static InvalidInputException Reference(string reason) => new(ErrorCodes.InvalidReference, reason);

    /// <summary>A parameter of a registered vault cannot be used.</summary>
    /// <param name="reason">Which and why, as a full sentence.</param>
    public static InvalidInputException VaultParameter(string reason) => new(ErrorCodes.InvalidVaultParameter, reason);

    /// <summary>A write to a vault, which this version cannot do.</summary>
    /// <param name="vault">The registered vault's name.</param>
    public static InvalidInputException ReadOnly(string vault) => new(
        ErrorCodes.WriteNotSupported, $"The vault {vault} can only be read: this version of the module does not write. Nothing was changed.");

    /// <summary>A text is not an exported session.</summary>
    public static InvalidInputException SessionToken() => new(
        ErrorCodes.InvalidSessionToken, "The text is not a session that Export-BwSession made, or it was changed or cut on the way.");

    /// <summary>A Key Connector was not confirmed.</summary>
    /// <param name="connector">Its address.</param>
    public static InvalidInputException KeyConnectorNotConfirmed(Uri connector)
    {
        ArgumentNullException.ThrowIfNull(connector);
        return new InvalidInputException(
            ErrorCodes.KeyConnectorNotConfirmed,
            $"The vault is opened by the Key Connector at {connector.Host}, which was not confirmed. If you know the host, give -KeyConnectorUrl {connector.GetLeftPart(UriPartial.Path)}.");
    }

    /// <summary>The rotation of an API key was to be confirmed where nobody can be asked.</summary>
    public static InvalidInputException RotationNotConfirmed() => new(
        ErrorCodes.RotationNotConfirmed, "Nobody could be asked whether to rotate the API key. Nothing was changed. In a script give -Confirm:$false.");

    /// <summary>An item's TOTP field cannot be used.</summary>
    /// <param name="reason">Why, as a full sentence without the field's content.</param>
    public static InvalidInputException Totp(string reason) => new(ErrorCodes.InvalidTotp, $"The item's TOTP field gives no code. {reason}");

    private static string Join(string text, string hint) => hint.Length == 0 ? text : $"{text} {hint}";
}
