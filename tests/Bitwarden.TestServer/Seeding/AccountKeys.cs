using Bitwarden.Core.Crypto;

namespace Bitwarden.TestServer.Seeding;

/// <summary>An account's keys, open and as the server holds them.</summary>
internal sealed record AccountKeys(
    SymmetricKey UserKey,
    RsaKeyPair KeyPair,
    string WrappedUserKey,
    string WrappedPrivateKey,
    string PublicKey,
    string MasterPasswordHash)
{
    internal static AccountKeys Create(MasterKey masterKey, string masterPasswordHash, RsaKeyPair keyPair)
    {
        SymmetricKey userKey = SymmetricKey.Generate();
        using SecretBytes privateKey = keyPair.ExportPkcs8();
        return new AccountKeys(
            userKey,
            keyPair,
            masterKey.WrapUserKey(userKey).ToWireString(),
            userKey.Encrypt(privateKey.Span).ToWireString(),
            Convert.ToBase64String(keyPair.ExportPublicKey()),
            masterPasswordHash);
    }
}
