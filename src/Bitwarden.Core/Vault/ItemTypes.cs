namespace Bitwarden.Core.Vault;

/// <summary>The kinds of item, a row each: a new kind is a new row (architecture 9).</summary>
public static class ItemTypes
{
    private static readonly string[] s_secret =
        ["number", "code", "ssn", "passportNumber", "licenseNumber", "accountNumber", "pin", "iban", "nationalIdentificationNumber"];

    private static readonly ItemMember[] s_login =
        [new("username"), new("password", ItemMember.MiddleLimit, IsSecret: true), new("totp", IsSecret: true)];

    private static readonly ItemMember[] s_sshKey =
    [
        new("privateKey", ItemMember.MiddleLimit, IsSecret: true),
        new("publicKey", ItemMember.MiddleLimit),
        new("fingerprint", Wire: "keyFingerprint"),
    ];

    private static readonly ItemMember[] s_card = Short("cardholderName", "brand", "number", "expMonth", "expYear", "code");

    private static readonly ItemMember[] s_identity = Short(
        "title", "firstName", "middleName", "lastName", "address1", "address2", "address3", "city", "state", "postalCode", "country", "company", "email",
        "phone", "ssn", "username", "passportNumber", "licenseNumber");

    private static readonly ItemMember[] s_bankAccount = Short(
        "bankName", "nameOnAccount", "accountType", "accountNumber", "routingNumber", "branchNumber", "pin", "swiftCode", "iban", "bankContactPhone");

    private static readonly ItemMember[] s_driversLicense = Short(
        "firstName", "middleName", "lastName", "dateOfBirth", "licenseNumber", "issuingCountry", "issuingState", "issueDate", "expirationDate",
        "issuingAuthority", "licenseClass");

    private static readonly ItemMember[] s_passport = Short(
        "surname", "givenName", "dateOfBirth", "sex", "birthPlace", "nationality", "issuingCountry", "passportNumber", "passportType",
        "nationalIdentificationNumber", "issuingAuthority", "issueDate", "expirationDate");

    private static readonly ItemTypeInfo s_unknown = new(default, string.Empty, "notes", SecretShape.Table, []);

    /// <summary>Every kind that is known.</summary>
    public static IReadOnlyList<ItemTypeInfo> All { get; } =
    [
        new(ItemType.Login, "login", "password", SecretShape.Credential, s_login),
        new(ItemType.SecureNote, "secureNote", "notes", SecretShape.Text, []),
        new(ItemType.Card, "card", "number", SecretShape.Table, s_card),
        new(ItemType.Identity, "identity", "notes", SecretShape.Table, s_identity),
        new(ItemType.SshKey, "sshKey", "privateKey", SecretShape.Table, s_sshKey),
        new(ItemType.BankAccount, "bankAccount", "accountNumber", SecretShape.Table, s_bankAccount),
        new(ItemType.DriversLicense, "driversLicense", "licenseNumber", SecretShape.Table, s_driversLicense),
        new(ItemType.Passport, "passport", "passportNumber", SecretShape.Table, s_passport),
    ];

    private static readonly Dictionary<ItemType, ItemTypeInfo> s_byType = All.ToDictionary(row => row.Type);

    /// <summary>What is known of a kind; for one that is newer than this library, that it has notes.</summary>
    /// <param name="type">The kind.</param>
    public static ItemTypeInfo Of(ItemType type) => s_byType.GetValueOrDefault(type) ?? s_unknown with { Type = type };

    /// <summary>Whether a kind is known.</summary>
    /// <param name="type">The kind.</param>
    public static bool IsKnown(ItemType type) => s_byType.ContainsKey(type);

    private static ItemMember[] Short(params string[] selectors) =>
        [.. selectors.Select(selector => new ItemMember(selector, IsSecret: s_secret.Contains(selector)))];
}
