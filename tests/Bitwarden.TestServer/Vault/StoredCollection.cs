namespace Bitwarden.TestServer.Vault;

/// <summary>A collection, with what the account may do in it; its name is encrypted with the organization's key.</summary>
public sealed record StoredCollection(Guid Id, Guid OrganizationId, string Name, bool HidePasswords)
{
    /// <summary>Items can be read, not changed, and none can be put here.</summary>
    public bool ReadOnly { get; init; }

    /// <summary>The right to manage the collection itself.</summary>
    public bool Manage { get; init; } = true;

    /// <summary>The id in somebody's directory.</summary>
    public string? ExternalId { get; init; }

    /// <summary>0 shared, 1 "My items".</summary>
    public int Type { get; init; }

    /// <summary>What to show as the name of a type 1.</summary>
    public string? DefaultUserCollectionEmail { get; init; }
}
