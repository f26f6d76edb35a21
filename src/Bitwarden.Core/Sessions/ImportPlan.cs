using Bitwarden.Core.Transfer;

namespace Bitwarden.Core.Sessions;

/// <summary>A file that was read and encrypted whole, ready to be sent. Holds ciphertext, and the names of folders and collections.</summary>
public sealed class ImportPlan
{
    internal ImportPlan(Guid? organizationId, IReadOnlyList<ImportPlace> places, IReadOnlyList<ImportItem> items)
    {
        OrganizationId = organizationId;
        Places = places;
        Items = items;
    }

    /// <summary>The organization that becomes the owner; null for the personal vault.</summary>
    public Guid? OrganizationId { get; }

    /// <summary>How many items will be added.</summary>
    public int ItemCount => Items.Count;

    /// <summary>How many folders or collections will be added.</summary>
    public int PlaceCount { get; internal init; }

    /// <summary>How many items of the file are in the vault already; zero unless an import is resumed.</summary>
    public int SkippedCount { get; internal init; }

    internal IReadOnlyList<ImportPlace> Places { get; }

    internal IReadOnlyList<ImportItem> Items { get; }

    /// <inheritdoc/>
    public override string ToString() => $"ImportPlan of {ItemCount} items";
}
