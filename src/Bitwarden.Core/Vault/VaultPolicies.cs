using Bitwarden.Core.Api.Wire;

namespace Bitwarden.Core.Vault;

/// <summary>The rules that bind the account: those of its organizations, except where it manages them itself (protocol 9.2).</summary>
internal static class VaultPolicies
{
    private const int Accepted = 1;
    private const int Owner = 0;
    private const int Administrator = 1;

    /// <summary>The rules of a kind that are in force.</summary>
    /// <param name="snapshot">What the server sent.</param>
    /// <param name="type">The kind; see <see cref="PolicyRecord"/>.</param>
    internal static IEnumerable<PolicyRecord> InForce(VaultSnapshot snapshot, int type) => snapshot.Policies
        .Where(policy => policy.Type == type && policy.Enabled == true && Binds(snapshot.Profile, policy.OrganizationId));

    private static bool Binds(ProfileRecord profile, Guid organizationId) => Array.Exists(
        profile.Organizations ?? [],
        organization => organization.Id == organizationId
            && organization.Enabled != false
            && organization.UsePolicies != false
            && organization.Status is null or >= Accepted
            && organization.Type is not (Owner or Administrator)
            && organization.Permissions?.ManagePolicies != true);
}
