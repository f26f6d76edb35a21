using Bitwarden.TestServer.Seeding;
using Bitwarden.TestServer.Vault;

namespace Bitwarden.TestServer.Api;

/// <summary>A confirmed membership in a profile.</summary>
internal static class OrganizationResponse
{
    internal static object Describe(StoredOrganization organization, TestAccount account) => new
    {
        organization.Id,
        organization.Name,
        Enabled = true,
        Status = 2,
        Type = 2,
        organization.Key,
        account.UserId,
        OrganizationUserId = StableGuid.From("member", $"{organization.Id}/{account.Email}"),
        Identifier = (string?)null,
        UsePolicies = true,
        UseGroups = true,
        UseTotp = true,
        UseApi = true,
        UseSso = false,
        UseKeyConnector = false,
        UseResetPassword = false,
        UsersGetPremium = true,
        SelfHost = true,
        Seats = 10,
        MaxCollections = (int?)null,
        MaxStorageGb = 1,
        HasPublicAndPrivateKeys = true,
        SsoBound = false,
        SsoEnabled = false,
        SsoMemberDecryptionType = (int?)null,
        KeyConnectorEnabled = false,
        KeyConnectorUrl = (string?)null,
        ProductTierType = 3,
        LimitCollectionCreation = false,
        LimitCollectionDeletion = false,
        LimitItemDeletion = false,
        AllowAdminAccessToAllCollectionItems = true,
        UserIsClaimedByOrganization = false,
        Permissions = new { AccessReports = false, ManagePolicies = false, ManageUsers = false, EditAnyCollection = false, DeleteAnyCollection = false },
        Object = "profileOrganization",
    };
}
