using Bitwarden.TestServer.Vault;

namespace Bitwarden.TestServer.Api;

/// <summary>GET /api/sync (protocol 6.1).</summary>
internal static class SyncEndpoint
{
    private static readonly Version s_sshKeys = new(2024, 12, 0);
    private static readonly Version s_newTypes = new(2026, 2, 0);

    internal static void Map(ServerRoutes routes) => routes.Authorized("/api").Get("/sync", Build);

    private static object Build(ApiCall call)
    {
        VaultStore vault = call.Account.Vault;
        bool isOld = call.Server.Options.PascalCaseApi;
        object[] policies = [.. vault.Policies.Select(Describe)];
        return new SyncResponse
        {
            Profile = ProfileResponse.From(call),
            Folders = vault.Folders.Select(FolderEndpoints.Describe),
            Collections = vault.Collections.Select(CollectionEndpoints.Details),
            Ciphers = Visible(call).Select(cipher => call.Server.WrittenCiphers.Details(cipher, call)),
            Domains = ExcludesDomains(call)
                ? null
                : new { EquivalentDomains = (object?)null, GlobalEquivalentDomains = Array.Empty<object>(), Object = "domains" },
            Policies = policies,
            PoliciesNew = isOld ? null : policies,
            UserDecryption = isOld ? null : DescribeDecryption(call.Account),
        };
    }

    /// <summary>Leaves out, silently, what the announced version of the client does not know.</summary>
    private static IEnumerable<StoredCipher> Visible(ApiCall call)
    {
        bool sshKeys = call.ClientIsAtLeast(s_sshKeys);
        bool newTypes = call.ClientIsAtLeast(s_newTypes) && call.Server.Options.FeatureStates.GetValueOrDefault("pm-32009-new-item-types");
        return call.Account.Vault.Ciphers.Where(cipher => cipher.Type switch
        {
            5 => sshKeys,
            6 or 7 or 8 => newTypes,
            _ => true,
        });
    }

    private static bool ExcludesDomains(ApiCall call) => bool.TryParse(call.Http.Request.Query["excludeDomains"], out bool exclude) && exclude;

    private static object Describe(StoredPolicy policy) => new
    {
        policy.Id,
        policy.OrganizationId,
        policy.Type,
        policy.Data,
        policy.Enabled,
        policy.RevisionDate,
        Object = "policy",
    };

    private static object DescribeDecryption(TestAccount account) => new
    {
        MasterPasswordUnlock = account.HasMasterPassword ? DescribeUnlock(account) : null,
        WebAuthnPrfOptions = (object?)null,
        V2UpgradeToken = (object?)null,
        account.UserKeyId,
    };

    private static object DescribeUnlock(TestAccount account) => new
    {
        Kdf = new
        {
            KdfType = (int)account.Kdf.Type,
            account.Kdf.Iterations,
            Memory = account.Kdf.MemoryMib,
            account.Kdf.Parallelism,
        },
        MasterKeyEncryptedUserKey = account.Keys.WrappedUserKey,
        Salt = account.Email,
        ContainedKeyId = account.UserKeyId,
    };
}
