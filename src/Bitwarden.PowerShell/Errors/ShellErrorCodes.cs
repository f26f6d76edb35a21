namespace Bitwarden.PowerShell.Errors;

/// <summary>
/// The error codes that only the cmdlets have, beside those of <see cref="Bitwarden.Core.Errors.ErrorCodes"/>. They are part of the API and never change;
/// docs/errors.md explains them.
/// </summary>
public static class ShellErrorCodes
{
    /// <summary>No client id of an API key was given.</summary>
    public const string ClientIdMissing = "ClientIdMissing";

    /// <summary>No e-mail was given.</summary>
    public const string EmailMissing = "EmailMissing";

    /// <summary>No master password was given.</summary>
    public const string MasterPasswordMissing = "MasterPasswordMissing";

    /// <summary>It was said how to use a copy, and not which.</summary>
    public const string FallbackPathMissing = "FallbackPathMissing";

    /// <summary>A Key Connector was not confirmed.</summary>
    public const string KeyConnectorNotConfirmed = "KeyConnectorNotConfirmed";

    /// <summary>A wildcard pattern is not balanced.</summary>
    public const string InvalidPattern = "InvalidPattern";

    /// <summary>A value that is no password was wanted as one.</summary>
    public const string NotAPassword = "NotAPassword";

    /// <summary>No program for addresses was found, or it failed.</summary>
    public const string BrowserUnavailable = "BrowserUnavailable";

    /// <summary>No clipboard was found, or it could not be used.</summary>
    public const string ClipboardUnavailable = "ClipboardUnavailable";

    /// <summary>An item has no address.</summary>
    public const string NoAddress = "NoAddress";

    /// <summary>A file was wanted as text.</summary>
    public const string NotText = "NotText";

    /// <summary>An address is not one to be opened.</summary>
    public const string UnsafeAddress = "UnsafeAddress";

    /// <summary>The rotation of an API key was not confirmed.</summary>
    public const string RotationNotConfirmed = "RotationNotConfirmed";

    /// <summary>An item wants the master password again, and there was none.</summary>
    public const string RepromptRequired = "RepromptRequired";

    /// <summary>Nobody could be asked whether to export without encryption.</summary>
    public const string ExportNotConfirmed = "ExportNotConfirmed";

    /// <summary>That items go for good was not confirmed.</summary>
    public const string RemovalNotConfirmed = "RemovalNotConfirmed";

    /// <summary>What is to be hidden in the agent's log was said in two ways, or in one that there is not.</summary>
    public const string InvalidMasking = "InvalidMasking";

    /// <summary>A value cannot be hidden in the agent's log.</summary>
    public const string LogMaskUnavailable = "LogMaskUnavailable";

    /// <summary>No agent that takes variables runs this process.</summary>
    public const string NoPipelineAgent = "NoPipelineAgent";

    /// <summary>An agent would not take a variable, or would take it for another.</summary>
    public const string InvalidPipelineVariable = "InvalidPipelineVariable";

    /// <summary>The file that an agent reads variables from is not known.</summary>
    public const string PipelineFileMissing = "PipelineFileMissing";
    /// <summary>References, of one or many, that give no value. Nothing was given out.</summary>
    public const string ReferencesUnresolved = "ReferencesUnresolved";

    /// <summary>Another runspace has set the environment variable for a block of its own.</summary>
    public const string EnvironmentInUse = "EnvironmentInUse";

    /// <summary>A variable cannot have that name.</summary>
    public const string EnvironmentNameInvalid = "EnvironmentNameInvalid";

    /// <summary>A variable cannot have that value.</summary>
    public const string EnvironmentValueInvalid = "EnvironmentValueInvalid";

    /// <summary>A file with variables has a line that is none.</summary>
    public const string EnvFileInvalid = "EnvFileInvalid";

    /// <summary>No variable was given to set.</summary>
    public const string NothingToSet = "NothingToSet";

    /// <summary>A template cannot be read, or a reference stands where its value cannot.</summary>
    public const string TemplateInvalid = "TemplateInvalid";

    /// <summary>A parameter of a registered vault cannot be used.</summary>
    public const string InvalidVaultParameter = "InvalidVaultParameter";

    /// <summary>A registered vault may only be read.</summary>
    public const string VaultReadOnly = "VaultReadOnly";

    /// <summary>The value for a secret is empty.</summary>
    public const string EmptySecret = "EmptySecret";

    /// <summary>The value for a secret is longer than an item can hold.</summary>
    public const string SecretTooLong = "SecretTooLong";

    /// <summary>The item holds something of another type.</summary>
    public const string SecretTypeMismatch = "SecretTypeMismatch";

    /// <summary>A vault of SecretManagement cannot hold the value, or not write the part.</summary>
    public const string UnsupportedSecret = "UnsupportedSecret";

    /// <summary>A call took too long.</summary>
    public const string DeadlineExceeded = "DeadlineExceeded";
}
