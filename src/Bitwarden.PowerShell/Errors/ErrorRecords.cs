using System.Management.Automation;
using Bitwarden.Core.Errors;
using Bitwarden.PowerShell.Desktop;

namespace Bitwarden.PowerShell.Errors;

/// <summary>
/// The only place where error records are made. The failure's code is the ErrorId; the category follows from it, and so does the hint that its message
/// ends with.
/// </summary>
public static class ErrorRecords
{
    // PowerShell's own id for it.
    private const string PrintedLine = "NativeCommandError";

    /// <summary>Turns a failure of the engine into an error record.</summary>
    /// <param name="exception">The failure.</param>
    /// <param name="target">What it is about: a name or an id, never a value.</param>
    public static ErrorRecord From(BitwardenException exception, object? target = null)
    {
        ArgumentNullException.ThrowIfNull(exception);
        exception.Hint ??= ErrorHints.For(exception);
        ErrorRecord record = new(exception, exception.Code, CategoryOf(exception), target);
        if (target is not null)
        {
            // What views show of the target; the object itself stays as it is.
            record.CategoryInfo.TargetName = ForeignText.Show(target.ToString(), ForeignText.NameLength);
        }

        return record;
    }

    /// <summary>Whether a record is a line that a program printed to standard error.</summary>
    internal static bool IsPrinted(ErrorRecord record) => record.FullyQualifiedErrorId.StartsWith(PrintedLine, StringComparison.Ordinal);

    /// <summary>The record of such a line with another text.</summary>
    internal static ErrorRecord Printed(ErrorRecord line, string text) => new(new RemoteException(text), PrintedLine, line.CategoryInfo.Category, text);

    private static ErrorCategory CategoryOf(BitwardenException exception) => exception switch
    {
        InvalidInputException { Code: ShellErrorCodes.VaultReadOnly } => ErrorCategory.PermissionDenied,
        InvalidInputException { Code: ShellErrorCodes.EnvironmentInUse } => ErrorCategory.ResourceBusy,
        InvalidInputException or ReferencesException => ErrorCategory.InvalidArgument,
        AuthenticationFailedException => ErrorCategory.AuthenticationError,
        SessionException { Code: ShellErrorCodes.DeadlineExceeded } => ErrorCategory.OperationTimeout,
        SessionException { Code: ErrorCodes.SessionOffline } => ErrorCategory.InvalidOperation,
        SessionException => ErrorCategory.AuthenticationError,
        KdfException or EncryptionException { Code: ErrorCodes.DecryptionFailed } => ErrorCategory.SecurityError,
        EncryptionException { Code: ErrorCodes.UnsupportedEncryption } => ErrorCategory.NotImplemented,
        EncryptionException => ErrorCategory.InvalidData,
        ItemUnreadableException { InnerException: BitwardenException cause } => CategoryOf(cause),
        ItemLookupException { Code: ErrorCodes.AmbiguousName or ErrorCodes.AmbiguousSecret } => ErrorCategory.InvalidArgument,
        ItemLookupException { Code: ErrorCodes.SecretHidden } => ErrorCategory.PermissionDenied,
        ItemLookupException => ErrorCategory.ObjectNotFound,
        ItemWriteException { Code: ErrorCodes.ItemNotWritable } => ErrorCategory.PermissionDenied,
        ItemWriteException => ErrorCategory.WriteError,
        TransferException transfer => CategoryOf(transfer),
        LocalFileException { Code: ErrorCodes.FileExists } => ErrorCategory.ResourceExists,
        LocalFileException => ErrorCategory.OpenError,
        VaultCopyException copy => CategoryOf(copy),
        ServerException server => CategoryOf(server),
        OfficialClientException official => CategoryOf(official),
        SshAgentException { Code: ErrorCodes.SshAgentRefused } => ErrorCategory.PermissionDenied,
        SshAgentException => ErrorCategory.ResourceUnavailable,
        DesktopException => ErrorCategory.ResourceUnavailable,
        _ => ErrorCategory.NotSpecified,
    };

    private static ErrorCategory CategoryOf(TransferException exception) => exception.Code switch
    {
        ErrorCodes.ExportForbidden => ErrorCategory.PermissionDenied,
        ErrorCodes.ExportIncomplete or ErrorCodes.ImportIncomplete => ErrorCategory.WriteError,
        ErrorCodes.FilePasswordRequired or ErrorCodes.InputTooLong => ErrorCategory.InvalidArgument,
        ErrorCodes.InvalidExportFile => ErrorCategory.InvalidData,
        _ => ErrorCategory.SecurityError,
    };

    private static ErrorCategory CategoryOf(VaultCopyException exception) => exception.Code switch
    {
        ErrorCodes.InvalidVaultCopy => ErrorCategory.InvalidData,
        ErrorCodes.UnsupportedVaultCopy => ErrorCategory.NotImplemented,
        ErrorCodes.VaultCopyTooOld => ErrorCategory.InvalidOperation,
        _ => ErrorCategory.SecurityError,
    };

    private static ErrorCategory CategoryOf(OfficialClientException exception) => exception.Code switch
    {
        ErrorCodes.OfficialClientNotFound => ErrorCategory.ObjectNotFound,
        ErrorCodes.OfficialClientNotLoggedIn or ErrorCodes.OfficialClientLocked => ErrorCategory.AuthenticationError,
        ErrorCodes.OfficialClientUnreadable => ErrorCategory.ReadError,
        ErrorCodes.OfficialClientOffline => ErrorCategory.InvalidOperation,
        _ => ErrorCategory.NotImplemented,
    };

    private static ErrorCategory CategoryOf(ServerException exception) => exception.Code switch
    {
        ErrorCodes.RateLimited or ErrorCodes.ServerError => ErrorCategory.ResourceUnavailable,
        ErrorCodes.ServerTimeout => ErrorCategory.OperationTimeout,
        ErrorCodes.UnexpectedResponse => ErrorCategory.InvalidResult,
        ErrorCodes.AnswerTooLarge => ErrorCategory.LimitsExceeded,
        ErrorCodes.AccountChanged => ErrorCategory.SecurityError,
        ErrorCodes.ApiError => ErrorCategory.PermissionDenied,
        _ => ErrorCategory.ConnectionError,
    };
}
