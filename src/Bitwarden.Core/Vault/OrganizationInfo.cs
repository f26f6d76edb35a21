namespace Bitwarden.Core.Vault;

/// <summary>An organization that the account belongs to.</summary>
public sealed record OrganizationInfo : IVaultPlace
{
    /// <summary>The organization's id.</summary>
    public required Guid Id { get; init; }

    /// <summary>The organization's name. Not unique.</summary>
    public required string Name { get; init; }

    /// <summary>What the account is in it; null when the server does not say, as for an organization that is reached through a provider.</summary>
    public OrganizationRole? Role { get; init; }

    /// <summary>How far the membership has come; null when the server does not say.</summary>
    public MembershipStatus? Status { get; init; }

    /// <summary>Whether the organization is in use. Of one that is not, items can be read only.</summary>
    public required bool Enabled { get; init; }

    /// <summary>Whether the account reaches it through a provider.</summary>
    public required bool IsProvided { get; init; }

    /// <summary>How many collections of it the account may see.</summary>
    public required int CollectionCount { get; init; }

    /// <summary>How many items of it the account may see, without those in the trash or the archive.</summary>
    public required int ItemCount { get; init; }

    /// <summary>The name.</summary>
    public override string ToString() => Name;
}
