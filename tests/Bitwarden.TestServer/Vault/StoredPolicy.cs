using System.Text.Json.Nodes;

namespace Bitwarden.TestServer.Vault;

/// <summary>A policy of an organization.</summary>
public sealed record StoredPolicy(Guid Id, Guid OrganizationId, int Type, bool Enabled, DateTime RevisionDate)
{
    /// <summary>Items belong to the organization: no new ones in the personal vault.</summary>
    public const int DataOwnership = 5;

    /// <summary>Settings that only this type has.</summary>
    public JsonObject? Data { get; init; }
}
