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
    private const int KeyConnectorKeyLength = 32;
    private static readonly ConcurrentDictionary<AccountProfile, Lazy<Derived>> s_accounts = new();
    private static readonly Lazy<Task<RSA>> s_tokenKey = new(() => Task.Run(() => RSA.Create(2048)));

    internal static Task<RSA> TokenSigningKeyAsync() => s_tokenKey.Value;

    internal static TestAccount CreateAccount(AccountProfile profile, ServerClock clock)
    {
        Derived derived = s_accounts.GetOrAdd(profile, _ => new(() => Derive(profile))).Value;
        return new TestAccount(profile, AccountKeys.Create(derived.MasterKey, derived.MasterPasswordHash, derived.KeyPair), clock)
        {
            KeyConnectorKey = profile.Kind == AccountKind.KeyConnector ? derived.MasterKey!.CopyBytes().Span.ToArray() : null,
        };
    }

    /// <summary>Derives a master key and the hash that goes to the server; the caller disposes the key.</summary>
    internal static (MasterKey Key, string Hash) DeriveMasterKey(string masterPassword, string email, KdfSettings kdf)
    {
        byte[] password = Encoding.UTF8.GetBytes(masterPassword);
        MasterKey key = MasterKey.Derive(password, email, kdf);
        using SecretBytes hash = key.DerivePasswordHash(password, PasswordHashPurpose.ServerAuthorization);
        return (key, hash.RevealText());
    }

    private static Derived Derive(AccountProfile profile)
    {
        RsaKeyPair? keyPair = null;
        (MasterKey? Key, string? Hash) master = default;
        Parallel.Invoke(() => keyPair = RsaKeyPair.Generate(), () => master = MakeMasterKey(profile));
        return new Derived(master.Key, master.Hash, keyPair!);
    }

    private static (MasterKey? Key, string? Hash) MakeMasterKey(AccountProfile profile) => profile.Kind switch
    {
        AccountKind.MasterPassword => DeriveMasterKey(profile.MasterPassword, profile.Email, profile.Kdf),
        AccountKind.KeyConnector => (MasterKey.FromBytes(RandomNumberGenerator.GetBytes(KeyConnectorKeyLength)), null),
        _ => (null, null),
    };

    private sealed record Derived(MasterKey? MasterKey, string? MasterPasswordHash, RsaKeyPair KeyPair);
}
