namespace Bitwarden.Core.Sessions;

/// <summary>How a master password may be used.</summary>
public sealed record UnlockOptions
{
    /// <summary>
    /// Accepts a key derivation that is weaker than the strongest that opened the account's vault in this process, or a login with another salt. Only when its
    /// owner has changed it: a hostile server asks for the same. Counts for this use; the measure stays.
    /// </summary>
    public bool AllowWeakerKdf { get; init; }
}
