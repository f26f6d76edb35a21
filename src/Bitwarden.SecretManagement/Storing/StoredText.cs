using System.Runtime.InteropServices;
using System.Security;
using Bitwarden.Core.Crypto;
using Bitwarden.Core.Vault;
using Bitwarden.Core.Vault.Editing;

namespace Bitwarden.SecretManagement.Storing;

/// <summary>
/// Text: the password of a login where that can hold it, which is one line of the length of a field; otherwise the notes of a secure note.
/// </summary>
internal sealed class StoredText : StoredSecret
{
    private static readonly int s_longestPassword = ItemTypes.Of(ItemType.Login).Member("password")!.LongestText;
    private readonly SecretBytes _text;

    private StoredText(SecretBytes text) => _text = text;

    /// <inheritdoc/>
    internal override ItemType NewType => FitsPassword ? ItemType.Login : ItemType.SecureNote;

    /// <inheritdoc/>
    internal override SecretBytes Text => _text;

    // Clients show a password in a field of one line.
    private bool FitsPassword => _text.Length <= s_longestPassword && _text.Span.IndexOfAny((byte)'\r', (byte)'\n') < 0;

    /// <exception cref="Core.Errors.InvalidInputException">EmptySecret or UnsupportedSecret.</exception>
    internal static new StoredText Copy(object value)
    {
        SecretBytes text = Bytes(Unwrap(value)!, "value");
        return text.Length > 0 ? new StoredText(text) : throw StoringErrors.Empty("value");
    }

    /// <summary>Copies a text or SecureString, which may be empty.</summary>
    /// <param name="value">The text.</param>
    /// <param name="what">What it is, for messages.</param>
    internal static SecretBytes Bytes(object value, string what)
    {
        bool isUnicode = value is SecureString secure ? IsUnicode(secure) : IsUnicode(((string)value).AsSpan());
        if (!isUnicode)
        {
            throw StoringErrors.Unsupported($"The {what} is not Unicode: half of a character stands alone.");
        }

        return value is SecureString secret ? SecretBytes.FromSecureString(secret) : SecretBytes.FromCharacters((string)value);
    }

    /// <inheritdoc/>
    internal override void Fill(ItemEdit edit, VaultItem? item, SecretMarker marker)
    {
        bool isLogin = (item?.Type ?? NewType) == ItemType.Login;
        if (item is not null && !isLogin && (item.Type != ItemType.SecureNote || SecretMapper.KindOf(item) != SecretKind.SecureString))
        {
            throw StoringErrors.Mismatch(
                item, $"holds a {SecretMapper.KindOf(item)}, and text would take its place; '{item.UniqueName}#selector' writes one value of it");
        }

        StoringErrors.EnsureFits(
            _text.Length,
            isLogin ? s_longestPassword : ItemMember.Notes.LongestText,
            isLogin ? "password" : "text",
            isLogin ? "Remove the item first, to have a secure note made." : "A file takes more: write bytes to 'name#attachment:file' of an item.");
        edit.Set(isLogin ? "password" : "notes", _text);
    }

    /// <inheritdoc/>
    public override void Dispose() => _text.Dispose();

    private static bool IsUnicode(ReadOnlySpan<char> text)
    {
        for (int i = 0; i < text.Length; i++)
        {
            if (char.IsSurrogate(text[i]) && (i + 1 == text.Length || !char.IsSurrogatePair(text[i], text[++i])))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsUnicode(SecureString text)
    {
        IntPtr characters = Marshal.SecureStringToGlobalAllocUnicode(text);
        try
        {
            for (int i = 0; i < text.Length; i++)
            {
                char one = (char)Marshal.ReadInt16(characters, i * sizeof(char));
                if (char.IsSurrogate(one) && (i + 1 == text.Length || !char.IsSurrogatePair(one, (char)Marshal.ReadInt16(characters, ++i * sizeof(char)))))
                {
                    return false;
                }
            }

            return true;
        }
        finally
        {
            Marshal.ZeroFreeGlobalAllocUnicode(characters);
        }
    }
}
