using Bitwarden.Core.Errors;

namespace Bitwarden.PowerShell.Errors;

/// <summary>
/// What to do next, by error code, in the words of PowerShell: cmdlets, parameters and variables. The engine says what is wrong and knows none of these.
/// A test holds the table against docs/errors.md.
/// </summary>
internal static class ErrorHints
{
    private const string ConnectAgain = "Connect again with Connect-BwApiKey or Connect-BwAccount.";
    private const string UpdateModule = "Update the module.";
    private const string FetchChanges = "Sync-BwVault fetches changes.";
    private const string WithoutOfficialClient = "or connect with Connect-BwApiKey, which does not need the official client.";
    private const string SaveAnother = "Save-BwVault writes another one when the server can be reached.";
    private const string WhereTheKeyIs = "The key is in the web vault: Settings > Security > Keys > View API key.";

    private static readonly Dictionary<string, Func<BitwardenException, string?>> s_hints = new(StringComparer.Ordinal)
    {
        [ShellErrorCodes.ClientIdMissing] = _ => "Give -ClientId or -Credential, or set the environment variable BW_CLIENTID.",
        [ErrorCodes.ClientSecretMissing] = _ => "Give -ClientSecret or -Credential, or set the environment variable BW_CLIENTSECRET.",
        [ShellErrorCodes.EmailMissing] = _ => "Give -Email or -Credential.",
        [ErrorCodes.InvalidCertificatePassword] = _ => "-PasswordField names the field that holds it; -Password gives it.",
        [ShellErrorCodes.FallbackPathMissing] = _ => "Give -FallbackPath with -UpdateFallback and -MaxAge.",
        [ErrorCodes.InvalidDeviceIdentifier] = _ => "Correct -DeviceIdentifier or the environment variable BW_DEVICEIDENTIFIER.",
        [ErrorCodes.InvalidSshKey] = _ =>
            "Give an Ed25519 or RSA key in the form of OpenSSH or PKCS#8, and the passphrase of a key that has one with -KeyPassphrase.",
        [ErrorCodes.SshAgentNotAvailable] = _ => "Start ssh-agent, and set SSH_AUTH_SOCK as it prints. On Windows start the service ssh-agent.",
        [ErrorCodes.SshAgentRefused] = _ => "ssh-add -l shows what the agent has.",
        [ErrorCodes.InvalidSessionToken] = _ => "Give the whole text that Export-BwSession wrote.",
        [ErrorCodes.SessionKeyMissing] = _ => "Give -Key or -KeyEnvironmentVariable with the key that Export-BwSession was given.",
        [ErrorCodes.SessionNotSealed] = _ => "Seal it with Export-BwSession -Key. Without -Key, Import-BwSession takes one that is not sealed.",
        [ErrorCodes.SessionTextExpired] = _ => "Export again; -ValidFor of Export-BwSession sets the time.",
        [ErrorCodes.WeakSessionKey] = _ => "New-BwPassword 32 makes one.",
        [ErrorCodes.WrongSessionKey] = _ => "Give -Key or -KeyEnvironmentVariable with the key that Export-BwSession was given.",
        [ShellErrorCodes.InvalidPattern] = _ => "For a name that is meant literally put a backtick before each bracket.",
        [ShellErrorCodes.NotAPassword] = _ => "Leave out -AsCredential; user names, codes and files are no passwords.",
        [ShellErrorCodes.BrowserUnavailable] = _ => "On Linux install xdg-utils. Get-BwItem shows the address.",
        [ShellErrorCodes.ClipboardUnavailable] = _ => "On Linux install wl-clipboard, xclip or xsel. Get-BwSecret gives the value without a clipboard.",
        [ShellErrorCodes.NotText] = _ => "Get-BwSecret gives the bytes.",
        [ShellErrorCodes.UnsafeAddress] = _ => "Look at it first. -Force opens addresses for other programs, but never a file or a command.",
        [ShellErrorCodes.KeyConnectorNotConfirmed] = ConfirmConnector,
        [ShellErrorCodes.MasterPasswordMissing] = _ => "Give -MasterPassword or set the environment variable BW_PASSWORD.",
        [ShellErrorCodes.RotationNotConfirmed] = _ => "In a script give -Confirm:$false.",

        [ErrorCodes.AdditionalAuthenticationRequired] = _ =>
            "Give -ClientSecret, set BW_CLIENTSECRET, or log in with Connect-BwApiKey, which is never challenged.",
        [ErrorCodes.ApiKeyRejected] = _ => $"Check BW_CLIENTSECRET or -ClientSecret, and -Server (US, EU or a URL). {WhereTheKeyIs}",
        [ErrorCodes.ChallengeRejected] = _ => $"Check BW_CLIENTSECRET or -ClientSecret. {WhereTheKeyIs}",
        [ErrorCodes.ClientVersionRejected] = _ => UpdateModule,
        [ErrorCodes.NewDeviceVerification] = _ =>
            "Give -NewDeviceCode. For unattended use log in with your personal API key, which needs no code: Connect-BwApiKey.",
        [ErrorCodes.SsoRequired] = _ => "Log in with your personal API key, which is exempt: Connect-BwApiKey.",
        [ErrorCodes.TwoFactorRequired] = _ => "Give -TwoFactorMethod and -TwoFactorCode, or log in with Connect-BwApiKey, which needs no code.",
        [ErrorCodes.TwoFactorUnsupported] = _ => "Log in with your personal API key instead, which needs no second step: Connect-BwApiKey.",

        [ErrorCodes.InvalidMasterPassword] = CheckLogin,
        [ErrorCodes.NoKeyConnector] = _ => "Give -KeyConnectorUrl.",
        [ErrorCodes.NoMasterPassword] = _ =>
            "With a Key Connector, use Connect-BwApiKey and Unlock-BwVault. Trusted devices work only in official clients with a screen.",
        [ErrorCodes.UnsupportedKdf] = _ => UpdateModule,

        [ErrorCodes.KeyChanged] = _ => "Lock-BwVault and Unlock-BwVault accept what the server has now.",
        [ErrorCodes.AmbiguousSession] = _ => "Register the vault with VaultParameters @{ Account = 'e-mail or client id'; Server = '...' }.",
        [ErrorCodes.NotConnected] = Connect,
        [ErrorCodes.SessionDisconnected] = _ => ConnectAgain,
        [ErrorCodes.SessionExpired] = Reconnect,
        [ErrorCodes.SessionOffline] = _ => "Connect with Connect-BwApiKey when the server can be reached again.",
        [ErrorCodes.VaultLocked] = _ => "Unlock it with Unlock-BwVault.",

        [ErrorCodes.ItemNotFound] = FindItem,
        [ErrorCodes.ItemChanged] = _ => "Look at it with Get-BwItem, and try again; -Force of Set-BwItem applies the change to whatever is there.",
        [ShellErrorCodes.ExportNotConfirmed] = _ => "In a script give -Confirm:$false.",
        [ErrorCodes.ExportIncomplete] = _ => "Test-BwVault shows what is wrong with them; -SkipUnreadable leaves them out.",
        [ErrorCodes.FilePasswordRequired] = _ => "Give -Password.",
        [ErrorCodes.FileKeyMismatch] = _ => "Export it again with a password where it came from: Export-BwVault -Password.",
        [ErrorCodes.ImportIncomplete] = _ => "Import-BwVault -Resume sends what is missing, and nothing twice.",
        [ErrorCodes.FileExists] = _ => "-Force replaces a file that was there before.",
        [ErrorCodes.InvalidVaultCopy] = _ => SaveAnother,
        [ErrorCodes.OtherVaultCopy] = _ => "Give the path of the copy that is meant; each account needs a file of its own.",
        [ErrorCodes.UnsupportedVaultCopy] = _ => UpdateModule,
        [ErrorCodes.VaultCopyChanged] = _ => $"Do not use the file. {SaveAnother}",
        [ErrorCodes.VaultCopyTooOld] = _ => "A greater -MaxAge, or none, accepts it.",
        [ErrorCodes.WriteUncertain] = _ => "Look with Sync-BwVault and Get-BwItem before you try again.",
        [ShellErrorCodes.NothingToSet] = _ => "Give -Environment, -EnvFile, -FromEnvironment or -Variable.",
        [ShellErrorCodes.LogMaskUnavailable] = _ => "Where the value cannot get into the log, leave -Mask out or give -NoMask.",
        [ShellErrorCodes.PipelineFileMissing] = _ => "On GitLab give -Path, with the file that the job lists under artifacts:reports:dotenv.",
        [ShellErrorCodes.RepromptRequired] = _ => "Give -MasterPassword, or -SkipReprompt where nobody is there to type it.",
        [ShellErrorCodes.RemovalNotConfirmed] = _ => "In a script give -Confirm:$false.",
        [ErrorCodes.CollectionNotFound] = _ => $"Get-BwCollection lists them. {FetchChanges}",
        [ErrorCodes.FolderNotFound] = _ => $"Get-BwFolder lists them. {FetchChanges}",
        [ErrorCodes.OrganizationNotFound] = _ => $"Get-BwOrganization lists them. {FetchChanges}",

        [ErrorCodes.ServerUnreachable] = _ => "Check -Server, the network and the proxy settings.",
        [ErrorCodes.TlsFailure] = _ => "For a private certificate authority give -CertificateAuthority with its PEM file.",

        [ErrorCodes.OfficialClientLocked] = _ =>
            $"Unlock with 'bw unlock --raw' and put what it prints into BW_SESSION or -SessionKey, {WithoutOfficialClient}",
        [ErrorCodes.OfficialClientNotFound] = _ => $"Give -Path if it keeps its data elsewhere, as its snap package does, {WithoutOfficialClient}",
        [ErrorCodes.OfficialClientNotLoggedIn] = _ => $"Run 'bw login', {WithoutOfficialClient}",
        [ErrorCodes.OfficialClientOffline] = _ =>
            "For newer data run 'bw sync' and import again; for files and everything else connect with Connect-BwApiKey.",
        [ErrorCodes.OfficialClientUnknownLayout] = _ => $"Run 'bw sync' and import again, {WithoutOfficialClient}",
    };

    /// <summary>The codes that have a hint.</summary>
    internal static IReadOnlyCollection<string> Codes => s_hints.Keys;

    /// <summary>The hint for a failure; null for none.</summary>
    internal static string? For(BitwardenException failure) =>
        s_hints.TryGetValue(failure.Code, out Func<BitwardenException, string?>? hint) ? hint(failure) : null;

    private static string? ConfirmConnector(BitwardenException failure) => failure is InvalidInputException { Address: Uri connector }
        ? $"If you know the host, give -KeyConnectorUrl {ForeignText.Show(connector.GetLeftPart(UriPartial.Path))}."
        : null;

    // Only at a login can the account be on another server; the server of a session is the right one.
    private static string? CheckLogin(BitwardenException failure) =>
        failure is AuthenticationFailedException { Host: not null } ? "Check -Email and -Server (US, EU or a URL) too." : null;

    private static string? FindItem(BitwardenException failure) => (failure as ItemLookupException)?.Reason switch
    {
        NotFoundReason.InTrash => "Get-BwItem -Trash shows it.",
        NotFoundReason.Pattern => "Get-BwItem takes them.",
        NotFoundReason.LeftOut => null,
        _ => "The vault may be older than the item: Sync-BwVault fetches changes.",
    };

    // A vault of SecretManagement has no -Session and no current session to choose.
    private static string Connect(BitwardenException failure) => failure is SessionException { SearchedProcess: true }
        ? "Connect with Connect-BwApiKey, then unlock with Unlock-BwVault."
        : "Connect with Connect-BwApiKey, choose a session with Select-BwSession, or give -Session.";

    private static string Reconnect(BitwardenException failure) => failure is SessionException { CauseCode: ErrorCodes.ApiKeyRejected }
        ? $"BW_CLIENTSECRET or -ClientSecret needs the new client_secret. {ConnectAgain}"
        : ConnectAgain;
}
