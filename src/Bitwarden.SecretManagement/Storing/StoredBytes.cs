using System.Buffers;
using System.Buffers.Text;
using System.Security;
using Bitwarden.Core.Crypto;
using Bitwarden.Core.Vault;
using Bitwarden.Core.Vault.Editing;

namespace Bitwarden.SecretManagement.Storing;

/// <summary>Bytes: base64 in the notes of a secure note, with a marker; or a file of an item, under a selector.</summary>
internal sealed class StoredBytes : StoredSecret
{
    /// <summary>The most bytes that the notes can hold.</summary>
    internal static readonly int Longest = ItemMember.Notes.LongestText / 4 * 3;

    private readonly byte[] _bytes;

    internal StoredBytes(byte[] bytes) => _bytes = bytes;

    /// <inheritdoc/>
    internal override ItemType NewType => ItemType.SecureNote;

    /// <inheritdoc/>
    internal override byte[] File => _bytes;

    /// <summary>Encodes bytes as base64, in UTF-8.</summary>
    internal static SecretBytes Encode(byte[] bytes)
    {
        SecretBytes text = new(Base64.GetMaxEncodedToUtf8Length(bytes.Length));
        Base64.EncodeToUtf8(bytes, text.Span, out _, out _);
        return text;
    }

    /// <summary>The bytes that a text stands for; null when it is no base64. White space, which an editor may add, does not count.</summary>
    internal static byte[]? TryDecode(SecureString text)
    {
        using SecretBytes bytes = SecretBytes.FromSecureString(text);
        return TryDecode(bytes);
    }

    /// <inheritdoc cref="TryDecode(SecureString)"/>
    internal static byte[]? TryDecode(SecretBytes text)
    {
        using SecretBytes decoded = new(Base64.GetMaxDecodedFromUtf8Length(text.Length));
        OperationStatus status = Base64.DecodeFromUtf8(text.Span, decoded.Span, out _, out int written);
        return status == OperationStatus.Done ? decoded.Span[..written].ToArray() : null;
    }

    /// <inheritdoc/>
    internal override void Fill(ItemEdit edit, VaultItem? item, SecretMarker marker)
    {
        if (item is not null && (item.Type != ItemType.SecureNote || marker.Kind != SecretKind.ByteArray))
        {
            throw StoringErrors.Mismatch(item, $"holds a {SecretMapper.KindOf(item)}; '{item.UniqueName}#attachment:file' adds the bytes as a file");
        }

        StoringErrors.EnsureFits(_bytes.Length, Longest, "value", "A file takes more: write to 'name#attachment:file' of an item.");
        marker.Kind = SecretKind.ByteArray;
        edit.Set("notes", Encode(_bytes));
    }

    /// <summary>Nothing to zero: the bytes are the caller's, and the edit has the copy.</summary>
    public override void Dispose()
    {
    }
}
