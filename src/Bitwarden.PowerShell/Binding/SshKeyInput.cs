using System.Management.Automation;
using System.Security;
using Bitwarden.Core.Crypto;
using Bitwarden.Core.Errors;
using Bitwarden.Core.Ssh;
using Bitwarden.Core.Vault.Editing;
using Bitwarden.PowerShell.Errors;

namespace Bitwarden.PowerShell.Binding;

/// <summary>Where the key of a new item comes from: made, or read from a file.</summary>
/// <param name="Type">The kind to make; null for the usual one.</param>
/// <param name="Size">The bits of an RSA key; null for the usual number.</param>
/// <param name="File">The file, as the operating system calls it; null to make a key.</param>
/// <param name="Passphrase">The file's passphrase; null for none.</param>
internal sealed record SshKeyInput(SshKeyType? Type, int? Size, string? File, SecureString? Passphrase)
{
    private const int UsualSize = 4096;
    private static readonly string[] s_values = ["privateKey", "publicKey", "fingerprint"];

    /// <summary>Whether the user leaves the key to this class; not when values of one are given.</summary>
    /// <exception cref="InvalidInputException">InvalidItem: two of the parameters contradict each other.</exception>
    internal bool IsWanted(IReadOnlyDictionary<string, object?> given)
    {
        bool ownValues = s_values.Any(given.ContainsKey);
        string? contradiction = this switch
        {
            { Type: null, Size: null, File: null, Passphrase: null } => null,
            _ when ownValues => "-PrivateKey, -PublicKey and -Fingerprint are a key of yours: no other is made or read.",
            { File: not null } when Type is not null || Size is not null => "-KeyType and -KeySize are for keys that are made: a file's has its own.",
            { File: null, Passphrase: not null } => "-KeyPassphrase opens the key of -KeyFile, and there is none.",
            { Size: not null } when Type != SshKeyType.Rsa => "-KeySize is for RSA keys: give -KeyType Rsa.",
            _ => null,
        };
        return contradiction is null ? !ownValues : throw InvalidInputException.Item(contradiction);
    }

    /// <summary>Makes or reads the key, and sets what an item holds of it.</summary>
    /// <exception cref="InvalidInputException">InvalidSshKey.</exception>
    /// <exception cref="LocalFileException">FileUnusable.</exception>
    internal async Task FillAsync(ItemEdit edit, CancellationToken cancellationToken)
    {
        using SecretBytes? passphrase = Passphrase is null ? null : SecretBytes.FromSecureString(Passphrase);
        using SshKey key = File is null
            ? SshKey.Generate(Type ?? SshKeyType.Ed25519, Size ?? UsualSize)
            : await SshKey.ReadAsync(File, passphrase, cancellationToken).ConfigureAwait(false);
        edit.Set(key);
    }
}
