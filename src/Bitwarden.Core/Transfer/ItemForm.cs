namespace Bitwarden.Core.Transfer;

/// <summary>How <see cref="ItemDocumentWriter"/> writes an item.</summary>
internal enum ItemForm
{
    /// <summary>Decrypted, for everybody.</summary>
    Plain,

    /// <summary>As the server has it, for the same account.</summary>
    Sealed,

    /// <summary>Decrypted, and only what makes two items the same: no ids, no dates of the server's, nothing that is empty.</summary>
    Content,
}
