using Bitwarden.Core.Api.Wire;
using Bitwarden.Core.Auth;
using Bitwarden.Core.Crypto;
using Bitwarden.Core.Errors;

namespace Bitwarden.Core.Vault;

/// <summary>One sync answer, encrypted. Replaced as a whole, so that readers never see half of it.</summary>
internal sealed record VaultSnapshot(SyncResponse Sync, DateTimeOffset FetchedAt)
{
    internal ProfileRecord Profile { get; } = Sync.Profile ?? new ProfileRecord();

    internal UnlockMaterial? Unlock { get; } = UnlockMaterial.From(Sync);

    /// <summary>The wrapped private key, in its newer place or its older one.</summary>
    internal string? WrappedPrivateKey =>
        Profile.AccountKeys?.PublicKeyEncryptionKeyPair?.WrappedPrivateKey is { Length: > 0 } wrapped ? wrapped : Profile.PrivateKey;

    /// <summary>Makes the ring of a user key, with every key that it opens. Takes the user key over; zeroes it on failure.</summary>
    /// <exception cref="EncryptionException">UnsupportedEncryption: the account uses encryption version 2.</exception>
    internal KeyRing OpenKeys(SymmetricKey userKey)
    {
        KeyRing ring = new(userKey);
        try
        {
            EnsureSupported();
            AddKeysTo(ring);
            return ring;
        }
        catch
        {
            ring.Dispose();
            throw;
        }
    }

    /// <summary>Adds to a ring every key that can be opened. A key that cannot makes its items unreadable, not the vault.</summary>
    internal void AddKeysTo(KeyRing ring)
    {
        TryAdd(WrappedPrivateKey, ring.AddPrivateKey);
        foreach (OrganizationRecord provider in Profile.Providers ?? [])
        {
            TryAdd(provider.Key, key => ring.AddProviderKey(provider.Id, key));
        }

        foreach (OrganizationRecord organization in Profile.Organizations ?? [])
        {
            TryAdd(organization.Key, key => ring.AddOrganizationKey(organization.Id, key));
        }

        foreach (ProviderOrganizationRecord organization in Profile.ProviderOrganizations ?? [])
        {
            TryAdd(organization.Key, key => ring.AddProviderOrganizationKey(organization.OrganizationId, organization.ProviderId, key));
        }
    }

    private void EnsureSupported()
    {
        if (EncString.TryParse(WrappedPrivateKey, out EncString? privateKey) && privateKey.Type == EncStringType.CoseEncrypt0)
        {
            throw EncryptionException.Unsupported((int)privateKey.Type, "Accounts with encryption version 2 cannot be read yet.");
        }
    }

    private static void TryAdd(string? wire, Action<EncString> add)
    {
        if (!EncString.TryParse(wire, out EncString? key))
        {
            return;
        }

        try
        {
            add(key);
        }
        catch (EncryptionException)
        {
            // Told later, item by item: KeyRing.KeyFor fails for what was not added.
        }
    }
}
