using Bitwarden.TestServer.Vault;

namespace Bitwarden.TestServer.Api;

/// <summary>What a write of an item must pass on the official server.</summary>
internal static class WriteRules
{
    private static readonly TimeSpan s_tolerance = TimeSpan.FromSeconds(1);
    private static readonly Version s_passkeys = new(2023, 10, 0);

    /// <summary>For whom, and with which key, the item was encrypted. An organization's key has no id.</summary>
    internal static void CheckOwner(ApiCall call, PostedCipher request, bool isOrganizations)
    {
        if (request.EncryptedFor is Guid owner && owner != call.Account.UserId)
        {
            throw ApiException.BadRequest("Cipher was not encrypted for the current user. Please try again.");
        }

        bool isOtherKey = request.EncryptedByKeyId is string id && call.Account.UserKeyId is string known && id != known;
        if (isOtherKey && !isOrganizations)
        {
            throw ApiException.BadRequest("Cipher was not encrypted with the current user key. Please try again.");
        }
    }

    /// <summary>Clients from before there were passkeys would lose them. A client that names no version passes.</summary>
    internal static void CheckPasskeys(ApiCall call, StoredCipher cipher)
    {
        if (cipher.Content.Login?.Fido2Credentials is not null && call.ClientVersion is Version version && version < s_passkeys)
        {
            throw ApiException.BadRequest("Cannot edit item. Update to the latest version of Bitwarden and try again.");
        }
    }

    /// <summary>Whether the item is where the client believes it to be.</summary>
    internal static void CheckPlace(StoredCipher cipher, Guid? organization)
    {
        if (organization != cipher.OrganizationId)
        {
            throw ApiException.BadRequest("Organization mismatch. Re-sync if you recently moved this item, then try again.");
        }
    }

    internal static void CheckEdit(ApiCall call, StoredCipher cipher)
    {
        if (!call.Account.Vault.AccessTo(cipher).Edit)
        {
            throw ApiException.BadRequest("You do not have permissions to edit this.");
        }
    }

    /// <summary>The revision rule, for every call that carries lastKnownRevisionDate.</summary>
    internal static void CheckRevision(StoredCipher cipher, DateTime? lastKnown)
    {
        DateTime? known = lastKnown is { Kind: DateTimeKind.Local } local ? local.ToUniversalTime() : lastKnown;
        if (known is DateTime date && (date - cipher.RevisionDate).Duration() > s_tolerance)
        {
            throw ApiException.BadRequest(
                "The item cannot be saved because it is out of date. To edit this item, first sync your vault, or log out and back in.");
        }
    }

    /// <summary>The policy that keeps items out of the personal vault. Only creating is refused.</summary>
    internal static void CheckPersonalVault(ApiCall call)
    {
        if (call.Account.Vault.Policies.Any(policy => policy.Enabled && policy.Type == StoredPolicy.DataOwnership))
        {
            throw ApiException.BadRequest("Due to an Enterprise Policy, you are restricted from saving items to your personal vault.");
        }
    }

    internal static void CheckMembership(ApiCall call, Guid organization)
    {
        if (call.Account.Vault.Organizations.All(known => known.Id != organization))
        {
            throw ApiException.NotFound();
        }
    }
}
