using Bitwarden.Core.Crypto;

namespace Bitwarden.Core.Vault;

/// <summary>A decrypted value. Dispose it to zero it.</summary>
/// <param name="value">The bytes: UTF-8 text, or a file's content.</param>
/// <param name="isFile">Whether the value is a file's content.</param>
public sealed class DecryptedSecret(SecretBytes value, bool isFile) : IDisposable
{
    /// <summary>The bytes, valid until <see cref="Dispose"/>.</summary>
    public SecretBytes Value { get; } = value;

    /// <summary>Whether the value is a file's content rather than text.</summary>
    public bool IsFile { get; } = isFile;

    /// <inheritdoc/>
    public void Dispose() => Value.Dispose();

    /// <summary>Names the type, never the value.</summary>
    public override string ToString() => "DecryptedSecret";
}
