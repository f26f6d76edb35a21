using System.Collections;
using System.Management.Automation;
using System.Security;
using Bitwarden.Core.Crypto;
using Bitwarden.Core.Errors;
using Bitwarden.PowerShell.Formatting;

namespace Bitwarden.SecretManagement.Storing;

/// <summary>One key of a Hashtable with a copy of its value.</summary>
internal sealed class TableEntry : IDisposable
{
    private TableEntry(string key, SecretKind kind, SecretBytes? value, SecretBytes? username = null)
    {
        Key = key;
        Kind = kind;
        Value = value;
        Username = username;
    }

    internal string Key { get; }

    internal SecretKind Kind { get; }

    /// <summary>Text, base64 or a password; null for a value that is null.</summary>
    internal SecretBytes? Value { get; }

    /// <summary>The user name of a credential; null for everything else.</summary>
    internal SecretBytes? Username { get; }

    /// <exception cref="InvalidInputException">UnsupportedSecret, EmptySecret or SecretTooLong.</exception>
    internal static TableEntry Copy(DictionaryEntry entry)
    {
        string key = KeyOf(entry.Key);
        string what = $"value of the key '{key}'";
        TableEntry copy = StoredSecret.Unwrap(entry.Value) switch
        {
            null => new TableEntry(key, SecretKind.SecureString, null),
            string or SecureString => new TableEntry(key, SecretKind.SecureString, StoredText.Bytes(StoredSecret.Unwrap(entry.Value)!, what)),
            byte[] bytes => new TableEntry(key, SecretKind.ByteArray, StoredBytes.Encode(bytes)),
            PSCredential credential => Copy(key, credential, what),
            object other => throw StoringErrors.Unsupported(
                $"The {what.Shown()} is of the type {other.GetType().Name}. In a Hashtable it must be text, SecureString, PSCredential or byte[]."),
        };
        StoringErrors.EnsureFits(copy.Value?.Length ?? 0, StoringErrors.LongestField, copy.Kind == SecretKind.ByteArray ? what + " in base64" : what);
        StoringErrors.EnsureFits(copy.Username?.Length ?? 0, StoringErrors.LongestField, what);
        return copy;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Value?.Dispose();
        Username?.Dispose();
    }

    private static TableEntry Copy(string key, PSCredential credential, string what)
    {
        if (string.IsNullOrWhiteSpace(credential.UserName))
        {
            throw StoringErrors.Empty($"user name in the {what}");
        }

        SecretBytes password = credential.Password is null ? new SecretBytes(0) : StoredText.Bytes(credential.Password, what);
        return new TableEntry(key, SecretKind.PSCredential, password, StoredText.Bytes(credential.UserName, what));
    }

    private static string KeyOf(object key)
    {
        if (StoredSecret.Unwrap(key) is not string text)
        {
            throw StoringErrors.Unsupported($"A key of the Hashtable is of the type {key.GetType().Name}. Keys must be text.");
        }

        if (string.IsNullOrWhiteSpace(text))
        {
            throw StoringErrors.Empty("name of a key");
        }

        using SecretBytes name = StoredText.Bytes(text, "name of a key");
        StoringErrors.EnsureFits(name.Length, StoringErrors.LongestName - SecretMarker.UsernameSuffix.Length, "name of a key");
        return text.Equals(SecretMarker.FieldName, StringComparison.OrdinalIgnoreCase)
            ? throw StoringErrors.Unsupported($"The key '{text}' is the name of the field in which this module notes how the item was written.")
            : text;
    }
}
