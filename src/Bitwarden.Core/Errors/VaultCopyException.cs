using System.Globalization;

namespace Bitwarden.Core.Errors;

/// <summary>A copy of a vault on the disk cannot be used. Nothing of it was taken over, and the file was not touched.</summary>
public sealed class VaultCopyException : BitwardenException
{
    private VaultCopyException(string code, string message)
        : base(code, message)
    {
    }

    /// <summary>The file is no copy of a vault, or not a whole one.</summary>
    /// <param name="path">The file.</param>
    /// <param name="reason">Why, as the end of a sentence without its full stop.</param>
    public static VaultCopyException Invalid(string path, string reason) => new(
        ErrorCodes.InvalidVaultCopy, $"The file '{Shown(path)}' is no usable copy of a vault: {reason}.");

    /// <summary>The file has a newer form than is known here.</summary>
    /// <param name="path">The file.</param>
    public static VaultCopyException Newer(string path) => new(
        ErrorCodes.UnsupportedVaultCopy, $"The copy '{Shown(path)}' was written by a newer version, in a form that is not known here.");

    /// <summary>The user key that the copy holds did not make its seal.</summary>
    /// <param name="account">The account.</param>
    public static VaultCopyException Changed(string account) => new(
        ErrorCodes.VaultCopyChanged, $"The copy of the vault of {Shown(account)} was changed after it was written. Nothing of it is shown.");

    /// <summary>The copy is older than the caller accepts.</summary>
    /// <param name="path">The file.</param>
    /// <param name="date">Of when it is.</param>
    /// <param name="maxAge">The oldest that is accepted.</param>
    public static VaultCopyException TooOld(string path, DateTimeOffset date, TimeSpan maxAge) => new(
        ErrorCodes.VaultCopyTooOld,
        string.Create(CultureInfo.InvariantCulture, $"The copy '{Shown(path)}' is of {date.UtcDateTime:u}, which is more than {maxAge:c} ago."));

    /// <summary>The copy has a date to come, so that nobody knows how old it is.</summary>
    /// <param name="path">The file.</param>
    /// <param name="date">Of when it says it is.</param>
    public static VaultCopyException FromFuture(string path, DateTimeOffset date) => new(
        ErrorCodes.VaultCopyTooOld,
        string.Create(
            CultureInfo.InvariantCulture,
            $"The copy '{Shown(path)}' is of {date.UtcDateTime:u}, which is still to come: a clock is wrong, and how old the copy is cannot be told."));

    /// <summary>The copy is of another account or server than the one that is meant.</summary>
    /// <param name="path">The file.</param>
    /// <param name="account">Whose it is.</param>
    /// <param name="server">On which server.</param>
    public static VaultCopyException OtherAccount(string path, string account, string server) => new(
        ErrorCodes.OtherVaultCopy, $"The copy '{Shown(path)}' is of {Shown(account)} on {Shown(server)}, and not of the account that is meant.");
}
