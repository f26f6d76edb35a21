using Bitwarden.Core.Crypto;

namespace Bitwarden.TestServer.Seeding;

/// <summary>An account's keys, open and as the server holds them. What an account of its kind has not is null.</summary>
internal sealed record AccountKeys(SymmetricKey UserKey, RsaKeyPair KeyPair, string WrappedPrivateKey, string PublicKey)
{
    public string? WrappedUserKey { get; private init; }

    public string? MasterPasswordHash { get; private init; }

    internal static AccountKeys Create(MasterKey? masterKey, string? masterPasswordHash, RsaKeyPair keyPair)
    {
        SymmetricKey userKey = SymmetricKey.Generate();
        using SecretBytes privateKey = keyPair.ExportPkcs8();
        return new AccountKeys(userKey, keyPair, userKey.Encrypt(privateKey.Span).ToWireString(), Convert.ToBase64String(keyPair.ExportPublicKey()))
        {
            WrappedUserKey = masterKey?.WrapUserKey(userKey).ToWireString(),
            MasterPasswordHash = masterPasswordHash,
        };
    }

    /// <summary>The same keys under another master key.</summary>
    internal AccountKeys Rewrap(MasterKey masterKey, string masterPasswordHash) =>
        this with { WrappedUserKey = masterKey.WrapUserKey(UserKey).ToWireString(), MasterPasswordHash = masterPasswordHash };
}
