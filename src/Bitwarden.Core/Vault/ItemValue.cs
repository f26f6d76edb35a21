using Bitwarden.Core.Crypto;
using Bitwarden.Core.Errors;

namespace Bitwarden.Core.Vault;

/// <summary>A value of an item, still encrypted; it is decrypted on demand, while the vault is unlocked.</summary>
public sealed class ItemValue : SealedSecret
{
    private readonly VaultItem _item;
    private readonly string _field;
    private readonly EncString? _value;
    private readonly BitwardenException? _problem;

    internal ItemValue(VaultItem item, string field, EncString value)
    {
        _item = item;
        _field = field;
        _value = value;
    }

    internal ItemValue(VaultItem item, string field, BitwardenException problem)
    {
        _item = item;
        _field = field;
        _problem = problem;
    }

    /// <summary>Decrypts to bytes that the caller disposes.</summary>
    /// <exception cref="ItemUnreadableException">The value cannot be decrypted.</exception>
    /// <exception cref="SessionException">VaultLocked.</exception>
    /// <exception cref="ItemLookupException">SecretHidden: the organization hides passwords from this user.</exception>
    public override SecretBytes Decrypt()
    {
        if (_problem is not null)
        {
            throw _problem is ItemLookupException ? _problem : new ItemUnreadableException(_item.Id, _field, _problem);
        }

        return _item.Decrypt(_field, _value!);
    }
}
