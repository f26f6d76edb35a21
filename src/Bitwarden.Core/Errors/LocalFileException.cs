namespace Bitwarden.Core.Errors;

/// <summary>A file on this machine cannot be read or written.</summary>
public sealed class LocalFileException : BitwardenException
{
    private LocalFileException(string code, string message, Exception? cause = null)
        : base(code, message, cause)
    {
    }

    /// <summary>There is a file of that name already. It was not touched.</summary>
    /// <param name="path">Where.</param>
    public static LocalFileException Exists(string path) => new(
        ErrorCodes.FileExists, $"There is a file '{Shown(path)}' already. It was not touched.");

    /// <summary>The file cannot be read.</summary>
    /// <param name="path">Where.</param>
    /// <param name="reason">Why, in the words of the operating system.</param>
    public static LocalFileException Unreadable(string path, Exception reason) => Unusable("read", path, reason);

    /// <summary>The file cannot be written.</summary>
    /// <param name="path">Where.</param>
    /// <param name="reason">Why, in the words of the operating system.</param>
    public static LocalFileException Unwritable(string path, Exception reason) => Unusable("written", path, reason);

    /// <summary>Whether something is what the operating system says about a file.</summary>
    public static bool IsReason(Exception exception) =>
        exception is IOException or UnauthorizedAccessException or NotSupportedException or System.Security.SecurityException or ArgumentException;

    private static LocalFileException Unusable(string what, string path, Exception reason)
    {
        ArgumentNullException.ThrowIfNull(reason);
        return new LocalFileException(ErrorCodes.FileUnusable, $"The file '{Shown(path)}' cannot be {what}: {Shown(reason.Message)}", reason);
    }
}
