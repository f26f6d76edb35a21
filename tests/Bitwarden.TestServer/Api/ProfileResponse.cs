using System.Text.Json.Serialization;
using Bitwarden.TestServer.Seeding;

namespace Bitwarden.TestServer.Api;

/// <summary>The profile of /accounts/profile and /sync. It carries no KDF settings.</summary>
internal sealed record ProfileResponse
{
    public required Guid Id { get; init; }

    public required string Name { get; init; }

    public required string Email { get; init; }

    public required bool EmailVerified { get; init; }

    public required bool Premium { get; init; }

    public bool PremiumFromOrganization { get; init; }

    public string Culture { get; init; } = "en-US";

    public required bool TwoFactorEnabled { get; init; }

    public required string? Key { get; init; }

    public required string PrivateKey { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public object? AccountKeys { get; init; }

    public required string SecurityStamp { get; init; }

    public bool ForcePasswordReset { get; init; }

    public required bool UsesKeyConnector { get; init; }

    public string? AvatarColor { get; init; }

    public DateTime CreationDate { get; init; } = AccountProfile.CreationDate;

    public bool VerifyDevices { get; init; } = true;

    public required IReadOnlyList<object> Organizations { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<object>? OrganizationsNew { get; init; }

    public IReadOnlyList<object> Providers { get; init; } = [];

    public IReadOnlyList<object> ProviderOrganizations { get; init; } = [];

    public string Object { get; init; } = "profile";

    internal static ProfileResponse From(ApiCall call)
    {
        TestAccount account = call.Account;
        bool isOld = call.Server.Options.PascalCaseApi;
        object[] organizations = [.. account.Vault.Organizations.Select(organization => OrganizationResponse.Describe(organization, call))];
        return new ProfileResponse
        {
            Id = account.UserId,
            Name = account.Profile.Name,
            Email = account.Email,
            EmailVerified = account.EmailVerified,
            Premium = account.Premium,
            TwoFactorEnabled = account.TwoFactor.IsOn,
            Key = account.Keys.WrappedUserKey,
            PrivateKey = account.Keys.WrappedPrivateKey,
            AccountKeys = isOld ? null : DescribeKeys(account.Keys),
            SecurityStamp = account.SecurityStamp,
            UsesKeyConnector = account.UsesKeyConnector,
            Organizations = organizations,
            OrganizationsNew = isOld ? null : organizations,
        };
    }

    private static object DescribeKeys(AccountKeys keys) => new
    {
        PublicKeyEncryptionKeyPair = new
        {
            keys.WrappedPrivateKey,
            keys.PublicKey,
            SignedPublicKey = (string?)null,
            Object = "publicKeyEncryptionKeyPair",
        },
        SignatureKeyPair = (object?)null,
        SecurityState = (object?)null,
        Object = "privateKeys",
    };
}
