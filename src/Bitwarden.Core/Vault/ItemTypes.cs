namespace Bitwarden.Core.Vault;

/// <summary>The kinds of item, a row each: a new kind is a new row (architecture 9).</summary>
public static class ItemTypes
{
    /// <summary>Every kind that is known.</summary>
    public static IReadOnlyList<ItemTypeInfo> All { get; } =
    [
        new(ItemType.Login, "login", "password", SecretShape.Credential),
        new(ItemType.SecureNote, "secureNote", "notes", SecretShape.Text),
        new(ItemType.Card, "card", "number", SecretShape.Table),
        new(ItemType.Identity, "identity", "notes", SecretShape.Table),
        new(ItemType.SshKey, "sshKey", "privateKey", SecretShape.Table),
        new(ItemType.BankAccount, "bankAccount", "accountNumber", SecretShape.Table),
        new(ItemType.DriversLicense, "driversLicense", "licenseNumber", SecretShape.Table),
        new(ItemType.Passport, "passport", "passportNumber", SecretShape.Table),
    ];

    private static readonly ItemTypeInfo s_unknown = new(default, string.Empty, "notes", SecretShape.Table);

    /// <summary>What is known of a kind; for one that is newer than this library, that it has notes.</summary>
    /// <param name="type">The kind.</param>
    public static ItemTypeInfo Of(ItemType type) => All.FirstOrDefault(row => row.Type == type) ?? s_unknown with { Type = type };
}
