using Bitwarden.Core.Api.Wire;
using Bitwarden.Core.Crypto;
using Bitwarden.Core.Errors;

namespace Bitwarden.Core.Vault;

/// <summary>
/// One sync answer: the bytes that the server sent, encrypted, and an index of its items. Replaced as a whole, so that readers never see half of it.
/// </summary>
internal sealed record VaultSnapshot(VaultBytes Bytes, IReadOnlyList<CipherRow> Ciphers, ProfileRecord Profile, DateTimeOffset FetchedAt)
{
    internal IReadOnlyList<FolderRecord> Folders { get; init; } = [];

    internal IReadOnlyList<CollectionRecord> Collections { get; init; } = [];

    internal IReadOnlyList<PolicyRecord> Policies { get; init; } = [];

    /// <summary>How to open the user key, on servers that say it in sync.</summary>
    internal UnlockMaterial? Unlock { get; init; }

    /// <summary>Whether items or folders were written since the answer, so that the bytes are not all there is.</summary>
    internal bool IsEdited { get; init; }

    /// <summary>What proves that a copy is as it was written; null for what a server sent.</summary>
    internal VaultSeal? Seal { get; init; }

    /// <summary>What the server called the account's last change just before it sent this; null if it did not say.</summary>
    internal DateTimeOffset? Revision { get; init; }

    /// <summary>The wrapped private key, in its newer place or its older one.</summary>
    internal string? WrappedPrivateKey =>
        Profile.AccountKeys?.PublicKeyEncryptionKeyPair?.WrappedPrivateKey is { Length: > 0 } wrapped ? wrapped : Profile.PrivateKey;

    /// <summary>Whether a user key is the one of this answer: it opens the account's private key. True where there is nothing to tell by.</summary>
    internal bool IsOpenedBy(SymmetricKey userKey)
    {
        if (!EncString.TryParse(WrappedPrivateKey, out EncString? privateKey))
        {
            return true;
        }

        try
        {
            userKey.Verify(privateKey);
            return true;
        }
        catch (EncryptionException)
        {
            return false;
        }
    }

    /// <summary>Makes the ring of a user key, with every key that it opens. Takes the user key over; zeroes it on failure.</summary>
    /// <exception cref="EncryptionException">UnsupportedEncryption: the account uses encryption version 2.</exception>
    /// <exception cref="VaultCopyException">VaultCopyChanged: this is a copy that was not sealed with the key.</exception>
    internal KeyRing OpenKeys(SymmetricKey userKey)
    {
        KeyRing ring = new(userKey);
        try
        {
            Seal?.EnsureMadeWith(userKey, Profile.Email ?? string.Empty);
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

    /// <summary>The same with one item as it is after a write.</summary>
    /// <param name="old">As it was here; null for a new one.</param>
    /// <param name="row">As it is; null for one that is gone.</param>
    internal VaultSnapshot With(CipherRow? old, CipherRow? row)
    {
        CipherRow[] rows = [.. Ciphers];
        int place = old is null ? -1 : Array.FindIndex(rows, known => known.Id == old.Id);
        rows = (place, row) switch
        {
            ( < 0, null) => rows,
            ( < 0, _) => [.. rows, row],
            (_, null) => [.. rows[..place], .. rows[(place + 1)..]],
            _ => Replaced(rows, place, row),
        };
        return this with { Ciphers = rows, IsEdited = true };
    }

    /// <summary>Adds to a ring every key that can be opened. A key that cannot be opened makes its items unreadable, but not the vault.</summary>
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

    /// <inheritdoc/>
    public override string ToString() => $"VaultSnapshot of {Ciphers.Count} items";

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
        catch (EncryptionException e) when (e.Code != ErrorCodes.KeyChanged)
        {
            // Reported later, item by item: KeyRing.KeyFor fails for what was not added.
        }
    }

    private static CipherRow[] Replaced(CipherRow[] rows, int place, CipherRow row)
    {
        rows[place] = row;
        return rows;
    }
}
