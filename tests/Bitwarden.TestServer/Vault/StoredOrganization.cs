namespace Bitwarden.TestServer.Vault;

/// <summary>A confirmed membership.</summary>
/// <param name="Id">The organization.</param>
/// <param name="Name">In clear text.</param>
/// <param name="Key">Its key, shared with the account's public key (type 4).</param>
/// <param name="KeyConnector">Whether its members are unlocked through this server's Key Connector.</param>
public sealed record StoredOrganization(Guid Id, string Name, string Key, bool KeyConnector = false)
{
    /// <summary>Deleting and restoring items takes the right to manage their collection.</summary>
    public bool LimitItemDeletion { get; init; }

    /// <summary>Members may not make collections.</summary>
    public bool LimitCollectionCreation { get; init; }

    /// <summary>The account has a role of its own there, which allows import and export.</summary>
    public bool AllowsTransfer { get; init; }
}
