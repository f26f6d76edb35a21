namespace Bitwarden.Core.Errors;

/// <summary>An encrypted value could not be read.</summary>
public sealed class EncryptionException : BitwardenException
{
    private EncryptionException(string code, string message)
        : base(code, message)
    {
    }

    /// <summary>The MAC does not match, the padding is wrong, or the key is not the right one; these are reported alike.</summary>
    public static EncryptionException DecryptionFailed() => new(
        ErrorCodes.DecryptionFailed, "A value could not be decrypted: it was changed, or it was encrypted with another key.");

    /// <summary>There is no key for the value.</summary>
    /// <param name="what">Whose key is missing, for example an organization's id.</param>
    public static EncryptionException KeyMissing(string what) =>
        new(ErrorCodes.DecryptionFailed, $"There is no key for {Shown(what)}, so its values cannot be decrypted.");

    /// <summary>An organization has another key than before in this session.</summary>
    /// <param name="organizationId">The organization.</param>
    public static EncryptionException KeyChanged(Guid organizationId) => new(
        ErrorCodes.KeyChanged,
        $"The server sent another key for organization {organizationId} than before. Whoever made that key may have written what is under it. "
        + "Nothing was changed here.");

    /// <summary>An item belongs to another owner than before in this session.</summary>
    /// <param name="itemId">The item.</param>
    public static EncryptionException OwnerChanged(Guid itemId) => new(
        ErrorCodes.KeyChanged,
        $"The server sent item {itemId} under the key of another owner than before. If nobody moved it, somebody may have replaced it. "
        + "Nothing was changed here.");

    /// <summary>Nothing of an item can be read.</summary>
    /// <param name="code">Why, as its problem says.</param>
    public static EncryptionException Unreadable(string code) => new(code, "Nothing of the item can be read.");

    /// <summary>The type is known but not supported here.</summary>
    /// <param name="type">The number of the encryption type.</param>
    /// <param name="reason">Why, as a full sentence.</param>
    public static EncryptionException Unsupported(int type, string reason) => new(
        ErrorCodes.UnsupportedEncryption, $"Encryption type {type} is not supported. {reason}");

    /// <summary>The text is not an encrypted string.</summary>
    /// <param name="reason">What was found and what was expected, never the text itself.</param>
    public static EncryptionException Malformed(string reason) => new(ErrorCodes.MalformedEncString, reason);
}
