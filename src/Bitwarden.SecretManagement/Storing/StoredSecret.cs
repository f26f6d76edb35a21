using System.Collections;
using System.Management.Automation;
using System.Security;
using Bitwarden.Core.Crypto;
using Bitwarden.Core.Errors;
using Bitwarden.Core.Vault;
using Bitwarden.Core.Vault.Editing;

namespace Bitwarden.SecretManagement.Storing;

/// <summary>
/// A value that SecretManagement handed over, copied into memory that is zeroed: a SecureString or Hashtable is the caller's own and neither kept nor
/// disposed (SecretManagement fact W1). Each type knows how an item holds it.
/// </summary>
internal abstract class StoredSecret : IDisposable
{
    /// <summary>What kind of item is made for it.</summary>
    internal abstract ItemType NewType { get; }

    /// <summary>Makes a copy of a value.</summary>
    /// <exception cref="InvalidInputException">UnsupportedSecret or EmptySecret.</exception>
    internal static StoredSecret Copy(object? value) => Unwrap(value) switch
    {
        string or SecureString => StoredText.Copy(value!),
        PSCredential credential => new StoredCredential(credential),
        byte[] bytes => new StoredBytes(bytes),
        Hashtable table => new StoredTable(table),
        byte => throw NotWhole(),
        object?[] list when list.Length > 0 && list.All(one => Unwrap(one) is byte) => throw NotWhole(),
        null => throw StoringErrors.Empty("value"),
        object other => throw StoringErrors.Unsupported(
            $"A value of the type {other.GetType().Name} cannot be stored: it must be text, SecureString, PSCredential, byte[] or Hashtable."),
    };

    /// <summary>Values can be wrapped (SecretManagement fact W3).</summary>
    internal static object? Unwrap(object? value) => value is PSObject wrapped ? wrapped.BaseObject : value;

    /// <summary>Puts the value into an edit.</summary>
    /// <param name="edit">What changes; owns the copy from then on.</param>
    /// <param name="item">The item as it is; null for a new one.</param>
    /// <param name="marker">What the item remembers.</param>
    /// <exception cref="InvalidInputException">SecretTypeMismatch or SecretTooLong.</exception>
    internal abstract void Fill(ItemEdit edit, VaultItem? item, SecretMarker marker);

    /// <summary>The value as text for one selector; null for what is no text.</summary>
    internal virtual SecretBytes? Text => null;

    /// <summary>The value as a file; null for what is none. The caller's own bytes.</summary>
    internal virtual byte[]? File => null;

    /// <inheritdoc/>
    public abstract void Dispose();

    // A byte at a time comes when bytes are in a pipeline (SecretManagement fact W4): the last one would be all that is left.
    private static InvalidInputException NotWhole() => StoringErrors.Unsupported(
        "Bytes came one by one. Give them as one value: -Secret ([byte[]] $bytes), or Get-Content -AsByteStream -Raw.");
}
