using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Bitwarden.Core.Crypto;

namespace Bitwarden.TestServer.Seeding;

/// <summary>
/// What takes long to make, made once a process: a test run starts many servers. The user keys, which protect the data,
/// are new in every server.
/// </summary>
internal static class SlowKeys
{
    private static readonly ConcurrentDictionary<AccountProfile, Lazy<Task<Derived>>> s_accounts = new();
    private static readonly Lazy<Task<RSA>> s_tokenKey = new(() => Task.Run(() => RSA.Create(2048)));

    internal static Task<RSA> TokenSigningKeyAsync() => s_tokenKey.Value;

    internal static async Task<AccountKeys> CreateAccountKeysAsync(AccountProfile profile)
    {
        Derived derived = await s_accounts.GetOrAdd(profile, _ => new(() => DeriveAsync(profile))).Value;
        return AccountKeys.Create(derived.MasterKey, derived.MasterPasswordHash, derived.KeyPair);
    }

    private static async Task<Derived> DeriveAsync(AccountProfile profile)
    {
        Task<RsaKeyPair> keyPair = Task.Run(RsaKeyPair.Generate);
        byte[] password = Encoding.UTF8.GetBytes(profile.MasterPassword);
        MasterKey masterKey = await Task.Run(() => MasterKey.Derive(password, profile.Email, profile.Kdf));
        string hash = masterKey.DerivePasswordHash(password, PasswordHashPurpose.ServerAuthorization);
        return new Derived(masterKey, hash, await keyPair);
    }

    private sealed record Derived(MasterKey MasterKey, string MasterPasswordHash, RsaKeyPair KeyPair);
}
