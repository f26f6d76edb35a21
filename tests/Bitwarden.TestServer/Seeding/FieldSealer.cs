using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using Bitwarden.Core.Crypto;
using Bitwarden.TestServer.Vault;

namespace Bitwarden.TestServer.Seeding;

/// <summary>Encrypts the members of one item.</summary>
internal sealed class FieldSealer(SymmetricKey key)
{
    [return: NotNullIfNotNull(nameof(text))]
    internal string? Seal(string? text) => text is null ? null : key.EncryptText(text).ToWireString();

    internal LoginUriData Uri(string uri, int? match = null) => new() { Uri = Seal(uri), Match = match };

    internal LoginUriData CheckedUri(string uri, string? checksumOf = null)
    {
        byte[] hash = SHA256.HashData(Encoding.UTF8.GetBytes(checksumOf ?? uri));
        return new LoginUriData { Uri = Seal(uri), UriChecksum = Seal(Convert.ToBase64String(hash)) };
    }

    internal FieldData Field(int type, string name, string? value, int? linkedId = null) =>
        new() { Type = type, Name = Seal(name), Value = Seal(value), LinkedId = linkedId };
}
