using System.Text.Json;
using Bitwarden.Core.Api.Wire;
using Bitwarden.Core.Crypto;
using Bitwarden.Core.Errors;

namespace Bitwarden.Core.Vault;

/// <summary>
/// What the items of an unlocked vault are read with, from the unlock to the lock: the keys, and the names of folders and the like. After the lock it opens
/// nothing more, for whoever still has an item.
/// </summary>
internal sealed class VaultAccess
{
    private readonly string _account;
    private readonly Action? _onRead;
    private volatile VaultNames _names = VaultNames.None;
    private volatile bool _closed;

    internal VaultAccess(KeyRing keys, string account, Action? onRead = null)
    {
        Keys = keys;
        _account = account;
        _onRead = onRead;
    }

    internal KeyRing Keys { get; }

    /// <summary>The names as of the newest snapshot.</summary>
    internal VaultNames Names
    {
        get => _names;
        set => _names = value;
    }

    /// <summary>Runs something with the key of an item: its own, opened for the purpose, or its owner's (protocol 2.7).</summary>
    /// <exception cref="SessionException">VaultLocked.</exception>
    /// <exception cref="EncryptionException">There is no key, or it does not open.</exception>
    internal T WithItemKey<T>(CipherRow row, Func<SymmetricKey, T> use) => WithOwnerKey(row, owner =>
    {
        if (OwnKey(row) is not { Length: > 0 } wrapped)
        {
            return use(owner);
        }

        using SymmetricKey key = owner.UnwrapKey(EncString.Parse(wrapped));
        return use(key);
    });

    /// <summary>The same for texts, of which there may be thousands: a key that is opened for them is not made an object.</summary>
    /// <inheritdoc cref="WithItemKey" path="/exception"/>
    internal T WithTextKey<T>(CipherRow row, Func<ITextKey, T> use) => row.Key.IsEmpty
        ? WithOwnerKey(row, use)
        : WithOwnerKey(row, owner => owner.TryUse(row.KeyJson, use, out T? result) ? result : WithItemKey(row, use));

    /// <summary>The key of the user, or of an organization.</summary>
    /// <exception cref="SessionException">VaultLocked.</exception>
    /// <exception cref="EncryptionException">There is no key of that organization.</exception>
    internal SymmetricKey OwnerKey(Guid? organizationId)
    {
        EnsureOpen();
        return Keys.KeyFor(organizationId);
    }

    /// <summary>Notes that a value is about to be read.</summary>
    internal void NoteRead() => _onRead?.Invoke();

    internal void EnsureOpen()
    {
        if (_closed)
        {
            throw SessionException.VaultLocked(_account);
        }
    }

    internal void Close() => _closed = true;

    /// <summary>Runs something with the key of an item's owner.</summary>
    /// <inheritdoc cref="WithItemKey" path="/exception"/>
    internal T WithOwnerKey<T>(CipherRow row, Func<SymmetricKey, T> use)
    {
        EnsureOpen();
        try
        {
            return use(Keys.KeyFor(row.OrganizationId == Guid.Empty ? null : row.OrganizationId));
        }
        catch (Exception e) when (e is ObjectDisposedException || (e is JsonException && _closed))
        {
            // At the end of a session keys and bytes go while others still read.
            throw SessionException.VaultLocked(_account);
        }
    }

    private static string? OwnKey(CipherRow row)
    {
        if (row.Key.IsEmpty)
        {
            return null;
        }

        Utf8JsonReader reader = new(row.KeyJson);
        return reader.Read() ? JsonText.String(ref reader) ?? TolerantTextConverter.NotText : null;
    }
}
