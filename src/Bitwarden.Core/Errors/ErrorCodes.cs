namespace Bitwarden.Core.Errors;

/// <summary>
/// The values of <see cref="BitwardenException.Code"/>, in the order of docs/errors.md, which explains them. They are part of the API and never change.
/// </summary>
public static class ErrorCodes
{
    /// <summary>An organization's key, or an item's owner, is another one than before in the session.</summary>
    public const string KeyChanged = "KeyChanged";

    /// <summary>No client secret of an API key was given, or an empty one.</summary>
    public const string ClientSecretMissing = "ClientSecretMissing";

    /// <summary>A text is longer than any server accepts.</summary>
    public const string InputTooLong = "InputTooLong";

    /// <summary>A file is not a certificate in PFX form, or is damaged.</summary>
    public const string InvalidCertificate = "InvalidCertificate";

    /// <summary>A certificate authority file holds no certificate that can be read.</summary>
    public const string InvalidCertificateAuthority = "InvalidCertificateAuthority";

    /// <summary>A password does not open a certificate.</summary>
    public const string InvalidCertificatePassword = "InvalidCertificatePassword";

    /// <summary>A client id does not have the form of a personal API key's.</summary>
    public const string InvalidClientId = "InvalidClientId";

    /// <summary>A device identifier is not a GUID.</summary>
    public const string InvalidDeviceIdentifier = "InvalidDeviceIdentifier";

    /// <summary>A password, passphrase or user name cannot be as it was asked for.</summary>
    public const string InvalidGeneratorOption = "InvalidGeneratorOption";

    /// <summary>An item cannot be as it was asked for.</summary>
    public const string InvalidItem = "InvalidItem";

    /// <summary>A <c>bw://</c> reference names no item.</summary>
    public const string InvalidReference = "InvalidReference";

    /// <summary>A server address cannot be used.</summary>
    public const string InvalidServer = "InvalidServer";

    /// <summary>A text is not an exported session.</summary>
    public const string InvalidSessionToken = "InvalidSessionToken";

    /// <summary>An SSH key cannot be read, or is of a kind that is not supported.</summary>
    public const string InvalidSshKey = "InvalidSshKey";

    /// <summary>A sealed text of an exported session was given without its secret.</summary>
    public const string SessionKeyMissing = "SessionKeyMissing";

    /// <summary>A secret was given for a text of an exported session that is not sealed.</summary>
    public const string SessionNotSealed = "SessionNotSealed";

    /// <summary>The text of an exported session may not be taken up any more.</summary>
    public const string SessionTextExpired = "SessionTextExpired";

    /// <summary>The secret for the text of an exported session is too short.</summary>
    public const string WeakSessionKey = "WeakSessionKey";

    /// <summary>The secret does not open the text of an exported session.</summary>
    public const string WrongSessionKey = "WrongSessionKey";

    /// <summary>A TOTP field gives no code.</summary>
    public const string InvalidTotp = "InvalidTotp";

    /// <summary>The API key belongs to an organization.</summary>
    public const string OrganizationApiKey = "OrganizationApiKey";

    /// <summary>The server demands the API key's client secret in addition to the password.</summary>
    public const string AdditionalAuthenticationRequired = "AdditionalAuthenticationRequired";

    /// <summary>The server refused the API key.</summary>
    public const string ApiKeyRejected = "ApiKeyRejected";

    /// <summary>The server refused the login for another reason.</summary>
    public const string AuthenticationFailed = "AuthenticationFailed";

    /// <summary>The server refused the client secret as additional authentication.</summary>
    public const string ChallengeRejected = "ChallengeRejected";

    /// <summary>The server wants a newer protocol version.</summary>
    public const string ClientVersionRejected = "ClientVersionRejected";

    /// <summary>The server no longer supports the account's old encryption.</summary>
    public const string LegacyAccount = "LegacyAccount";

    /// <summary>The mailed code for a new device is wrong.</summary>
    public const string NewDeviceCodeRejected = "NewDeviceCodeRejected";

    /// <summary>The server does not know the device and has mailed a code.</summary>
    public const string NewDeviceVerification = "NewDeviceVerification";

    /// <summary>There is nothing to get a new access token with.</summary>
    public const string NoGrant = "NoGrant";

    /// <summary>An organization demands single sign-on.</summary>
    public const string SsoRequired = "SsoRequired";

    /// <summary>The server refused an access token that it had just given.</summary>
    public const string TokenRefused = "TokenRefused";

    /// <summary>The two-step code is wrong.</summary>
    public const string TwoFactorCodeRejected = "TwoFactorCodeRejected";

    /// <summary>Two-step login is on, and no code was given.</summary>
    public const string TwoFactorRequired = "TwoFactorRequired";

    /// <summary>Two-step login is on, but only with methods that need a browser.</summary>
    public const string TwoFactorUnsupported = "TwoFactorUnsupported";

    /// <summary>The server asks for a key derivation above the ceiling.</summary>
    public const string ExcessiveKdf = "ExcessiveKdf";

    /// <summary>The server asks for a key derivation below the floor.</summary>
    public const string InsufficientKdf = "InsufficientKdf";

    /// <summary>The master password is wrong.</summary>
    public const string InvalidMasterPassword = "InvalidMasterPassword";

    /// <summary>The key derivation needs more memory than there is.</summary>
    public const string KdfOutOfMemory = "KdfOutOfMemory";

    /// <summary>No Key Connector is known for the account.</summary>
    public const string NoKeyConnector = "NoKeyConnector";

    /// <summary>The account has no master password.</summary>
    public const string NoMasterPassword = "NoMasterPassword";

    /// <summary>The key derivation is unknown or incomplete.</summary>
    public const string UnsupportedKdf = "UnsupportedKdf";

    /// <summary>The server asks for a weaker key derivation than before.</summary>
    public const string WeakenedKdf = "WeakenedKdf";

    /// <summary>More than one session could be meant.</summary>
    public const string AmbiguousSession = "AmbiguousSession";

    /// <summary>There is no session to work with.</summary>
    public const string NotConnected = "NotConnected";

    /// <summary>The session was disconnected.</summary>
    public const string SessionDisconnected = "SessionDisconnected";

    /// <summary>The session can get no new access token.</summary>
    public const string SessionExpired = "SessionExpired";

    /// <summary>The session was opened from a copy and cannot talk to the server.</summary>
    public const string SessionOffline = "SessionOffline";

    /// <summary>The vault is locked.</summary>
    public const string VaultLocked = "VaultLocked";

    /// <summary>Several items have the name.</summary>
    public const string AmbiguousName = "AmbiguousName";

    /// <summary>Several values of the item have the name.</summary>
    public const string AmbiguousSecret = "AmbiguousSecret";

    /// <summary>No collection has that name.</summary>
    public const string CollectionNotFound = "CollectionNotFound";

    /// <summary>No folder has that name.</summary>
    public const string FolderNotFound = "FolderNotFound";

    /// <summary>No organization has that name.</summary>
    public const string OrganizationNotFound = "OrganizationNotFound";

    /// <summary>No item has the name.</summary>
    public const string ItemNotFound = "ItemNotFound";

    /// <summary>The organization hides the value from this user.</summary>
    public const string SecretHidden = "SecretHidden";

    /// <summary>The item has no such value.</summary>
    public const string SecretNotFound = "SecretNotFound";

    /// <summary>A value was changed, or there is no key for it.</summary>
    public const string DecryptionFailed = "DecryptionFailed";

    /// <summary>An encrypted value or a key does not have the form that it should have.</summary>
    public const string MalformedEncString = "MalformedEncString";

    /// <summary>The server sent an item in an unexpected form.</summary>
    public const string MalformedItem = "MalformedItem";

    /// <summary>The encryption is known and not supported.</summary>
    public const string UnsupportedEncryption = "UnsupportedEncryption";

    /// <summary>The item was changed elsewhere; nothing was written.</summary>
    public const string ItemChanged = "ItemChanged";

    /// <summary>The item cannot be written safely, or may not be.</summary>
    public const string ItemNotWritable = "ItemNotWritable";

    /// <summary>It is not known whether a change arrived.</summary>
    public const string WriteUncertain = "WriteUncertain";

    /// <summary>An organization, or the server, does not allow the export.</summary>
    public const string ExportForbidden = "ExportForbidden";

    /// <summary>Some items cannot be read; no file was written.</summary>
    public const string ExportIncomplete = "ExportIncomplete";

    /// <summary>The file was exported with another key.</summary>
    public const string FileKeyMismatch = "FileKeyMismatch";

    /// <summary>The file is encrypted with a password.</summary>
    public const string FilePasswordRequired = "FilePasswordRequired";

    /// <summary>Not everything arrived.</summary>
    public const string ImportIncomplete = "ImportIncomplete";

    /// <summary>The file is not an export that can be read.</summary>
    public const string InvalidExportFile = "InvalidExportFile";

    /// <summary>The password does not open the file.</summary>
    public const string WrongFilePassword = "WrongFilePassword";

    /// <summary>There is a file of that name already.</summary>
    public const string FileExists = "FileExists";

    /// <summary>A file cannot be read or written.</summary>
    public const string FileUnusable = "FileUnusable";

    /// <summary>No SSH agent could be reached, or what answered is none.</summary>
    public const string SshAgentNotAvailable = "SshAgentNotAvailable";

    /// <summary>The SSH agent refused.</summary>
    public const string SshAgentRefused = "SshAgentRefused";

    /// <summary>A file is no copy of a vault, or not a whole one.</summary>
    public const string InvalidVaultCopy = "InvalidVaultCopy";

    /// <summary>A copy is of another account or server.</summary>
    public const string OtherVaultCopy = "OtherVaultCopy";

    /// <summary>A copy has a newer form than is known.</summary>
    public const string UnsupportedVaultCopy = "UnsupportedVaultCopy";

    /// <summary>A copy was changed after it was written.</summary>
    public const string VaultCopyChanged = "VaultCopyChanged";

    /// <summary>A copy is older than is accepted.</summary>
    public const string VaultCopyTooOld = "VaultCopyTooOld";

    /// <summary>The server answered for another account than the session's.</summary>
    public const string AccountChanged = "AccountChanged";

    /// <summary>The answer is longer than answers of its kind may be.</summary>
    public const string AnswerTooLarge = "AnswerTooLarge";

    /// <summary>The server answered 4xx.</summary>
    public const string ApiError = "ApiError";

    /// <summary>The proxy could not be reached, or gave no connection to the server.</summary>
    public const string ProxyFailed = "ProxyFailed";

    /// <summary>The server answered 429.</summary>
    public const string RateLimited = "RateLimited";

    /// <summary>The server answered 5xx.</summary>
    public const string ServerError = "ServerError";

    /// <summary>The server did not answer in time.</summary>
    public const string ServerTimeout = "ServerTimeout";

    /// <summary>There was no connection, or it broke.</summary>
    public const string ServerUnreachable = "ServerUnreachable";

    /// <summary>There was no trusted TLS connection.</summary>
    public const string TlsFailure = "TlsFailure";

    /// <summary>The answer is not what the protocol says.</summary>
    public const string UnexpectedResponse = "UnexpectedResponse";

    /// <summary>There is no key that opens what the official client keeps.</summary>
    public const string OfficialClientLocked = "OfficialClientLocked";

    /// <summary>There is no data file of the official client.</summary>
    public const string OfficialClientNotFound = "OfficialClientNotFound";

    /// <summary>Nobody is logged in to the official client.</summary>
    public const string OfficialClientNotLoggedIn = "OfficialClientNotLoggedIn";

    /// <summary>The session was imported from the official client and cannot talk to the server.</summary>
    public const string OfficialClientOffline = "OfficialClientOffline";

    /// <summary>The official client's data file has an unknown layout.</summary>
    public const string OfficialClientUnknownLayout = "OfficialClientUnknownLayout";

    /// <summary>The official client's data file cannot be read.</summary>
    public const string OfficialClientUnreadable = "OfficialClientUnreadable";
}
