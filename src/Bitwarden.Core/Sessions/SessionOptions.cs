namespace Bitwarden.Core.Sessions;

/// <summary>How a session behaves.</summary>
public sealed record SessionOptions
{
    /// <summary>How long after its last use an unlocked session locks by itself; <see cref="Timeout.InfiniteTimeSpan"/> for never.</summary>
    public TimeSpan IdleTimeout { get; init; } = Timeout.InfiniteTimeSpan;

    /// <summary>Keeps the session out of SecretManagement's reach.</summary>
    public bool IsPrivate { get; init; }

    /// <summary>
    /// The file that is to hold the newest copy of the vault (<see cref="VaultCopy"/>): written when the vault was unlocked and after each sync. Replaces
    /// nothing but a copy of the same account. Null for none.
    /// </summary>
    public string? KeepCopyAt { get; init; }
}
