namespace Bitwarden.Core.Api.Wire;

/// <summary>An organization's collection; the name is under the organization key.</summary>
internal sealed record CollectionRecord
{
    public Guid Id { get; init; }

    public Guid OrganizationId { get; init; }

    public string? Name { get; init; }

    public string? ExternalId { get; init; }

    /// <summary>Whether the account may not change items in it.</summary>
    public bool? ReadOnly { get; init; }

    public bool? HidePasswords { get; init; }

    /// <summary>Whether the account may manage the collection itself.</summary>
    public bool? Manage { get; init; }

    /// <summary>0 for one that is shared, 1 for the account's own collection of the organization.</summary>
    public int? Type { get; init; }
}
