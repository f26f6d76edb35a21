using System.Collections.Concurrent;
using System.Diagnostics;
using Bitwarden.Core.Errors;

namespace Bitwarden.Core.Crypto;

/// <summary>
/// The keys of one unlocked account (protocol 2.7): the user key, and from it the private key, organization keys and
/// provider keys. Zeroed on <see cref="Dispose"/>.
/// </summary>
[DebuggerDisplay("KeyRing")]
internal sealed class KeyRing : IDisposable
{
    private readonly ConcurrentDictionary<Guid, SymmetricKey> _organizationKeys = new();
    private readonly ConcurrentDictionary<Guid, SymmetricKey> _providerKeys = new();
    private readonly ConcurrentBag<IDisposable> _retired = [];
    private RsaKeyPair? _privateKey;

    internal KeyRing(SymmetricKey userKey)
    {
        UserKey = userKey;
    }

    internal SymmetricKey UserKey { get; }

    /// <summary>Opens the private key; organization and provider keys need it.</summary>
    internal void AddPrivateKey(EncString wrapped)
    {
        using SecretBytes pkcs8 = UserKey.Decrypt(wrapped);
        Retire(Interlocked.Exchange(ref _privateKey, RsaKeyPair.FromPkcs8(pkcs8.Span)));
    }

    internal void AddOrganizationKey(Guid organizationId, EncString shared) =>
        Replace(_organizationKeys, organizationId, PrivateKey.UnwrapKey(shared));

    internal void AddProviderKey(Guid providerId, EncString shared) =>
        Replace(_providerKeys, providerId, PrivateKey.UnwrapKey(shared));

    internal void AddProviderOrganizationKey(Guid organizationId, Guid providerId, EncString wrapped)
    {
        if (!_providerKeys.TryGetValue(providerId, out SymmetricKey? providerKey))
        {
            throw EncryptionException.KeyMissing($"provider {providerId}");
        }

        Replace(_organizationKeys, organizationId, providerKey.UnwrapKey(wrapped));
    }

    /// <summary>The key of an organization, or the user key for null.</summary>
    /// <exception cref="EncryptionException">DecryptionFailed: there is no key for that organization.</exception>
    internal SymmetricKey KeyFor(Guid? organizationId)
    {
        if (organizationId is not Guid id)
        {
            return UserKey;
        }

        return _organizationKeys.TryGetValue(id, out SymmetricKey? key) ? key : throw EncryptionException.KeyMissing($"organization {id}");
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        UserKey.Dispose();
        _privateKey?.Dispose();
        foreach (IDisposable key in _organizationKeys.Values.Concat(_providerKeys.Values).Concat(_retired))
        {
            key.Dispose();
        }
    }

    /// <inheritdoc/>
    public override string ToString() => "KeyRing";

    private RsaKeyPair PrivateKey => _privateKey ?? throw EncryptionException.KeyMissing("the account's key pair");

    private void Replace(ConcurrentDictionary<Guid, SymmetricKey> keys, Guid id, SymmetricKey key)
    {
        Retire(keys.GetValueOrDefault(id));
        keys[id] = key;
    }

    // Another thread may be decrypting with the key that a sync replaces.
    private void Retire(IDisposable? key)
    {
        if (key is not null)
        {
            _retired.Add(key);
        }
    }
}
