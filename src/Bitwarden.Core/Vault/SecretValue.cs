using System.Security;
using Bitwarden.Core.Crypto;
using Bitwarden.Core.Errors;

namespace Bitwarden.Core.Vault;

/// <summary>
/// A value of an item, still encrypted. It has no public property, so that no view, JSON, CLIXML or log can hold what is inside;
/// it is decrypted by the methods below, while the vault is unlocked.
/// </summary>
public sealed class SecretValue
{
    private const string Mask = "••••••••";
    private readonly VaultItem _item;
    private readonly string _field;
    private readonly EncString? _value;
    private readonly BitwardenException? _problem;

    internal SecretValue(VaultItem item, string field, EncString value)
    {
        _item = item;
        _field = field;
        _value = value;
    }

    internal SecretValue(VaultItem item, string field, BitwardenException problem)
    {
        _item = item;
        _field = field;
        _problem = problem;
    }

    /// <summary>Decrypts to bytes that the caller disposes.</summary>
    /// <exception cref="ItemUnreadableException">The value cannot be decrypted.</exception>
    /// <exception cref="SessionException">VaultLocked.</exception>
    /// <exception cref="ItemLookupException">SecretHidden: the organization hides passwords from this user.</exception>
    public SecretBytes Decrypt()
    {
        if (_problem is not null)
        {
            throw _problem is ItemLookupException ? _problem : new ItemUnreadableException(_item.Id, _field, _problem);
        }

        return _item.Decrypt(_field, _value!);
    }

    /// <summary>Decrypts to a string, which stays in memory until it is collected.</summary>
    /// <inheritdoc cref="Decrypt" path="/exception"/>
    public string RevealText()
    {
        using SecretBytes bytes = Decrypt();
        return bytes.RevealText();
    }

    /// <summary>Decrypts to a fresh SecureString.</summary>
    /// <inheritdoc cref="Decrypt" path="/exception"/>
    public SecureString ToSecureString()
    {
        using SecretBytes bytes = Decrypt();
        return bytes.ToSecureString();
    }

    /// <summary>A mask; never the value, nor its length.</summary>
    public override string ToString() => Mask;
}
