using System.Management.Automation;
using Bitwarden.Core.Errors;

namespace Bitwarden.PowerShell.Errors;

/// <summary>The only place where error records are made. The failure's code is the ErrorId; the category follows from it.</summary>
public static class ErrorRecords
{
    /// <summary>Turns a failure of the engine into an error record.</summary>
    /// <param name="exception">The failure.</param>
    /// <param name="target">What it is about: a name or an id, never a value.</param>
    public static ErrorRecord From(BitwardenException exception, object? target = null)
    {
        ArgumentNullException.ThrowIfNull(exception);
        return new ErrorRecord(exception, exception.Code, CategoryOf(exception), target);
    }

    private static ErrorCategory CategoryOf(BitwardenException exception) => exception switch
    {
        InvalidInputException => ErrorCategory.InvalidArgument,
        AuthenticationFailedException => ErrorCategory.AuthenticationError,
        SessionException => ErrorCategory.AuthenticationError,
        KdfException or EncryptionException { Code: "DecryptionFailed" } => ErrorCategory.SecurityError,
        EncryptionException { Code: "UnsupportedEncryption" } => ErrorCategory.NotImplemented,
        EncryptionException => ErrorCategory.InvalidData,
        ItemUnreadableException { InnerException: BitwardenException cause } => CategoryOf(cause),
        ItemLookupException { Code: "AmbiguousName" or "AmbiguousSecret" } => ErrorCategory.InvalidArgument,
        ItemLookupException { Code: "SecretHidden" } => ErrorCategory.PermissionDenied,
        ItemLookupException => ErrorCategory.ObjectNotFound,
        ServerException server => CategoryOf(server),
        OfficialClientException official => CategoryOf(official),
        _ => ErrorCategory.NotSpecified,
    };

    private static ErrorCategory CategoryOf(OfficialClientException exception) => exception.Code switch
    {
        "OfficialClientNotFound" => ErrorCategory.ObjectNotFound,
        "OfficialClientNotLoggedIn" or "OfficialClientLocked" => ErrorCategory.AuthenticationError,
        "OfficialClientUnreadable" => ErrorCategory.ReadError,
        "OfficialClientOffline" => ErrorCategory.InvalidOperation,
        _ => ErrorCategory.NotImplemented,
    };

    private static ErrorCategory CategoryOf(ServerException exception) => exception.Code switch
    {
        "RateLimited" or "ServerError" => ErrorCategory.ResourceUnavailable,
        "ServerTimeout" => ErrorCategory.OperationTimeout,
        "UnexpectedResponse" => ErrorCategory.InvalidResult,
        "ApiError" => ErrorCategory.PermissionDenied,
        _ => ErrorCategory.ConnectionError,
    };
}
