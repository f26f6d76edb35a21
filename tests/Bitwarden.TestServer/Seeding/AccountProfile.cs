using Bitwarden.Core.Crypto;

namespace Bitwarden.TestServer.Seeding;

/// <summary>Who an account belongs to, before any key exists.</summary>
/// <param name="Email">In lower case.</param>
/// <param name="Name">The display name.</param>
/// <param name="MasterPassword">The master password; empty for accounts without one.</param>
/// <param name="Kdf">How its master key is derived.</param>
/// <param name="Tag">Goes into every secret, so that one account's cannot pass for another's.</param>
internal sealed record AccountProfile(string Email, string Name, string MasterPassword, KdfSettings Kdf, string Tag)
{
    internal static readonly DateTime CreationDate = new(2025, 1, 2, 3, 4, 5, 678, DateTimeKind.Utc);

    public Guid UserId => StableGuid.From("user", Email);

    public AccountKind Kind { get; private init; }

    public bool Premium { get; private init; } = true;

    public bool EmailVerified { get; private init; } = true;

    internal static AccountProfile Pbkdf2 { get; } =
        new("pbkdf2@example.org", "Paula Pbkdf2", "correct horse battery staple 1", KdfSettings.DefaultPbkdf2, "pbkdf2");

    internal static AccountProfile Argon2id { get; } =
        new("argon2@example.org", "Arno Argon", "correct horse battery staple 2 ü", KdfSettings.DefaultArgon2id, "argon2");

    internal static AccountProfile Large { get; } =
        new("large@example.org", "Lara Large", "correct horse battery staple 3", KdfSettings.DefaultPbkdf2, "large");

    /// <summary>Legal, but of a time when 100,000 rounds were the default; its owner never confirmed the e-mail and pays nothing.</summary>
    internal static AccountProfile Weak { get; } =
        new("weak@example.org", "Walter Weak", "correct horse battery staple 4", new KdfSettings(KdfType.Pbkdf2Sha256, 100_000), "weak")
        {
            Premium = false,
            EmailVerified = false,
        };

    internal static AccountProfile KeyConnector { get; } =
        new("keyconnector@example.org", "Kim Connector", "", KdfSettings.DefaultPbkdf2, "connector") { Kind = AccountKind.KeyConnector };

    internal static AccountProfile TrustedDevice { get; } =
        new("tde@example.org", "Tara Device", "", KdfSettings.DefaultPbkdf2, "device") { Kind = AccountKind.TrustedDevice };
}
