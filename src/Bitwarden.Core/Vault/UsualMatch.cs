using Bitwarden.Core.Api.Wire;
using Bitwarden.Core.Matching;

namespace Bitwarden.Core.Vault;

/// <summary>
/// How addresses are compared that say nothing about it: by base domain, unless an organization of the account sets another way. A person's own setting is
/// one of each client, and never reaches the server.
/// </summary>
internal static class UsualMatch
{
    private const int Accepted = 1;
    private const int Owner = 0;
    private const int Administrator = 1;

    internal static UriMatch Of(VaultSnapshot snapshot)
    {
        IEnumerable<UriMatch> set = snapshot.Policies
            .Where(policy => policy is { Type: PolicyRecord.UriMatchDefaults, Enabled: true } && Binds(snapshot.Profile, policy.OrganizationId))
            .Select(policy => (UriMatch)(policy.Data?.UriMatchDetection ?? -1));
        return set.FirstOrDefault(Enum.IsDefined, UriMatch.BaseDomain);
    }

    // Who manages the policies of an organization is not bound by them.
    private static bool Binds(ProfileRecord profile, Guid organizationId) => Array.Exists(
        profile.Organizations ?? [],
        organization => organization.Id == organizationId
            && organization.Enabled != false
            && organization.UsePolicies != false
            && organization.Status is null or >= Accepted
            && organization.Type is not (Owner or Administrator)
            && organization.Permissions?.ManagePolicies != true);
}
