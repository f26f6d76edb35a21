namespace Bitwarden.TestServer.Seeding;

/// <summary>What an account may do in a collection; without anything said, all.</summary>
public sealed record CollectionRights
{
    /// <summary>Items can be read, not changed, and none can be put there.</summary>
    public bool ReadOnly { get; init; }

    /// <summary>Official clients do not show the passwords of its items.</summary>
    public bool HidePasswords { get; init; }

    /// <summary>The right to manage the collection itself.</summary>
    public bool Manage { get; init; } = true;

    /// <summary>The id in somebody's directory.</summary>
    public string? ExternalId { get; init; }

    /// <summary>The account's own collection, "My items", of type 1.</summary>
    public bool IsMyItems { get; init; }
}
