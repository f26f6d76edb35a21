using Bitwarden.Core.Api.Wire;
using Bitwarden.Core.Crypto;
using Bitwarden.Core.Errors;

namespace Bitwarden.Core.Vault;

/// <summary>A value of an item, still encrypted; it is decrypted on demand, while the vault is unlocked.</summary>
public sealed class ItemValue : SealedSecret
{
    private readonly VaultItem _item;
    private readonly VaultAccess? _access;
    private readonly BitwardenException? _problem;

    /// <param name="item">Whose value it is.</param>
    /// <param name="access">Opens its key.</param>
    /// <param name="field">What errors call it.</param>
    /// <param name="place">Where in the item's document it lies.</param>
    internal ItemValue(VaultItem item, VaultAccess access, string field, ByteRange place)
    {
        _item = item;
        _access = access;
        Field = field;
        Place = place;
    }

    internal ItemValue(VaultItem item, string field, BitwardenException problem)
    {
        _item = item;
        Field = field;
        _problem = problem;
    }

    internal string Field { get; }

    /// <summary>Where in the item's document the encrypted value lies; empty for one that may not be read.</summary>
    internal ByteRange Place { get; }

    /// <summary>Decrypts to bytes that the caller disposes.</summary>
    /// <exception cref="ItemUnreadableException">The value cannot be decrypted.</exception>
    /// <exception cref="SessionException">VaultLocked.</exception>
    /// <exception cref="ItemLookupException">SecretHidden: the organization hides passwords from this user.</exception>
    public override SecretBytes Decrypt()
    {
        if (_problem is not null)
        {
            throw _problem;
        }

        _access!.NoteRead();
        return Peek();
    }

    /// <summary>The same for somebody who only lists, such as completion. No use: the idle time goes on.</summary>
    /// <inheritdoc cref="Decrypt" path="/exception"/>
    public SecretBytes Peek() => _problem is null ? CipherCodec.DecryptValue(_item, _access!, Field, Place) : throw _problem;
}
