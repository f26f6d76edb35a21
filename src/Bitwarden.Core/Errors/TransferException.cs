using System.Globalization;

namespace Bitwarden.Core.Errors;

/// <summary>A vault was not exported or imported, or not all of it.</summary>
public sealed class TransferException : BitwardenException
{
    private TransferException(string code, string message, Exception? cause = null)
        : base(code, message, cause)
    {
    }

    /// <summary>Which value cannot be read, by the names of members; null where it is about none.</summary>
    public string? Place { get; private init; }

    /// <summary>How many items of the file are in the vault; null where nothing was sent, or nobody could look.</summary>
    public int? Arrived { get; private init; }

    /// <summary>How many were to be sent.</summary>
    public int? Total { get; private init; }

    /// <summary>A value of an item cannot be read.</summary>
    /// <param name="place">Which, by the names of members.</param>
    /// <param name="cause">Why; its code becomes this failure's.</param>
    public static TransferException Unreadable(string place, EncryptionException cause)
    {
        ArgumentNullException.ThrowIfNull(cause);
        return new TransferException(cause.Code, $"{place}: {cause.Message}", cause) { Place = place };
    }

    /// <summary>An organization does not let its members export their own vaults.</summary>
    public static TransferException Forbidden() => new(
        ErrorCodes.ExportForbidden, "An organization of your account does not allow that you export your personal vault.");

    /// <summary>The server does not let the account export what an organization has.</summary>
    /// <param name="cause">What it answered.</param>
    public static TransferException OrganizationForbidden(BitwardenException cause) => new(
        ErrorCodes.ExportForbidden,
        "The server does not let your account export the organization's items: that needs the right to manage a collection, or to export all.",
        cause);

    /// <summary>Some items cannot be read, and were not to be left out.</summary>
    /// <param name="count">How many.</param>
    /// <param name="path">The file that was not written.</param>
    public static TransferException ExportIncomplete(int count, string path) => new(
        ErrorCodes.ExportIncomplete, $"{Number(count)} cannot be read, and would be missing. The file '{Shown(path)}' was not written.");

    /// <summary>A file is not an export that can be read. Nothing was sent.</summary>
    /// <param name="place">Where in the file; null for the file as a whole.</param>
    /// <param name="reason">What is wrong, as the end of a sentence without its full stop; nothing of the content.</param>
    public static TransferException InvalidFile(string? place, string reason) => new(
        ErrorCodes.InvalidExportFile, $"The file cannot be imported{(place is null ? string.Empty : $": at {Shown(place)}")}: {reason}. Nothing was sent.");

    /// <summary>A value of a file is longer than the server takes.</summary>
    /// <param name="place">Where in the file.</param>
    /// <param name="limit">The most characters that its encrypted form may have.</param>
    public static TransferException TooLong(string place, int limit) => new(
        ErrorCodes.InputTooLong,
        $"The file cannot be imported: {Shown(place)} is too long. Encrypted, it may have {limit.ToString(CultureInfo.InvariantCulture)} characters. "
        + "Nothing was sent.");

    /// <summary>A file asks for a key derivation outside the limits.</summary>
    /// <param name="cause">Why; its code becomes this failure's.</param>
    public static TransferException Kdf(KdfException cause)
    {
        ArgumentNullException.ThrowIfNull(cause);
        return new TransferException(cause.Code, "The file asks for a key derivation outside the limits that hold everywhere. Nothing was derived.", cause);
    }

    /// <summary>A file is encrypted with a password, and none was given.</summary>
    public static TransferException PasswordRequired() => new(
        ErrorCodes.FilePasswordRequired, "The file is encrypted with a password of its own, and none was given.");

    /// <summary>The password of a file is wrong.</summary>
    public static TransferException WrongPassword() => new(ErrorCodes.WrongFilePassword, "The password does not open the file, or the file was changed.");

    /// <summary>A file belongs to another account or organization, or to keys of before.</summary>
    public static TransferException OtherKey() => new(
        ErrorCodes.FileKeyMismatch,
        "The file can be read only with the key that it was exported with: that of another account or organization, or of this one before its keys were "
        + "changed. Nothing was sent.");

    /// <summary>The import ended before everything had arrived.</summary>
    /// <param name="arrived">How many items are in the vault; null when nobody could look.</param>
    /// <param name="total">How many were to be sent.</param>
    /// <param name="seen">What is known about the rest, as a full sentence.</param>
    /// <param name="cause">What went wrong.</param>
    public static TransferException ImportIncomplete(int? arrived, int total, string seen, BitwardenException cause)
    {
        ArgumentNullException.ThrowIfNull(cause);
        string count = arrived is int known ? known.ToString(CultureInfo.InvariantCulture) : "An unknown number";
        return new TransferException(
            ErrorCodes.ImportIncomplete,
            $"{count} of {Number(total)} arrived. {seen} The cause: {cause.Message}",
            cause)
        {
            Arrived = arrived,
            Total = total,
        };
    }

    private static string Number(int count) => count == 1 ? "1 item" : $"{count.ToString(CultureInfo.InvariantCulture)} items";
}
