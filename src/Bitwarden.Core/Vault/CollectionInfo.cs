namespace Bitwarden.Core.Vault;

/// <summary>A collection of an organization.</summary>
public sealed record CollectionInfo : IVaultPlace
{
    /// <summary>The collection's id.</summary>
    public required Guid Id { get; init; }

    /// <summary>The whole name, with <c>/</c> for nesting; null when it cannot be decrypted. Not unique.</summary>
    public required string? Name { get; init; }

    /// <summary>The last part of the name.</summary>
    public string? Leaf => NestedName.Leaf(Name);

    /// <summary>The name of the collection above; null for none.</summary>
    public string? Parent => NestedName.Parent(Name);

    /// <summary>The organization's name.</summary>
    public required string? Organization { get; init; }

    /// <summary>The organization's id.</summary>
    public required Guid OrganizationId { get; init; }

    /// <summary>How many items are in it, without those in the trash or the archive.</summary>
    public required int ItemCount { get; init; }

    /// <summary>Whether the account may read its items only.</summary>
    public required bool ReadOnly { get; init; }

    /// <summary>Whether passwords in it are hidden from the account.</summary>
    public required bool HidePasswords { get; init; }

    /// <summary>Whether the account may manage the collection itself.</summary>
    public required bool Manage { get; init; }

    /// <summary>Whether it is the account's own collection, in which its items lie that the organization owns.</summary>
    public required bool IsDefault { get; init; }

    /// <summary>The id that a directory knows the collection by; null for none.</summary>
    public string? ExternalId { get; init; }

    /// <summary>The name.</summary>
    public override string ToString() => Name ?? Id.ToString();
}
