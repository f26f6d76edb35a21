using Bitwarden.Core.Api.Wire;

namespace Bitwarden.Core.Vault;

/// <summary>
/// What is read of an item's document beside its row in the index, and beside the members of its type (protocol 5.2). Of an encrypted text it says where in
/// the document it lies.
/// </summary>
internal sealed record CipherRecord
{
    internal Guid[]? CollectionIds { get; set; }

    internal bool? ViewPassword { get; set; }

    /// <summary>False where an organization lets the account only read the item.</summary>
    internal bool? Edit { get; set; }

    internal ByteRange Notes { get; set; }

    /// <summary>The item's own key, wrapped with its owner's; empty for none.</summary>
    internal ByteRange Key { get; set; }

    internal LoginRecord? Login { get; set; }

    internal FieldRecord[]? Fields { get; set; }

    internal AttachmentRecord[]? Attachments { get; set; }
}
