using Bitwarden.Core.Crypto;

namespace Bitwarden.Core.Sessions.Unlocking;

/// <summary>What opening a vault gives.</summary>
/// <param name="Keys">The keys; whoever has them zeroes them.</param>
/// <param name="Kdf">How the master key that opened them was derived; null when they were opened without one.</param>
internal sealed record UnlockedKeys(KeyRing Keys, KdfSettings? Kdf);
