namespace Bitwarden.TestServer.Vault;

/// <summary>The part of an item that a client encrypts. Every text is an encrypted one, as in all records that it holds.</summary>
public sealed record CipherContent
{
    /// <summary>The only member that is required.</summary>
    public string? Name { get; init; }

    /// <summary>Free text.</summary>
    [EncryptedLength(10_000)]
    public string? Notes { get; init; }

    /// <summary>Type 1.</summary>
    public LoginData? Login { get; init; }

    /// <summary>Type 2.</summary>
    public SecureNoteData? SecureNote { get; init; }

    /// <summary>Type 3.</summary>
    public CardData? Card { get; init; }

    /// <summary>Type 4.</summary>
    public IdentityData? Identity { get; init; }

    /// <summary>Type 5.</summary>
    public SshKeyData? SSHKey { get; init; }

    /// <summary>Type 6.</summary>
    public BankAccountData? BankAccount { get; init; }

    /// <summary>Type 7.</summary>
    public DriversLicenseData? DriversLicense { get; init; }

    /// <summary>Type 8.</summary>
    public PassportData? Passport { get; init; }

    /// <summary>Custom fields.</summary>
    public IReadOnlyList<FieldData>? Fields { get; init; }

    /// <summary>Earlier passwords.</summary>
    public IReadOnlyList<PasswordHistoryData>? PasswordHistory { get; init; }

    /// <summary>The member that belongs to a type, or null.</summary>
    public object? MemberFor(int type) => type switch
    {
        1 => Login,
        2 => SecureNote,
        3 => Card,
        4 => Identity,
        5 => SSHKey,
        6 => BankAccount,
        7 => DriversLicense,
        8 => Passport,
        _ => null,
    };

    /// <summary>The same without the members of other types, which the server does not store.</summary>
    public CipherContent Only(int type) => this with
    {
        Login = type == 1 ? Login : null,
        SecureNote = type == 2 ? SecureNote : null,
        Card = type == 3 ? Card : null,
        Identity = type == 4 ? Identity : null,
        SSHKey = type == 5 ? SSHKey : null,
        BankAccount = type == 6 ? BankAccount : null,
        DriversLicense = type == 7 ? DriversLicense : null,
        Passport = type == 8 ? Passport : null,
    };
}
