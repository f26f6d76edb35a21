using Bitwarden.Core.Crypto;
using Bitwarden.Core.Vault;

namespace Bitwarden.Core.Sessions.Unlocking;

/// <summary>What opening a vault gives.</summary>
/// <param name="Keys">The keys; whoever has them zeroes them.</param>
/// <param name="Material">What opened them together with the password; null when they were opened without one.</param>
internal sealed record UnlockedKeys(KeyRing Keys, UnlockMaterial? Material);
