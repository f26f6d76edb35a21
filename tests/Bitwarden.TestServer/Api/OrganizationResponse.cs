using Bitwarden.TestServer.Seeding;
using Bitwarden.TestServer.Vault;

namespace Bitwarden.TestServer.Api;

/// <summary>A confirmed membership in a profile.</summary>
internal static class OrganizationResponse
{
    internal static object Describe(StoredOrganization organization, ApiCall call) => new
    {
        organization.Id,
        organization.Name,
        Enabled = true,
        Status = 2,
        Type = organization.AllowsTransfer ? 4 : 2,
        organization.Key,
        call.Account.UserId,
        OrganizationUserId = StableGuid.From("member", $"{organization.Id}/{call.Account.Email}"),
        Identifier = (string?)null,
        UsePolicies = true,
        UseGroups = true,
        UseTotp = true,
        UseApi = true,
        UseSso = organization.KeyConnector,
        UseKeyConnector = organization.KeyConnector,
        UseResetPassword = false,
        UsersGetPremium = true,
        SelfHost = true,
        Seats = 10,
        MaxCollections = (int?)null,
        MaxStorageGb = 1,
        HasPublicAndPrivateKeys = true,
        SsoBound = organization.KeyConnector,
        SsoEnabled = organization.KeyConnector,
        SsoMemberDecryptionType = organization.KeyConnector ? 1 : (int?)null,
        KeyConnectorEnabled = organization.KeyConnector,
        KeyConnectorUrl = organization.KeyConnector ? call.Server.KeyConnectorUrl : null,
        ProductTierType = 3,
        LimitCollectionCreation = false,
        LimitCollectionDeletion = false,
        organization.LimitItemDeletion,
        AllowAdminAccessToAllCollectionItems = true,
        UserIsClaimedByOrganization = false,
        Permissions = new
        {
            AccessImportExport = organization.AllowsTransfer,
            AccessReports = false,
            ManagePolicies = false,
            ManageUsers = false,
            EditAnyCollection = false,
            DeleteAnyCollection = false,
        },
        Object = "profileOrganization",
    };
}
