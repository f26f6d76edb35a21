using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace Bitwarden.TestServer.Vault;

/// <summary>An item as the server keeps it.</summary>
public sealed record StoredCipher
{
    public required Guid Id { get; init; }

    public required int Type { get; init; }

    public required CipherContent Content { get; init; }

    /// <summary>A sealed blob (format_version); the structured content is empty then.</summary>
    public string? SealedData { get; init; }

    /// <summary>What a client sent as data, word for word; null when it sent members.</summary>
    public string? GivenData { get; init; }

    /// <summary>
    /// Members that only a newer server knows, as they are answered. Such an item keeps the unknown members of a write; others, with null here, drop them.
    /// </summary>
    public JsonObject? UnknownMembers { get; init; }

    public Guid? OrganizationId { get; init; }

    public IReadOnlyList<Guid> CollectionIds { get; init; } = [];

    public Guid? FolderId { get; init; }

    public bool Favorite { get; init; }

    public int Reprompt { get; init; }

    /// <summary>The item's own key, wrapped.</summary>
    public string? Key { get; init; }

    public ImmutableList<StoredAttachment> Attachments { get; init; } = [];

    /// <summary>False takes away what the collections allow.</summary>
    public bool Edit { get; init; } = true;

    /// <summary>False takes away what the collections allow.</summary>
    public bool ViewPassword { get; init; } = true;

    public DateTime RevisionDate { get; init; }

    public DateTime CreationDate { get; init; }

    public DateTime? DeletedDate { get; init; }

    public DateTime? ArchivedDate { get; init; }
}
