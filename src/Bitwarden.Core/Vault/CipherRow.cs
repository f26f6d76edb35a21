using System.Text.Json;
using Bitwarden.Core.Api.Wire;

namespace Bitwarden.Core.Vault;

/// <summary>
/// One item in the index of a sync answer: what listing and finding need, and where in the bytes its document, its name and its key lie. Everything else is
/// parsed from the document when it is asked for.
/// </summary>
internal sealed record CipherRow
{
    internal required VaultBytes Bytes { get; init; }

    /// <summary>Where the document lies, from brace to brace.</summary>
    internal ByteRange Document { get; init; }

    /// <summary>Where in the document the server's own copy was left out; zero for nowhere, less for more than one place.</summary>
    internal int CopyAt { get; init; }

    /// <summary>Where the JSON text of the name lies, with its quotes; empty for none.</summary>
    internal ByteRange Name { get; init; }

    /// <summary>Where the JSON text of the item's own wrapped key lies, with its quotes; empty for none.</summary>
    internal ByteRange Key { get; init; }

    internal Guid Id { get; init; }

    /// <summary>The owner; empty for a personal item.</summary>
    internal Guid OrganizationId { get; init; }

    /// <summary>The folder; empty for none.</summary>
    internal Guid FolderId { get; init; }

    internal int Type { get; init; }

    internal CipherFlags Flags { get; init; }

    internal UtcTime CreationDate { get; init; }

    internal UtcTime RevisionDate { get; init; }

    internal UtcTime DeletedDate { get; init; }

    internal UtcTime ArchivedDate { get; init; }

    /// <summary>The document as the server sent it; empty once the bytes were let go.</summary>
    internal ReadOnlySpan<byte> Json => Bytes.Slice(Document);

    /// <summary>The name as it lies in the document: JSON text with its quotes.</summary>
    internal ReadOnlySpan<byte> NameJson => Bytes.Slice(Name);

    /// <summary>The item's own wrapped key as it lies in the document; empty for none.</summary>
    internal ReadOnlySpan<byte> KeyJson => Bytes.Slice(Key);

    /// <summary>A part of the document; empty for none.</summary>
    /// <param name="place">Where it lies, counted from the beginning of the document.</param>
    /// <exception cref="JsonException">The bytes were let go.</exception>
    internal ReadOnlySpan<byte> Part(ByteRange place)
    {
        ReadOnlySpan<byte> json = Json;
        return json.IsEmpty && !place.IsEmpty ? throw new JsonException("The bytes were let go.") : json.Slice(place.Start, place.Length);
    }

    internal bool Has(CipherFlags flag) => (Flags & flag) != 0;

    /// <summary>Whether the server sent the same bytes for both.</summary>
    internal bool IsSameAs(CipherRow other) => Document.Length == other.Document.Length && !Bytes.IsReleased && Json.SequenceEqual(other.Json);

    /// <summary>The same row in a newer answer that has the same bytes for it.</summary>
    /// <param name="bytes">What is kept of that answer.</param>
    /// <param name="start">Where in it the document begins.</param>
    internal CipherRow MoveTo(VaultBytes bytes, int start) => this with
    {
        Bytes = bytes,
        Document = new ByteRange(start, Document.Length),
        Name = Name.Less(Document.Start - start),
        Key = Key.Less(Document.Start - start),
    };

    /// <summary>The same row over a copy of its own document, for an item that outlives the answer it came in.</summary>
    internal CipherRow Detach() => MoveTo(new VaultBytes(Json.ToArray()), 0);

    /// <inheritdoc/>
    public override string ToString() => $"CipherRow {Id}";
}
