using Bitwarden.Core.Errors;
using Bitwarden.PowerShell.Errors;

namespace Bitwarden.SecretManagement;

/// <summary>What can go wrong only in a registered vault.</summary>
internal static class VaultErrors
{
    /// <param name="reason">Which parameter cannot be used and why, as a full sentence.</param>
    internal static InvalidInputException Parameter(string reason) => new(ShellErrorCodes.InvalidVaultParameter, reason);

    internal static InvalidInputException ReadOnly(string vault) => new(
        ShellErrorCodes.WriteNotSupported, $"The vault {vault} can only be read: this version of the module does not write. Nothing was changed.");

    internal static SessionException TooSlow(string vault, TimeSpan deadline) => new(
        ShellErrorCodes.DeadlineExceeded, $"The vault {vault} gave no answer within {deadline.TotalSeconds:0} seconds.");
}
