using System.Text.Json.Serialization;

namespace Bitwarden.Core.Api.Wire;

/// <summary>The account as sync describes it.</summary>
internal sealed record ProfileRecord
{
    public Guid Id { get; init; }

    public string? Name { get; init; }

    public string? Email { get; init; }

    public string? Key { get; init; }

    public string? PrivateKey { get; init; }

    public AccountKeysRecord? AccountKeys { get; init; }

    public string? SecurityStamp { get; init; }

    public bool? UsesKeyConnector { get; init; }

    public bool? TwoFactorEnabled { get; init; }

    public bool? EmailVerified { get; init; }

    public bool? Premium { get; init; }

    public DateTimeOffset? CreationDate { get; init; }

    public OrganizationRecord[]? Organizations { get; init; }

    public OrganizationRecord[]? Providers { get; init; }

    public ProviderOrganizationRecord[]? ProviderOrganizations { get; init; }
}

/// <summary>An organization or a provider, with its key shared by RSA; null for one that is not confirmed yet.</summary>
internal sealed record OrganizationRecord
{
    public Guid Id { get; init; }

    public string? Name { get; init; }

    public string? Key { get; init; }

    public string? KeyConnectorUrl { get; init; }

    /// <summary>Whether it may be used; null counts as yes.</summary>
    public bool? Enabled { get; init; }

    /// <summary>How far the membership has come: -1 revoked, 0 invited, 1 accepted, 2 confirmed.</summary>
    public int? Status { get; init; }

    /// <summary>The role: 0 owner, 1 administrator, 2 user, 3 manager, 4 custom.</summary>
    public int? Type { get; init; }

    public bool? UsePolicies { get; init; }

    [JsonConverter(typeof(TolerantObjectConverter<PermissionsRecord>))]
    public PermissionsRecord? Permissions { get; init; }
}

/// <summary>What is read of the permissions of a custom role.</summary>
internal sealed record PermissionsRecord
{
    public bool? ManagePolicies { get; init; }
}

/// <summary>An organization that is reached through a provider; its key is wrapped with the provider's.</summary>
internal sealed record ProviderOrganizationRecord
{
    /// <summary>The organization's id, which the server calls <c>id</c> here as in the list of organizations.</summary>
    [JsonPropertyName("id")]
    public Guid OrganizationId { get; init; }

    public Guid ProviderId { get; init; }

    public string? Name { get; init; }

    public string? Key { get; init; }
}
