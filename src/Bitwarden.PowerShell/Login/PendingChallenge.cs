namespace Bitwarden.PowerShell.Login;

/// <summary>A server's demand for additional authentication that has not been answered.</summary>
/// <param name="Server">The server.</param>
/// <param name="Account">The account.</param>
/// <param name="Since">When it was demanded.</param>
internal sealed record PendingChallenge(string Server, string Account, DateTimeOffset Since);
