using System.Security;
using Bitwarden.Core.Errors;

namespace Bitwarden.PowerShell.Login;

/// <summary>What the user gave beforehand for the steps of a password login.</summary>
internal sealed record LoginAnswers(
    TwoFactorMethod? TwoFactorMethod, string? TwoFactorCode, bool RememberDevice, string? NewDeviceCode, SecureString? ClientSecret)
{
    /// <inheritdoc/>
    public override string ToString() => "LoginAnswers";
}
