namespace Bitwarden.Core.Vault;

/// <summary>Kinds of item, as numbered on the wire. A number that is not listed is a kind that is newer than this module.</summary>
public enum ItemType : long
{
    /// <summary>A login.</summary>
    Login = 1,

    /// <summary>A secure note.</summary>
    SecureNote = 2,

    /// <summary>A payment card.</summary>
    Card = 3,

    /// <summary>An identity.</summary>
    Identity = 4,

    /// <summary>An SSH key.</summary>
    SshKey = 5,

    /// <summary>A bank account.</summary>
    BankAccount = 6,

    /// <summary>A driver's licence.</summary>
    DriversLicense = 7,

    /// <summary>A passport.</summary>
    Passport = 8,
}
