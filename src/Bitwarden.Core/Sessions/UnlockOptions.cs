namespace Bitwarden.Core.Sessions;

/// <summary>How a master password may be used.</summary>
public sealed record UnlockOptions
{
    /// <summary>
    /// Accepts a key derivation that is weaker than the one this process has seen for the account before. Only when its owner has lowered it: a hostile server
    /// asks for the same.
    /// </summary>
    public bool AllowWeakerKdf { get; init; }
}
