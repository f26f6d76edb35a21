using Bitwarden.Core.Matching;

namespace Bitwarden.Core.Vault;

/// <summary>An address of a login.</summary>
/// <param name="Uri">The address.</param>
/// <param name="Match">How it wants to be compared; null for the account's usual way.</param>
internal sealed record ItemAddress(string Uri, UriMatch? Match);
