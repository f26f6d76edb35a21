using Bitwarden.Core.Api.Wire;
using Bitwarden.Core.Matching;

namespace Bitwarden.Core.Vault;

/// <summary>
/// How addresses are compared that say nothing about it: by base domain, unless an organization of the account sets another way. A person's own setting is
/// one of each client, and never reaches the server.
/// </summary>
internal static class UsualMatch
{
    internal static UriMatch Of(VaultSnapshot snapshot)
    {
        IEnumerable<UriMatch> set = VaultPolicies.InForce(snapshot, PolicyRecord.UriMatchDefaults)
            .Select(policy => (UriMatch)(policy.Data?.UriMatchDetection ?? -1));
        return set.FirstOrDefault(Enum.IsDefined, UriMatch.BaseDomain);
    }
}
