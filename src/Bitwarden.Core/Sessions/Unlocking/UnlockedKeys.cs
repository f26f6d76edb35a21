using Bitwarden.Core.Crypto;

namespace Bitwarden.Core.Sessions.Unlocking;

/// <summary>What opening a vault gives.</summary>
/// <param name="Keys">The keys; whoever has them zeroes them.</param>
/// <param name="Kdf">How the master key was derived that opened them; null when none was.</param>
internal sealed record UnlockedKeys(KeyRing Keys, KdfSettings? Kdf);
