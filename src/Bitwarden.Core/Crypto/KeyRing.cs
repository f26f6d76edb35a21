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
    private readonly ConcurrentDictionary<Guid, byte[]> _openedFrom = new();
    private RsaKeyPair? _privateKey;

    internal KeyRing(SymmetricKey userKey)
    {
        UserKey = userKey;
    }

    internal SymmetricKey UserKey { get; }

    /// <summary>Keys that were replaced and may still be in use.</summary>
    internal IReadOnlyCollection<IDisposable> Retired => _retired;

    /// <summary>Opens the private key; organization and provider keys need it. Does nothing when it is open already.</summary>
    internal void AddPrivateKey(EncString wrapped)
    {
        if (IsOpen(Guid.Empty, wrapped))
        {
            return;
        }

        using SecretBytes pkcs8 = UserKey.Decrypt(wrapped);
        Retire(Interlocked.Exchange(ref _privateKey, RsaKeyPair.FromPkcs8(pkcs8.Span)));
        _openedFrom[Guid.Empty] = wrapped.Authenticated;
    }

    /// <exception cref="EncryptionException">KeyChanged: the organization had another key before.</exception>
    internal void AddOrganizationKey(Guid organizationId, EncString shared) =>
        Add(_organizationKeys, organizationId, shared, () => PrivateKey.UnwrapKey(shared));

    internal void AddProviderKey(Guid providerId, EncString shared) => Add(_providerKeys, providerId, shared, () => PrivateKey.UnwrapKey(shared));

    internal void AddProviderOrganizationKey(Guid organizationId, Guid providerId, EncString wrapped)
    {
        if (!_providerKeys.TryGetValue(providerId, out SymmetricKey? providerKey))
        {
            throw EncryptionException.KeyMissing($"provider {providerId}");
        }

        Add(_organizationKeys, organizationId, wrapped, () => providerKey.UnwrapKey(wrapped));
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

    private bool IsOpen(Guid id, EncString wrapped) => _openedFrom.TryGetValue(id, out byte[]? before) && before.AsSpan().SequenceEqual(wrapped.Authenticated);

    // A key that was shared anew is wrapped differently and still the same. A different one would show what somebody else wrote under the old name.
    private void Add(ConcurrentDictionary<Guid, SymmetricKey> keys, Guid id, EncString wrapped, Func<SymmetricKey> open)
    {
        if (IsOpen(id, wrapped))
        {
            return;
        }

        SymmetricKey key = open();
        if (keys.TryGetValue(id, out SymmetricKey? before))
        {
            bool isSame = before.IsSameAs(key);
            key.Dispose();
            _openedFrom[id] = isSame ? wrapped.Authenticated : throw EncryptionException.KeyChanged(id);
            return;
        }

        keys[id] = key;
        _openedFrom[id] = wrapped.Authenticated;
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
