using System.Globalization;

namespace Bitwarden.Core.Errors;

/// <summary>An input was missing or had the wrong form; nothing was sent and nothing was changed.</summary>
public sealed class InvalidInputException : BitwardenException
{
    /// <summary>Creates the failure; public for the inputs that only the caller of the engine knows.</summary>
    /// <param name="code">Stable identifier.</param>
    /// <param name="message">A plain sentence for the user.</param>
    public InvalidInputException(string code, string message)
        : base(code, message)
    {
    }

    /// <summary>The address that the failure is about; null when it is about none.</summary>
    public Uri? Address { get; init; }

    /// <summary>The client id is an organization API key, which can never read a vault.</summary>
    public static InvalidInputException OrganizationApiKey() => new(
        ErrorCodes.OrganizationApiKey,
        "The client id belongs to an organization API key. That key is for the Public API and Directory Connector and cannot open a vault. "
        + "Use your personal API key, whose client_id starts with 'user.': web vault, Settings > Security > Keys > View API key.");

    /// <summary>The client id is not of the form <c>user.&lt;guid&gt;</c>.</summary>
    public static InvalidInputException ClientId() => new(
        ErrorCodes.InvalidClientId,
        "The client id does not belong to a personal API key. Expected 'user.' followed by a GUID, for example user.00000000-0000-0000-0000-000000000000.");

    /// <summary>The client secret is empty.</summary>
    public static InvalidInputException ClientSecretEmpty() => new(ErrorCodes.ClientSecretMissing, "The client secret is empty.");

    /// <summary>A value is longer than any that a server accepts.</summary>
    public static InvalidInputException TooLong() => new(
        ErrorCodes.InputTooLong, "A user name, password, code or secret is longer than any server accepts. Nothing was sent.");

    /// <summary>A value of an item is longer than the server accepts.</summary>
    /// <param name="member">Which value; the caller's own words, or a name of the user's.</param>
    /// <param name="limit">The most characters that its encrypted form may have.</param>
    public static InvalidInputException TooLong(string member, int limit) => new(
        ErrorCodes.InputTooLong,
        $"The {Shown(member)} is too long: encrypted, it may have {limit} characters, which is about {LongestText(limit)} bytes of text. Nothing was sent.");

    /// <summary>An item cannot be as it was asked for.</summary>
    /// <param name="reason">Why, as a full sentence.</param>
    public static InvalidInputException Item(string reason) => new(ErrorCodes.InvalidItem, reason + " Nothing was sent.");

    /// <summary>The server address cannot be used.</summary>
    /// <param name="reason">Why, as a full sentence.</param>
    public static InvalidInputException Server(string reason) => new(ErrorCodes.InvalidServer, reason);

    /// <summary>The device identifier is not a GUID.</summary>
    public static InvalidInputException DeviceIdentifier() => new(ErrorCodes.InvalidDeviceIdentifier, "The device identifier must be a GUID.");

    /// <summary>A certificate authority file cannot be read.</summary>
    /// <param name="path">The path as given.</param>
    public static InvalidInputException CertificateAuthority(string path) => new(
        ErrorCodes.InvalidCertificateAuthority, $"No certificate could be read from '{Shown(path)}'. Give a file with one or more certificates in PEM form.");

    /// <summary>A file is not a certificate in PFX form.</summary>
    /// <param name="fileName">The file; the user's or others' words.</param>
    public static InvalidInputException Certificate(string fileName) => new(
        ErrorCodes.InvalidCertificate, $"The file '{Shown(fileName)}' is not a certificate in PFX form, or is damaged.");

    /// <summary>A password does not open a certificate.</summary>
    /// <param name="fileName">The file; the user's or others' words.</param>
    /// <param name="isGiven">Whether there was a password.</param>
    public static InvalidInputException CertificatePassword(string fileName, bool isGiven) => new(
        ErrorCodes.InvalidCertificatePassword,
        isGiven
            ? $"The password does not open the certificate '{Shown(fileName)}', or the file is damaged."
            : $"The certificate '{Shown(fileName)}' needs a password, and the item has none; or the file is damaged.");

    /// <summary>A secret reference cannot be parsed.</summary>
    /// <param name="reason">Why, as a full sentence.</param>
    public static InvalidInputException Reference(string reason) => new(ErrorCodes.InvalidReference, reason);

    /// <summary>A text is not an exported session.</summary>
    public static InvalidInputException SessionToken() => new(
        ErrorCodes.InvalidSessionToken, "The text is not an exported session, or it was changed or cut off on the way.");

    /// <summary>The user key in an exported session does not open the vault.</summary>
    public static InvalidInputException SessionKey() => new(
        ErrorCodes.InvalidSessionToken,
        "The key in the exported session does not open the vault: the account's keys were changed since it was exported, or the text was forged.");

    /// <summary>A text is sealed, and nobody gave the secret.</summary>
    public static InvalidInputException SessionKeyMissing() => new(ErrorCodes.SessionKeyMissing, "The exported session is sealed, and no key was given.");

    /// <summary>A secret does not open a text.</summary>
    public static InvalidInputException WrongSessionKey() => new(
        ErrorCodes.WrongSessionKey, "The key does not open the exported session: it is another one, or the text was changed on the way.");

    /// <summary>A secret was given for a text that is not sealed with any.</summary>
    public static InvalidInputException SessionNotSealed() => new(
        ErrorCodes.SessionNotSealed, "A key was given, but the exported session is not sealed. Anybody could have written it.");

    /// <summary>A secret is so short that it can be guessed.</summary>
    /// <param name="least">The fewest bytes that it may have.</param>
    public static InvalidInputException WeakSessionKey(int least) => new(
        ErrorCodes.WeakSessionKey, $"The key is shorter than {least} characters, so that it could be guessed. Nothing was exported.");

    /// <summary>A text may not be taken up any more.</summary>
    /// <param name="end">Since when.</param>
    public static InvalidInputException SessionTextExpired(DateTimeOffset end) => new(
        ErrorCodes.SessionTextExpired, string.Create(CultureInfo.InvariantCulture, $"The exported session could be taken up until {end.UtcDateTime:u} only."));

    /// <summary>An item's TOTP field cannot be used.</summary>
    /// <param name="reason">Why, as a full sentence without the field's content.</param>
    public static InvalidInputException Totp(string reason) => new(ErrorCodes.InvalidTotp, $"The item's TOTP field gives no code. {reason}");

    /// <summary>A one-time code was wanted of what has no secret for one.</summary>
    /// <param name="name">The item, and what of it; the user's or others' words.</param>
    public static InvalidInputException NoTotp(string name) => new(
        ErrorCodes.InvalidTotp, $"'{Shown(name)}' has no secret for one-time codes.");

    /// <summary>A password, passphrase or user name cannot be as it was asked for.</summary>
    /// <param name="reason">Why, as a full sentence.</param>
    public static InvalidInputException Generator(string reason) => new(ErrorCodes.InvalidGeneratorOption, reason);

    /// <summary>A text or file gives no SSH key that can be used.</summary>
    /// <param name="reason">Why, as a full sentence without anything of the key.</param>
    public static InvalidInputException SshKey(string reason) => new(ErrorCodes.InvalidSshKey, $"The SSH key cannot be used. {reason}");

    /// <summary>An SSH key is cut off, or was changed.</summary>
    public static InvalidInputException SshKeyDamaged() => SshKey("It is cut off or damaged.");

    /// <summary>The parts of an SSH key do not fit each other.</summary>
    public static InvalidInputException SshKeyMismatch() => SshKey("Its private and its public part do not belong together.");

    /// <summary>An SSH key is of a kind that the vendor's clients do not know.</summary>
    /// <param name="kind">Its name; anybody's words.</param>
    public static InvalidInputException SshKeyOfOtherKind(string kind) => SshKey($"It is of the kind '{Shown(kind)}'. Only Ed25519 and RSA are supported.");

    /// <summary>An SSH key is encrypted in a way that is not supported.</summary>
    /// <param name="how">Its name; anybody's words.</param>
    public static InvalidInputException SshKeyEncryption(string how) => SshKey($"It is encrypted with {Shown(how)}, which is not supported.");

    /// <summary>An SSH key is encrypted, and there is nothing to decrypt it with.</summary>
    public static InvalidInputException SshKeyPassphraseMissing() => SshKey("It is encrypted, and no passphrase was given.");

    /// <summary>An SSH key does not open. For a file without a check value this is all that shows of damage too.</summary>
    public static InvalidInputException SshKeyPassphrase() => SshKey("The passphrase is wrong, or the key is damaged.");

    /// <summary>The most bytes of text whose encrypted form has no more characters than a limit.</summary>
    /// <param name="limit">In characters.</param>
    /// <remarks>72 characters for type, IV, MAC and separators, base64 of whole AES blocks for the rest.</remarks>
    public static int LongestText(int limit) => ((limit - 72) / 4 * 3 / 16 * 16) - 1;
}
