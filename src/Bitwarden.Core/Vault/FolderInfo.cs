namespace Bitwarden.Core.Vault;

/// <summary>A personal folder.</summary>
public sealed record FolderInfo : IVaultPlace
{
    /// <summary>The folder's id.</summary>
    public required Guid Id { get; init; }

    /// <summary>The whole name, with <c>/</c> for nesting; null when it cannot be decrypted. Not unique.</summary>
    public required string? Name { get; init; }

    /// <summary>The last part of the name.</summary>
    public string? Leaf => NestedName.Leaf(Name);

    /// <summary>The name of the folder above; null for none.</summary>
    public string? Parent => NestedName.Parent(Name);

    /// <summary>How many items are in it, without those in the trash or the archive, and without those of folders below.</summary>
    public required int ItemCount { get; init; }

    /// <summary>When the folder was last changed; null when the server does not say.</summary>
    public DateTimeOffset? RevisionDate { get; init; }

    /// <summary>The name.</summary>
    public override string ToString() => Name ?? Id.ToString();
}
