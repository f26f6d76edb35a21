using System.Management.Automation.Language;
using Bitwarden.Core.Errors;
using Bitwarden.PowerShell.Errors;

namespace Bitwarden.SecretManagement;

/// <summary>What can go wrong only in a registered vault.</summary>
internal static class VaultErrors
{
    /// <param name="reason">Which parameter cannot be used and why, as a full sentence.</param>
    internal static InvalidInputException Parameter(string reason) => new(ShellErrorCodes.InvalidVaultParameter, reason);

    /// <summary>What to do next, where a vault of SecretManagement has a way of its own; null where it has none.</summary>
    internal static string? HintFor(BitwardenException failure, string vault) => failure.Code switch
    {
        ErrorCodes.VaultLocked => $"Unlock it with Unlock-SecretVault {Word(vault)} or Unlock-BwVault.",
        _ => null,
    };

    internal static InvalidInputException Protected(string vault) => new(
        ShellErrorCodes.VaultReadOnly, $"The vault {ForeignText.Show(vault, ForeignText.NameLength)} is registered with ReadOnly. Nothing was changed.");

    internal static InvalidInputException OtherAccount(string meant, string actual) => Parameter(
        $"The vault is registered for {ForeignText.Show(meant, ForeignText.NameLength)}, but the API key in the environment is that of "
        + $"{ForeignText.Show(actual, ForeignText.NameLength)}. That session was closed again.");

    internal static SessionException SignInTooSlow(string server) => new(
        ShellErrorCodes.DeadlineExceeded, $"Signing in at {ForeignText.Show(server, ForeignText.NameLength)} took too long.");

    internal static SessionException TooSlow(string vault, TimeSpan deadline) => new(
        ShellErrorCodes.DeadlineExceeded, $"The vault {vault} gave no answer within {deadline.TotalSeconds:0} seconds.");

    // As it is typed at a prompt.
    private static string Word(string name) => name.All(c => char.IsLetterOrDigit(c) || c is '-' or '_' or '.')
        ? name
        : $"'{CodeGeneration.EscapeSingleQuotedStringContent(ForeignText.Show(name, ForeignText.NameLength))}'";
}
