using Bitwarden.Core.Errors;
using Bitwarden.Core.Vault;
using Bitwarden.PowerShell.Errors;
using Bitwarden.PowerShell.Formatting;

namespace Bitwarden.SecretManagement.Storing;

/// <summary>What cannot be written through SecretManagement. Nothing was sent.</summary>
internal static class StoringErrors
{
    /// <summary>The longest value of a field, in bytes of UTF-8.</summary>
    internal static readonly int LongestField = InvalidInputException.LongestText(ItemMember.MiddleLimit);

    /// <summary>The longest name of a field, in bytes of UTF-8.</summary>
    internal static readonly int LongestName = InvalidInputException.LongestText(ItemMember.ShortLimit);

    internal static InvalidInputException Empty(string what) => new(
        ShellErrorCodes.EmptySecret, $"The {what.Shown()} is empty. Nothing was sent.");

    /// <param name="what">What is too long, as the end of "The ...".</param>
    /// <param name="limit">In bytes.</param>
    /// <param name="hint">Where there is room; null for nowhere.</param>
    internal static InvalidInputException TooLong(string what, int limit, string? hint = null) => new(
        ShellErrorCodes.SecretTooLong,
        $"The {what.Shown()} is too long: at most {limit:N0} bytes fit. Nothing was sent.{(hint is null ? string.Empty : " " + hint)}");

    internal static void EnsureFits(int length, int limit, string what, string? hint = null)
    {
        if (length > limit)
        {
            throw TooLong(what, limit, hint);
        }
    }

    /// <param name="item">The item.</param>
    /// <param name="reason">What it holds and what would go, as the end of a sentence without its full stop.</param>
    internal static InvalidInputException Mismatch(VaultItem item, string reason) => new(
        ShellErrorCodes.SecretTypeMismatch, $"'{item.UniqueName.Shown()}' {reason}. Nothing was sent.");

    /// <param name="reason">As a full sentence.</param>
    internal static InvalidInputException Unsupported(string reason) => new(ShellErrorCodes.UnsupportedSecret, reason + " Nothing was sent.");
}
