using Bitwarden.Core.Errors;

namespace Bitwarden.Core.Crypto;

/// <summary>What opens the texts of an item, such as its name: a key that stays, or one that passes.</summary>
internal interface ITextKey
{
    /// <summary>Decrypts a field that is still JSON, with its quotes, to text.</summary>
    /// <param name="json">JSON text holding a type 2 value in UTF-8; empty for none.</param>
    /// <exception cref="EncryptionException">DecryptionFailed, UnsupportedEncryption or MalformedEncString.</exception>
    string DecryptJsonText(ReadOnlySpan<byte> json);

    /// <summary>Decrypts a field to text.</summary>
    /// <param name="value">A type 2 value.</param>
    /// <exception cref="EncryptionException">DecryptionFailed or UnsupportedEncryption.</exception>
    string DecryptText(EncString value);
}
